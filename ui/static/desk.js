// The evaluator's desk: what is pressed is told to the server, which shows the step as it is then. Which
// round and which step are open stands in the address, so that a reload comes back to them.
"use strict";

sstc.desk = (() => {
  const RATER = "sstc-rater";
  const NOTE = "sstc-chat:note:";
  const LARGEST_FILE = 512 * 1024;
  const parts = {};
  let steps = null;

  const address = () => new URLSearchParams(location.search);
  const round = () => address().get("round") ?? "";
  const step = () => address().get("step") ?? "start";

  function remember(values) {
    const search = address();
    for (const [name, value] of Object.entries(values)) search.set(name, value);
    history.replaceState(history.state, "", `${location.pathname}?${search}${location.hash}`);
  }

  // One press at a time: a verdict is never given on what is not shown yet.
  function tell(name, said, focus) {
    const part = parts[name];
    if (!part || part.waiting) return;
    part.waiting = true;
    part.focus = focus;
    part.element.setAttribute("aria-busy", "true");
    part.trigger("select", { round: round(), rater: localStorage.getItem(RATER) ?? "", ...said });
  }

  function open(name, focus) {
    remember({ step: name });
    for (const column of document.querySelectorAll(".desk-step")) {
      column.classList.toggle("is-open", column.id === `desk-${name}`);
    }
    for (const button of steps?.querySelectorAll("[data-step]") ?? []) {
      button.setAttribute("aria-pressed", String(button.dataset.step === name));
    }
    tell(name, { action: "show" }, focus);
  }

  function isSeen(element) {
    return element && element.getClientRects().length > 0;
  }

  // What had the focus is gone once the step is shown anew; its successor is given it.
  function refocus(part) {
    if (!part.focus || (document.activeElement && document.activeElement !== document.body)) return;
    const target = part.element.querySelector(part.focus);
    if (isSeen(target)) target.focus({ preventScroll: true });
  }

  function showMark(place) {
    const mark = place.querySelector("mark");
    if (mark) place.scrollTop = mark.offsetTop - place.offsetTop - place.clientHeight / 3;
  }

  // A note that is typed and not saved yet survives a reload, and a look at another citation.
  function noteKey(part) {
    const item = part.element.querySelector(".item")?.dataset.item;
    return item && `${NOTE}${round()}:${localStorage.getItem(RATER)}:${item}`;
  }

  function restoreNote(part) {
    if (part.saving && !part.element.querySelector(".notice")) sessionStorage.removeItem(part.saving);
    part.saving = null;
    const box = part.element.querySelector(".item textarea");
    // What was typed stays in a box that Gradio uses again for the next citation.
    if (box) box.value = sessionStorage.getItem(noteKey(part)) ?? box.defaultValue;
  }

  function rendered(name) {
    const part = parts[name];
    if (name === "judge") restoreNote(part);
    part.waiting = false;
    part.element.removeAttribute("aria-busy");
    const begun = part.element.querySelector(".said[data-round]");
    if (begun) remember({ round: begun.dataset.round });
    const said = part.element.querySelector(".notice, .said, [role=status]");
    if (said) sstc.announce(said.textContent);
    refocus(part);
    for (const place of part.element.querySelectorAll(".judged-place")) showMark(place);
  }

  function notice(part, text) {
    const line = document.createElement("p");
    line.className = "notice";
    line.textContent = text;
    part.element.querySelector(".notice")?.remove();
    part.element.prepend(line);
    sstc.announce(text);
  }

  async function withFile(part, said) {
    const file = said.file;
    delete said.file;
    if (!(file instanceof File) || !file.name) return said;
    if (file.size > LARGEST_FILE) return notice(part, sstc.words("desk.file_too_large"));
    try {
      const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      return { ...said, set: "", name: file.name, content: decoder.decode(await file.arrayBuffer()) };
    } catch {
      return notice(part, sstc.words("desk.file_not_text"));
    }
  }

  async function press(button) {
    const name = button.closest(".desk-step").id.replace("desk-", "");
    const part = parts[name];
    const form = button.closest("form");
    const said = { ...(form ? Object.fromEntries(new FormData(form)) : {}), ...button.dataset };
    if (said.action === "open") return opened(said.round);
    if (said.action === "name") localStorage.setItem(RATER, said.rater.trim());
    if (said.action === "forget") localStorage.removeItem(RATER);
    if (said.action === "judge") {
      said.note = part.element.querySelector("textarea")?.value ?? "";
      part.saving = noteKey(part);
    }
    if (said.action === "settle" && said.rater) localStorage.setItem(RATER, said.rater.trim());
    if (said.rater === undefined) delete said.rater;
    const whole = await withFile(part, said);
    if (whole) tell(name, whole, name === "judge" ? ".item" : button.id ? `#${button.id}` : "h2");
  }

  function opened(number) {
    remember({ round: number });
    open("figures", "h2");
  }

  function keyOf(event) {
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    return { [forward]: "next", [back]: "previous" }[event.key] ?? event.key.toLowerCase();
  }

  function judgeByKey(event) {
    const item = event.target.closest?.("#desk-judge .item");
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("input, textarea, select")) return;
    const key = keyOf(event);
    const button = [...item.querySelectorAll("[data-keys]")].find((one) => one.dataset.keys.split(" ").includes(key));
    if (!button) return;
    event.preventDefault();
    press(button);
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("#desk button");
    if (target?.dataset.step) open(target.dataset.step, "h2");
    else if (target?.dataset.action) press(target);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("#desk form");
    if (!form) return;
    event.preventDefault();
    const only = form.querySelector("button.primary");
    if (only) press(only);
  });
  document.addEventListener("keydown", judgeByKey);
  document.addEventListener("input", (event) => {
    if (event.target.matches("#desk-judge .item textarea")) {
      sessionStorage.setItem(noteKey(parts.judge), event.target.value);
    }
  });
  // What was pressed is not done, and can be pressed again.
  document.addEventListener("sstc:failed", () => {
    for (const part of Object.values(parts)) {
      part.waiting = false;
      part.element.removeAttribute("aria-busy");
    }
  });

  return {
    steps(element) {
      steps = element;
      document.body.classList.add("at-desk");
    },

    part(name, element, trigger, watch) {
      parts[name] = { element, trigger, waiting: false };
      watch("value", () => rendered(name));
      if (name === step()) open(name);
    },

    // A file is saved, a page to print is opened beside this one.
    taken(element, watch) {
      watch("value", () => {
        const file = element.querySelector("[data-file]");
        if (!file) return;
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([file.textContent], { type: `${file.dataset.type};charset=utf-8` }));
        if (file.dataset.type === "text/html") link.target = "_blank";
        else link.download = file.dataset.file;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      });
    },
  };
})();
