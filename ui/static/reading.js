// The reading room: mark a quote, go back to the answer, find a section. Nothing of it asks the server,
// but for a document that is not open.
"use strict";

sstc.reading = (() => {
  let reader = null;
  let openDocument = () => {};
  let wanted = null;
  let origin = null;

  const scroller = (element) => element.closest("#report");

  // Offsets count code points; JavaScript counts half of some of them.
  function spansOf(value) {
    return value.split(" ").filter(Boolean).map((span) => span.split("-").map(Number));
  }

  function unmark() {
    for (const mark of document.querySelectorAll(".report mark")) {
      const run = mark.parentElement;
      if (run) run.textContent = run.textContent;
    }
  }

  function overlaps(run, spans) {
    const start = Number(run.dataset.start);
    const end = Number(run.dataset.end);
    const length = Array.from(run.textContent).length;
    return spans
      .map(([from, to]) => [Math.max(from, start) - start, Math.min(to, end) - start])
      .filter(([from, to]) => from < to)
      .map((range) => (length === end - start ? range : [0, length]))
      .sort((one, other) => one[0] - other[0]);
  }

  function markRun(run, ranges) {
    const points = Array.from(run.textContent);
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

  function markSpans(spans) {
    unmark();
    for (const run of reader.querySelectorAll("[data-start]")) {
      const ranges = overlaps(run, spans);
      if (ranges.length) markRun(run, ranges);
    }
    return reader.querySelector("mark");
  }

  function showPlace(place) {
    const mark = markSpans(spansOf(place.spans));
    if (!mark) return;
    sstc.pane("report");
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center", behavior: sstc.NARROW.matches ? "auto" : sstc.how() });
  }

  function show(button) {
    origin = button;
    document.body.classList.add("can-return");
    for (const other of document.querySelectorAll(".is-shown")) other.classList.remove("is-shown");
    const same = `[data-spans="${button.dataset.spans}"]`;
    const turn = button.closest(".turn");
    for (const other of turn?.querySelectorAll(same) ?? []) other.classList.add("is-shown");
    const place = { document: button.dataset.document, spans: button.dataset.spans };
    if (reader.querySelector("[data-document]")?.dataset.document === place.document) {
      showPlace(place);
    } else {
      wanted = place;
      openDocument(place.document);
    }
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

  function goTo(link) {
    const heading = document.getElementById(link.hash.slice(1));
    link.closest("details").open = false;
    heading?.scrollIntoView({ block: "start", behavior: sstc.how() });
    heading?.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("button, a");
    const card = event.target.closest(".card");
    if (target?.dataset.spans) show(target);
    else if (target?.classList.contains("back")) back();
    else if (target?.matches(".contents a")) {
      event.preventDefault();
      goTo(target);
    } else if (!target && card && getSelection().isCollapsed) show(card.querySelector(".show"));
    for (const contents of document.querySelectorAll(".contents[open]")) {
      if (!contents.contains(event.target)) contents.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const contents = document.querySelector(".contents[open]");
    if (contents) {
      contents.open = false;
      contents.querySelector("summary").focus();
    } else if (document.body.classList.contains("can-return")) back();
  });

  // A conversation that is gone leaves nothing to go back to.
  document.addEventListener("sstc:cleared", () => {
    unmark();
    document.body.classList.remove("can-return");
  });

  return {
    report(element, trigger, watch) {
      reader = element;
      openDocument = (id) => trigger("select", { document: id });
      element.addEventListener("change", (event) => {
        if (event.target.matches(".chooser")) openDocument(event.target.value);
      });
      watch("value", () => {
        unmark();
        if (wanted) showPlace(wanted);
        else scroller(element).scrollTop = 0;
        wanted = null;
      });
    },
  };
})();
