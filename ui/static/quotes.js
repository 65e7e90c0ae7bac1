// The quote behind a [1], where it is pointed at or has the focus. Escape hides it (WCAG 2.2, 1.4.13).
"use strict";

(() => {
  const GAP = 6;
  let tip = null;
  let source = null;

  function made() {
    const element = document.createElement("div");
    element.id = "quote-tip";
    element.setAttribute("role", "tooltip");
    return document.body.appendChild(element);
  }

  function show(button) {
    tip ??= made();
    source = button;
    tip.textContent = button.dataset.quote;
    tip.dir = "auto";
    tip.hidden = false;
    button.setAttribute("aria-describedby", tip.id);
    const at = button.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const above = at.top - height - GAP;
    tip.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
    tip.style.top = `${above > 0 ? above : at.bottom + GAP}px`;
  }

  function hide() {
    if (!source) return;
    source.removeAttribute("aria-describedby");
    source = null;
    tip.hidden = true;
  }

  // The pointer may go into the quote, and what has the focus keeps its quote.
  function isOver(target) {
    return tip?.contains(target) || document.activeElement === source;
  }

  const over = (event) => event.target.closest?.(".cite[data-quote]");
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      if (over(event)) show(over(event));
      else if (kind === "pointerover" && !isOver(event.target)) hide();
    });
  }
  document.addEventListener("focusout", hide);
  document.addEventListener("scroll", hide, true);
  document.addEventListener("click", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !source) return;
    event.stopImmediatePropagation();
    hide();
  }, true);
})();
