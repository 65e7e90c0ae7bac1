// Marks in the report: the words that spans of the source stand for, and the spans of what is selected.
"use strict";

sstc.marks = (() => {
  const runsOf = (reader) => [...reader.querySelectorAll("[data-start]")];
  const rangeOf = (run) => [Number(run.dataset.start), Number(run.dataset.end)];
  // Offsets count code points; JavaScript counts half of some of them.
  const pointsOf = (text) => Array.from(text);

  let marked = [];

  // `12-40 57-90` as pairs of numbers; nothing where one of them is no span.
  function parse(value) {
    const spans = value.split(" ").map((span) => /^(\d{1,9})-(\d{1,9})$/.exec(span)?.slice(1).map(Number));
    return spans.every((span) => span && span[0] < span[1]) ? spans : [];
  }

  const format = (spans) => spans.map((span) => span.join("-")).join(" ");

  function clear(reader) {
    marked = [];
    for (const gap of reader.querySelectorAll("mark.gap")) gap.replaceWith(" ");
    for (const mark of reader.querySelectorAll("mark")) {
      const run = mark.parentElement;
      if (run) run.textContent = run.textContent;
    }
  }

  function overlaps(run, spans) {
    const [start, end] = rangeOf(run);
    const length = pointsOf(run.textContent).length;
    return spans
      .map(([from, to]) => [Math.max(from, start) - start, Math.min(to, end) - start])
      .filter(([from, to]) => from < to)
      .map((range) => (length === end - start ? range : [0, length]))
      .sort((one, other) => one[0] - other[0]);
  }

  function markRun(run, ranges) {
    const points = pointsOf(run.textContent);
    const parts = [];
    let done = 0;
    for (const [from, to] of ranges) {
      const start = Math.max(from, done);
      if (start >= to) continue;
      const mark = document.createElement("mark");
      mark.textContent = points.slice(start, to).join("");
      parts.push(points.slice(done, start).join(""), mark);
      done = to;
    }
    parts.push(points.slice(done).join(""));
    run.replaceChildren(...parts.filter((part) => part !== ""));
  }

  // The space between two sentences of a quote belongs to it, though no run holds it.
  function markGaps(reader, spans) {
    for (const sentence of reader.querySelectorAll(".sentence:has(mark) + .sentence:has(mark)")) {
      const start = Number(sentence.querySelector("[data-start]").dataset.start);
      if (!spans.some(([from, to]) => from < start && to > start)) continue;
      const gap = document.createElement("mark");
      gap.className = "gap";
      gap.textContent = " ";
      sentence.previousSibling.replaceWith(gap);
    }
  }

  // Mark what stands for `spans` and return the first mark, if there is one.
  function set(reader, spans) {
    clear(reader);
    marked = spans;
    for (const run of runsOf(reader)) {
      const ranges = overlaps(run, spans);
      if (ranges.length) markRun(run, ranges);
    }
    markGaps(reader, spans);
    return reader.querySelector("mark");
  }

  // Which of the run's source characters `selected` covers.
  function within(run, selected) {
    const [start, end] = rangeOf(run);
    const part = document.createRange();
    part.selectNodeContents(run);
    const before = part.cloneRange();
    if (run.contains(selected.startContainer)) part.setStart(selected.startContainer, selected.startOffset);
    if (run.contains(selected.endContainer)) part.setEnd(selected.endContainer, selected.endOffset);
    const length = pointsOf(part.toString()).length;
    if (!length || pointsOf(run.textContent).length !== end - start) return length ? [start, end] : null;
    before.setEnd(part.startContainer, part.startOffset);
    const from = start + pointsOf(before.toString()).length;
    return [from, from + length];
  }

  // The spans of a selection. What nothing but white space parts in the source is one.
  function spansOf(reader, selected) {
    const spans = [];
    let before = null;
    for (const run of runsOf(reader)) {
      const span = selected.intersectsNode(run) ? within(run, selected) : null;
      if (span && before && run.hasAttribute("data-follows")) before[1] = span[1];
      else if (span) spans.push(span);
      before = span && spans.at(-1);
    }
    return spans;
  }

  return { parse, format, clear, set, spansOf, marked: () => marked };
})();
