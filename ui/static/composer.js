// The box that questions are typed into. What stands in it survives a reload. It is sent from here and not by
// Gradio, which sends nothing more once it has lost its server.
"use strict";

sstc.composer = (() => {
  const DRAFT = "sstc-chat:draft";
  const box = () => document.querySelector("#box textarea");

  function fill(text) {
    box().value = text;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    event.target.dir = "auto";
    sessionStorage.setItem(DRAFT, event.target.value);
  });

  function send(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!sstc.chat.send(box().value)) return;
    sessionStorage.removeItem(DRAFT);
    fill("");
  }

  // Before Gradio hears of it. A key that ends a word of Chinese or Arabic being composed is no question sent.
  document.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (sends && event.target === box()) send(event);
  }, true);
  document.addEventListener("click", (event) => event.target.closest("#ask") && send(event), true);

  return {
    focus: () => box()?.focus(),
    isEmpty: () => !box().value,

    draft(text) {
      fill(text);
      box().focus();
    },

    restore() {
      const kept = sessionStorage.getItem(DRAFT);
      if (kept) fill(kept);
    },
  };
})();
