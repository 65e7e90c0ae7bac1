// What every view of the page shares: its words, what is announced, one side or the other on a phone.
// The other files add their part to `sstc`; Gradio calls those once for each HTML part (see the views).
"use strict";

const sstc = (() => {
  const NARROW = matchMedia("(max-width: 860px)");
  const STILL = matchMedia("(prefers-reduced-motion: reduce)");
  const YEAR = 365 * 24 * 60 * 60;
  const LOCALES = { zh: "zh-CN" };
  const texts = JSON.parse(document.getElementById("words").textContent);
  const language = document.documentElement.lang;
  const locale = LOCALES[language] ?? language;

  // Gradio's own parts speak the language of the browser, unless they are told of another.
  Object.defineProperty(navigator, "language", { get: () => locale });

  function words(key, values = {}) {
    return texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  // What the server sent; it has been escaped there.
  function parsed(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  }

  // The same as Gradio brings it (see `parcel` in parts.py).
  function unpacked(element) {
    const wrapped = element.querySelector("[data-html]");
    return wrapped && parsed(wrapped.dataset.html);
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

  function pane(name) {
    document.body.dataset.pane = name;
    for (const button of document.querySelectorAll("[data-pane][aria-pressed]")) {
      button.setAttribute("aria-pressed", String(button.dataset.pane === name));
    }
  }

  // The link goes to the same view, and to the same place in it.
  function speak(link) {
    document.cookie = `language=${link.dataset.language}; path=/; max-age=${YEAR}; samesite=lax`;
    link.search = location.search;
    link.hash = location.hash;
  }

  // Addresses are relative to that of the language, so `#room` alone would lead away from here.
  function skip(event) {
    event.preventDefault();
    const room = document.getElementById("room");
    room.tabIndex = -1;
    room.focus();
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("button, a");
    if (target?.matches(".skip")) skip(event);
    else if (target?.dataset.language) speak(target);
    else if (target?.matches("button[data-pane]")) pane(target.dataset.pane);
    for (const open of document.querySelectorAll("details.languages[open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector("details.languages[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  return {
    NARROW,
    STILL,
    announce,
    locale,
    pane,
    parsed,
    unpacked,
    words,
    how: () => (STILL.matches ? "auto" : "smooth"),

    panes() {
      pane("conversation");
      announce("");
    },
  };
})();
