// Whether answers are wanted in quotes only, where a language model could write them. The browser keeps it.
"use strict";

sstc.writing = (() => {
  const KEPT = "sstc-chat:quotes-only";
  const wanted = () => localStorage.getItem(KEPT) === "yes";

  return {
    quotesOnly: wanted,

    control(element) {
      const box = element.querySelector(".quotes-only");
      box.checked = wanted();
      box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "yes" : "no"));
    },
  };
})();
