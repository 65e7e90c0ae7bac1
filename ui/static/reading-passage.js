// The passage that is marked or selected, and the question that is asked about it.
"use strict";

sstc.passage = (() => {
  // A passage up to this length is named in a question as it stands; of a longer one, its section is.
  const LONGEST = 80;
  const HEADINGS = ":is(h2, h3, h4, h5, h6)[id]";

  function selected(reader) {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const article = reader.querySelector(".report");
    if (!article || !range.intersectsNode(article)) return null;
    const spans = sstc.marks.spansOf(article, range);
    return spans.length ? { spans, text: selection.toString(), range } : null;
  }

  function marked(reader) {
    const marks = [...reader.querySelectorAll("mark")];
    if (!marks.length) return null;
    const range = document.createRange();
    range.setStartBefore(marks[0]);
    range.setEndAfter(marks.at(-1));
    const text = marks.map((mark) => mark.textContent).join("");
    return { spans: sstc.marks.marked(), text, range };
  }

  const current = (reader) => selected(reader) ?? marked(reader);

  function sectionOf(reader, range) {
    const above = (heading) => range.comparePoint(heading, 0) < 0;
    const heading = [...reader.querySelectorAll(HEADINGS)].filter(above).at(-1);
    return heading?.classList.contains("report-title") ? "" : (heading?.textContent ?? "");
  }

  function questionAbout(reader, passage) {
    const text = passage.text.replace(/\s+/g, " ").trim();
    const section = sectionOf(reader, passage.range);
    const subject = text.length <= LONGEST || !section ? shortened(text) : section;
    return sstc.words("chat.about", { subject });
  }

  function shortened(text) {
    return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")}…`;
  }

  // Behind what is being typed, which is not lost.
  function ask(reader) {
    const passage = current(reader);
    const box = document.querySelector("#box textarea");
    if (!passage || !box) return;
    const typed = box.value.trim();
    box.value = [typed, questionAbout(reader, passage)].filter(Boolean).join("\n");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    sstc.pane("conversation");
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  return { current, ask };
})();
