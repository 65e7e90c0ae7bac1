// The passage that is marked or selected, and what is done with it: a question about it, its pages, its address.
"use strict";

sstc.passage = (() => {
  // A passage up to this length is named in a question as it stands; of a longer one, its section is.
  const LONGEST = 80;
  const HEADINGS = ":is(h2, h3, h4, h5, h6)[id]";
  let reader = null;

  const article = () => reader.querySelector(".report");

  function selected() {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!article() || !range.intersectsNode(article())) return null;
    const spans = sstc.marks.spansOf(article(), range);
    return spans.length ? { spans, text: selection.toString(), range } : null;
  }

  function marked() {
    const marks = [...reader.querySelectorAll("mark")];
    if (!marks.length) return null;
    const range = document.createRange();
    range.setStartBefore(marks[0]);
    range.setEndAfter(marks.at(-1));
    const text = marks.map((mark) => mark.textContent).join("");
    return { spans: sstc.marks.marked(), text, range };
  }

  const current = () => selected() ?? marked();

  function sectionOf(range) {
    const above = (heading) => range.comparePoint(heading, 0) < 0;
    const heading = [...reader.querySelectorAll(HEADINGS)].filter(above).at(-1);
    return heading?.classList.contains("report-title") ? "" : (heading?.textContent ?? "");
  }

  function questionAbout(passage) {
    const text = passage.text.replace(/\s+/g, " ").trim();
    const section = sectionOf(passage.range);
    const subject = text.length <= LONGEST || !section ? shortened(text) : section;
    return sstc.words("chat.about", { subject });
  }

  function shortened(text) {
    return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")}…`;
  }

  // Behind what is being typed, which is not lost.
  function ask() {
    const passage = current();
    const box = document.querySelector("#box textarea");
    if (!passage || !box) return;
    const typed = box.value.trim();
    box.value = [typed, questionAbout(passage)].filter(Boolean).join("\n");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    sstc.pane("conversation");
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  const place = () => ({ document: article().dataset.document, spans: sstc.marks.format(current().spans) });

  // The style shows what can be done with a passage where there is one.
  function tell() {
    document.body.classList.toggle("has-passage", Boolean(reader && current()));
  }

  // Behind the passage, where the next press of Tab finds it; the style keeps it in view at the bottom.
  function placeTools() {
    const tools = reader.querySelector(".passage-tools");
    const block = [...reader.querySelectorAll("mark")].at(-1)?.closest(".passage, .section-head");
    if (block) block.after(tools);
    else tools?.parentElement.closest(".reader").append(tools);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches(".ask-about")) ask();
    else if (button?.matches(".show-page")) sstc.pages.open(place());
    else if (button?.matches(".copy-link")) sstc.places.copy({ ...place(), version: article().dataset.version });
  });

  // A press on what is done with a selection leaves the selection as it is.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".passage-tools")) event.preventDefault();
  });

  document.addEventListener("selectionchange", tell);

  return {
    attend(element) {
      reader = element;
    },

    // Another passage is marked, or none any more.
    changed() {
      placeTools();
      tell();
    },

    tell,
  };
})();
