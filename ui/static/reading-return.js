// From an answer to the place of a quote in its document, and back to the answer.
"use strict";

(() => {
  let origin = null;

  function show(button) {
    origin = button;
    document.body.classList.add("can-return");
    for (const other of document.querySelectorAll(".is-shown")) other.classList.remove("is-shown");
    const same = `[data-spans="${button.dataset.spans}"]`;
    const turn = button.closest(".turn");
    for (const other of turn?.querySelectorAll(same) ?? []) other.classList.add("is-shown");
    const { document: id, spans, version, current, quote } = button.dataset;
    sstc.reading.open({ document: id, spans, version, current, quote });
  }

  function back() {
    sstc.pane("conversation");
    document.body.classList.remove("can-return");
    if (origin?.isConnected) {
      origin.scrollIntoView({ block: "nearest" });
      origin.focus();
    } else {
      document.querySelector("#box textarea")?.focus();
    }
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("button, a, summary");
    const card = event.target.closest(".card");
    if (target?.dataset.spans) show(target);
    else if (target?.matches(".back")) back();
    else if (!target && card && getSelection().isCollapsed) show(card.querySelector(".show"));
  });

  // The list of contents is left first, where it is open.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]") || sstc.sections.leave()) return;
    if (document.body.classList.contains("can-return")) back();
  });

  // A conversation that is gone leaves nothing to go back to.
  document.addEventListener("sstc:cleared", () => {
    if (!origin) return;
    origin = null;
    sstc.reading.unmark();
    document.body.classList.remove("can-return");
    sstc.places.remember(null);
  });
})();
