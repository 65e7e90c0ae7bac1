// The box that questions are typed into. What stands in it survives a reload.
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

  return {
    focus: () => box()?.focus(),
    forget: () => sessionStorage.removeItem(DRAFT),
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
