// The reading room: a document is opened, and a passage or a section of it is shown. Nothing of it asks the
// server, but for a document that is not open.
"use strict";

sstc.reading = (() => {
  let reader = null;
  let openDocument = () => {};
  let wanted = null;

  const scroller = () => reader.closest("#report");
  const article = () => reader.querySelector(".report");

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
    else if (place.section) sstc.sections.show(place.section);
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
    sstc.passage.changed();
    if (said) sstc.places.tell(sstc.words(said));
    if (!mark) return;
    sstc.places.remember({ document: article().dataset.document, spans, version: shown });
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center", behavior: sstc.NARROW.matches ? "auto" : sstc.how() });
  }

  function unmark() {
    sstc.marks.clear(reader);
    sstc.passage.changed();
  }

  function onDocument() {
    sstc.finder.attend(reader, scroller());
    const place = wanted;
    wanted = null;
    if (place && article()?.dataset.document === place.document) reveal(place);
    else {
      if (place) sstc.pane("report");
      scroller().scrollTop = 0;
      sstc.passage.tell();
    }
  }

  return {
    open,
    unmark,

    report(element, trigger, watch) {
      reader = element;
      sstc.passage.attend(reader);
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
