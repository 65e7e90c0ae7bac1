// The reading room: show a place, mark a quote, go back to the answer. Nothing of it asks the server,
// but for a document that is not open.
"use strict";

sstc.reading = (() => {
  let reader = null;
  let openDocument = () => {};
  let wanted = null;
  let origin = null;

  const scroller = () => reader.closest("#report");
  const article = () => reader.querySelector(".report");
  const heading = (name) => document.getElementById(`section-${name}`);

  function unmark() {
    sstc.marks.clear(reader);
    placeTools();
    hasPassage();
  }

  // Behind the passage, where the next press of Tab finds it; the style keeps it in view at the bottom.
  function placeTools() {
    const tools = reader.querySelector(".passage-tools");
    const block = [...reader.querySelectorAll("mark")].at(-1)?.closest(".passage, .section-head");
    if (block) block.after(tools);
    else tools?.parentElement.closest(".reader").append(tools);
  }

  function hasPassage() {
    document.body.classList.toggle("has-passage", Boolean(reader && sstc.passage.current(reader)));
  }

  // A page that was opened before its document changed is shown the document as it is now.
  function open(place) {
    const { document: shown, version } = article()?.dataset ?? {};
    if (shown === place.document && (place.current ?? version) === version) reveal(place);
    else {
      wanted = place;
      openDocument(place.document);
    }
  }

  // What an address says is checked: it may come from anywhere, and from another version.
  function reveal(place) {
    sstc.places.tell("");
    if (place.spans !== null && place.spans !== undefined) showPassage(place);
    else if (place.section) showSection(place.section);
    else sstc.pane("report");
  }

  // An answer that was kept knows which words it quoted. Others are never marked in their place.
  function markPassage({ spans, version, quote }) {
    const { length, version: shown } = article().dataset;
    const parsed = sstc.marks.parse(spans);
    const there = parsed.length && parsed.every(([, end]) => end <= Number(length));
    const mark = there ? sstc.marks.set(reader, parsed) : null;
    if (!version || version === shown) return { mark, said: mark ? "" : "reading.no_passage" };
    if (!quote) return { mark, said: mark ? "reading.other_version" : "reading.no_passage" };
    if (mark && isMarked(quote)) return { mark, said: "reading.changed_around" };
    sstc.marks.clear(reader);
    return { mark: null, said: "reading.changed" };
  }

  function isMarked(quote) {
    const marked = [...reader.querySelectorAll(".report mark")].map((one) => one.textContent).join("");
    return marked.replace(/\s/g, "") === quote.replace(/\s/g, "");
  }

  function showPassage(place) {
    const { spans } = place;
    const { version: shown } = article().dataset;
    const { mark, said } = markPassage(place);
    sstc.pane("report");
    placeTools();
    hasPassage();
    if (said) sstc.places.tell(sstc.words(said));
    if (!mark) return;
    sstc.places.remember({ document: article().dataset.document, spans, version: shown });
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center", behavior: sstc.NARROW.matches ? "auto" : sstc.how() });
  }

  function showSection(name) {
    sstc.pane("report");
    const found = heading(name);
    if (!found) {
      sstc.places.tell(sstc.words("reading.no_section"));
      return;
    }
    sstc.places.remember({ document: article().dataset.document, section: name });
    found.scrollIntoView({ block: "start", behavior: sstc.how() });
    found.focus({ preventScroll: true });
  }

  function show(button) {
    origin = button;
    document.body.classList.add("can-return");
    for (const other of document.querySelectorAll(".is-shown")) other.classList.remove("is-shown");
    const same = `[data-spans="${button.dataset.spans}"]`;
    const turn = button.closest(".turn");
    for (const other of turn?.querySelectorAll(same) ?? []) other.classList.add("is-shown");
    const { document: id, spans, version, current, quote } = button.dataset;
    open({ document: id, spans, version, current, quote });
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

  function copyPassage() {
    const { document: id, version } = article().dataset;
    const spans = sstc.marks.format(sstc.passage.current(reader).spans);
    sstc.places.copy({ document: id, spans, version });
  }

  function showPage() {
    const spans = sstc.marks.format(sstc.passage.current(reader).spans);
    sstc.pages.open({ document: article().dataset.document, spans });
  }

  function copySection(link) {
    sstc.places.remember({ document: article().dataset.document, section: link.dataset.section });
    sstc.places.copy({ document: article().dataset.document, section: link.dataset.section });
  }

  const closeContents = (but) => {
    for (const contents of document.querySelectorAll(".contents[open]")) {
      if (!contents.contains(but)) contents.open = false;
    }
  };

  function follow(event, link) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.matches(".permalink")) copySection(link);
    else {
      closeContents(null);
      showSection(link.dataset.section);
    }
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("button, a, summary");
    const card = event.target.closest(".card");
    if (target?.dataset.spans) show(target);
    else if (target?.dataset.section) follow(event, target);
    else if (target?.matches(".back")) back();
    else if (target?.matches(".ask-about")) sstc.passage.ask(reader);
    else if (target?.matches(".show-page")) showPage();
    else if (target?.matches(".copy-link")) copyPassage();
    else if (!target && card && getSelection().isCollapsed) show(card.querySelector(".show"));
    closeContents(event.target);
  });

  // A press on what is done with a selection leaves the selection as it is.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".passage-tools")) event.preventDefault();
  });

  document.addEventListener("selectionchange", hasPassage);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    const contents = document.querySelector(".contents[open]");
    if (contents) {
      contents.open = false;
      contents.querySelector("summary").focus();
    } else if (document.body.classList.contains("can-return")) back();
  });

  // A conversation that is gone leaves nothing to go back to.
  document.addEventListener("sstc:cleared", () => {
    if (!origin) return;
    origin = null;
    unmark();
    document.body.classList.remove("can-return");
    sstc.places.remember(null);
  });

  function onDocument() {
    sstc.finder.attend(reader, scroller());
    const place = wanted;
    wanted = null;
    if (place && article()?.dataset.document === place.document) reveal(place);
    else {
      if (place) sstc.pane("report");
      scroller().scrollTop = 0;
      hasPassage();
    }
  }

  return {
    report(element, trigger, watch) {
      reader = element;
      sstc.pages.attend(trigger);
      openDocument = (id) => trigger("select", { document: id });
      element.addEventListener("change", (event) => {
        if (event.target.matches(".chooser")) openDocument(event.target.value);
      });
      watch("value", onDocument);
      sstc.finder.attend(reader, scroller());
      const place = sstc.places.asked(location.search);
      if (place) open(place);
    },
  };
})();
