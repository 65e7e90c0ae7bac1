// What the page does without asking the server: mark a quote, show one side or the other, announce.
// Gradio calls the functions of `sstc` once for each of its HTML components (see app.py).
"use strict";

const sstc = (() => {
  const NARROW = matchMedia("(max-width: 860px)");
  const STILL = matchMedia("(prefers-reduced-motion: reduce)");
  let reader = null;
  let openDocument = () => {};
  let wanted = null;
  let origin = null;
  let announced = "";

  const scroller = (element) => element.closest("#conversation, #report");
  const how = () => (STILL.matches ? "auto" : "smooth");

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

  function view(name) {
    document.body.dataset.view = name;
    for (const button of document.querySelectorAll("[data-view][aria-pressed]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
  }

  function showPlace(place) {
    const mark = markSpans(spansOf(place.spans));
    if (!mark) return;
    view("report");
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center", behavior: NARROW.matches ? "auto" : how() });
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
    view("conversation");
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
    heading?.scrollIntoView({ block: "start", behavior: how() });
    heading?.focus({ preventScroll: true });
  }

  function announce(text) {
    let region = document.getElementById("announcer");
    if (!region) {
      region = document.createElement("div");
      region.id = "announcer";
      region.className = "unseen";
      region.setAttribute("role", "status");
      region.setAttribute("aria-live", "polite");
      document.body.append(region);
    }
    region.textContent = text;
  }

  function announceTurn(turn) {
    const state = `${turn.id} ${turn.dataset.state} ${turn.textContent.length}`;
    if (state === announced) return;
    announced = state;
    const said = turn.querySelector(".waiting, .said");
    announce(said ? said.textContent : "");
    turn.scrollIntoView({ block: "start", behavior: how() });
    keepFocus(turn);
  }

  // A starter is gone once it is pressed. The focus goes on to the question that it asked.
  function keepFocus(turn) {
    if (document.activeElement !== document.body) return;
    const asked = turn.querySelector(".asked");
    asked.tabIndex = -1;
    asked.focus({ preventScroll: true });
  }

  function onConversation(element) {
    const turn = element.querySelector(".turn:last-of-type");
    document.body.classList.toggle("is-busy", turn?.dataset.state === "pending");
    document.body.classList.toggle("has-turns", Boolean(turn));
    if (turn) {
      announceTurn(turn);
      return;
    }
    announced = "";
    unmark();
    document.body.classList.remove("can-return");
    scroller(element).scrollTop = 0;
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("button, a");
    const card = event.target.closest(".card");
    if (target?.dataset.spans) show(target);
    else if (target?.classList.contains("back")) back();
    else if (target?.dataset.view) view(target.dataset.view);
    else if (target?.matches(".contents a")) {
      event.preventDefault();
      goTo(target);
    } else if (!target && card && getSelection().isCollapsed) show(card.querySelector(".show"));
    for (const contents of document.querySelectorAll(".contents[open]")) {
      if (!contents.contains(event.target)) contents.open = false;
    }
    if (target?.closest("#fresh")) document.querySelector("#box textarea")?.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const contents = document.querySelector(".contents[open]");
    if (contents) {
      contents.open = false;
      contents.querySelector("summary").focus();
    } else if (document.body.classList.contains("can-return")) back();
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("#box textarea")) event.target.dir = "auto";
  });

  return {
    masthead() {
      view("conversation");
      announce("");
    },

    conversation(element, trigger, watch) {
      element.addEventListener("click", (event) => {
        const button = event.target.closest("[data-question]");
        if (button) trigger("submit", { question: button.dataset.question });
      });
      watch("value", () => onConversation(element));
      onConversation(element);
    },

    notice(element, watch) {
      watch("value", () => {
        if (!element.textContent) return;
        announce(element.textContent);
        document.querySelector("#box textarea")?.focus();
      });
    },

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
