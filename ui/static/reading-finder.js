// The search bar of the reading room. Matches are painted over the text, which stays as it is.
"use strict";

sstc.finder = (() => {
  const MATCHES = "sstc-matches";
  const CURRENT = "sstc-current";
  const paints = "highlights" in CSS;
  let bar = null;
  let article = null;
  let scroller = null;
  let reading = null;
  let found = [];
  let at = -1;

  const input = () => bar.querySelector("input");

  function paint(name, ranges) {
    if (!paints) return;
    const highlight = new Highlight();
    for (const range of ranges) highlight.add(range);
    highlight.priority = name === CURRENT ? 1 : 0;
    CSS.highlights.set(name, highlight);
  }

  // The first match that is not above what is in view; the first of all, where there is none.
  function firstInView() {
    const { top } = view();
    let low = 0;
    let high = found.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (found[middle].getBoundingClientRect().bottom < top) low = middle + 1;
      else high = middle;
    }
    return low < found.length ? low : 0;
  }

  // What is in view of the text: the bar stands over the top of it.
  function view() {
    const { top, bottom } = scroller.getBoundingClientRect();
    return { top: Math.max(top, 0) + bar.parentElement.offsetHeight, bottom: Math.min(bottom, innerHeight) };
  }

  function look() {
    reading ??= sstc.search.read(article);
    found = sstc.search.find(reading, input().value);
    paint(MATCHES, found);
  }

  function go(number) {
    at = found.length ? (number + found.length) % found.length : -1;
    const current = found[at];
    paint(CURRENT, current ? [current] : []);
    tell();
    if (!current) return;
    if (!paints) getSelection().setBaseAndExtent(...ends(current));
    const { top, bottom } = view();
    const box = current.getBoundingClientRect();
    const run = current.startContainer.parentElement;
    if (box.top < top || box.bottom > bottom) run.scrollIntoView({ block: "center" });
  }

  const ends = (range) => [range.startContainer, range.startOffset, range.endContainer, range.endOffset];

  function tell() {
    const asked = sstc.search.fold(input().value) !== "";
    const place = { number: at + 1, count: found.length };
    const told = found.length ? sstc.words("reading.match", place) : sstc.words("reading.no_match");
    bar.querySelector(".count").textContent = asked ? told : "";
    bar.classList.toggle("has-none", asked && !found.length);
    for (const button of bar.querySelectorAll("button")) button.disabled = !found.length;
  }

  function search() {
    look();
    go(firstInView());
  }

  // Marks take the place of text: what was read is no longer what is there, but the match is the same.
  function again() {
    reading = null;
    if (!input().value) return;
    look();
    paint(CURRENT, found[at] ? [found[at]] : []);
  }

  // As in a browser's own search, reading goes on at the match.
  function close() {
    const current = found[at];
    input().value = "";
    search();
    const block = current?.startContainer.parentElement.closest("h2, h3, h4, h5, h6, .passage");
    if (!block) return;
    block.tabIndex = -1;
    block.focus({ preventScroll: true });
  }

  function onKey(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      go(at + (event.shiftKey ? -1 : 1));
    } else if (event.key === "Escape" && input().value) {
      event.stopPropagation();
      close();
    }
  }

  return {
    // Search in the article of this reader from now on.
    attend(reader, within) {
      [bar, article, scroller] = [reader.querySelector(".finder"), reader.querySelector(".report"), within];
      reading = null;
      paint(MATCHES, []);
      paint(CURRENT, []);
      if (!bar) return;
      input().addEventListener("input", search);
      bar.addEventListener("keydown", onKey);
      bar.querySelector(".previous").addEventListener("click", () => go(at - 1));
      bar.querySelector(".next").addEventListener("click", () => go(at + 1));
      new MutationObserver(again).observe(article, { childList: true, subtree: true });
    },
  };
})();
