// The chat: what is announced, where the focus goes, what the buttons within a conversation ask.
"use strict";

sstc.chat = (() => {
  let announced = "";

  const box = () => document.querySelector("#box textarea");

  function announceTurn(turn) {
    const state = `${turn.id} ${turn.dataset.state} ${turn.textContent.length}`;
    if (state === announced) return;
    announced = state;
    const said = turn.querySelector(".waiting, .said");
    sstc.announce(said ? said.textContent : "");
    turn.scrollIntoView({ block: "start", behavior: sstc.how() });
    keepFocus(turn);
  }

  // A starter is gone once it is pressed. The focus goes on to the question that it asked.
  function keepFocus(turn) {
    if (document.activeElement !== document.body) return;
    const asked = turn.querySelector(".asked");
    asked.tabIndex = -1;
    asked.focus({ preventScroll: true });
  }

  function onConversation(element) {
    const turn = element.querySelector(".turn:last-of-type");
    document.body.classList.toggle("is-busy", turn?.dataset.state === "pending");
    document.body.classList.toggle("has-turns", Boolean(turn));
    if (turn) {
      announceTurn(turn);
      return;
    }
    announced = "";
    document.dispatchEvent(new CustomEvent("sstc:cleared"));
    element.closest("#conversation").scrollTop = 0;
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("#fresh")) box()?.focus();
  });

  document.addEventListener("input", (event) => {
    if (event.target === box()) event.target.dir = "auto";
  });

  return {
    conversation(element, trigger, watch) {
      element.addEventListener("click", (event) => {
        const button = event.target.closest("[data-question]");
        if (button) trigger("submit", { question: button.dataset.question });
      });
      watch("value", () => onConversation(element));
      onConversation(element);
    },

    notice(element, watch) {
      watch("value", () => {
        if (!element.textContent) return;
        sstc.announce(element.textContent);
        box()?.focus();
      });
    },
  };
})();
