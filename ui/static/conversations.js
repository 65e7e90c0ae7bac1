// Conversations, kept in this browser: each under a key of its own, so that two windows do not overwrite
// each other's. What is read back may have been written by anything, and is shown as text alone.
"use strict";

sstc.conversations = (() => {
  const PREFIX = "sstc-chat:conversation:";
  const CURRENT = "sstc-chat:current";
  const LONGEST_TITLE = 120;
  const WHEN = { dateStyle: "medium", timeStyle: "short" };
  let dialog = null;
  let open = fresh();

  function fresh() {
    return { id: `${Date.now()}-${Math.random().toString(36).slice(2)}`, title: "", changed: 0, turns: [] };
  }

  function isConversation(value) {
    return (
      typeof value?.id === "string" && typeof value.title === "string" &&
      Number.isFinite(value.changed) && Array.isArray(value.turns) &&
      value.turns.every((turn) => typeof turn?.question === "string")
    );
  }

  function read(key) {
    try {
      const value = JSON.parse(localStorage.getItem(key));
      return isConversation(value) && key === PREFIX + value.id ? value : null;
    } catch {
      return null;
    }
  }

  function write(conversation) {
    try {
      localStorage.setItem(PREFIX + conversation.id, JSON.stringify(conversation));
    } catch {
      sstc.notice.say(sstc.words("chat.not_stored"));
    }
  }

  function all() {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map(read)
      .filter(Boolean)
      .sort((one, other) => other.changed - one.changed);
  }

  function keep() {
    open.title ||= open.turns[0].question.slice(0, LONGEST_TITLE);
    open.changed = Date.now();
    write(open);
    take(open);
  }

  function take(conversation) {
    open = conversation;
    sessionStorage.setItem(CURRENT, conversation.id);
    const none = open.turns.length === 0;
    for (const button of document.querySelectorAll("#conversation-tools .clear")) button.disabled = none;
  }

  function remove(conversation) {
    localStorage.removeItem(PREFIX + conversation.id);
    if (conversation.id === open.id) sstc.chat.show(fresh());
  }

  function restore(conversation) {
    write(conversation);
    sstc.chat.show(structuredClone(conversation));
  }

  function clear() {
    if (!open.turns.length) return;
    const gone = structuredClone(open);
    sstc.chat.begin();
    remove(gone);
    sstc.notice.say(sstc.words("chat.cleared"), sstc.words("chat.undo"), () => restore(gone));
  }

  // The list.

  function list() {
    const found = all();
    dialog.querySelector(".none-yet").hidden = found.length > 0;
    dialog.querySelector(".rows").replaceChildren(...found.map(rowOf));
    if (!dialog.open) dialog.showModal();
  }

  function rowOf(conversation) {
    const row = dialog.querySelector("template.row").content.firstElementChild.cloneNode(true);
    row.querySelector(".title").textContent = conversation.title;
    row.querySelector(".when").textContent = new Date(conversation.changed).toLocaleString(sstc.locale, WHEN);
    if (conversation.id === open.id) row.querySelector(".open").setAttribute("aria-current", "true");
    for (const name of ["rename", "delete"]) {
      const button = row.querySelector(`.${name}`);
      button.setAttribute("aria-label", `${button.textContent}: ${conversation.title}`);
    }
    row.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.matches(".open")) {
        dialog.close();
        sstc.chat.show(conversation);
      } else if (button?.matches(".rename")) rename(row, conversation);
      else if (button?.matches(".delete")) erase(row, conversation);
    });
    return row;
  }

  function rename(row, conversation) {
    const input = document.createElement("input");
    input.value = conversation.title;
    input.maxLength = LONGEST_TITLE;
    input.dir = "auto";
    input.setAttribute("aria-label", sstc.words("chat.name"));
    row.querySelector(".open").replaceWith(input);
    input.select();
    const end = (title) => {
      conversation.title = title.trim() || conversation.title;
      write(conversation);
      if (conversation.id === open.id) open.title = conversation.title;
      const renamed = rowOf(conversation);
      row.replaceWith(renamed);
      renamed.querySelector(".rename").focus();
    };
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      // Or it would press the button that has the focus next, or close the list.
      event.preventDefault();
      event.stopPropagation();
      end(event.key === "Enter" ? input.value : conversation.title);
    });
    row.querySelector(".rename").addEventListener("click", (event) => {
      event.stopPropagation();
      end(input.value);
    });
  }

  function erase(row, conversation) {
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "undo";
    undo.textContent = sstc.words("chat.undo");
    undo.addEventListener("click", () => {
      write(conversation);
      list();
    });
    remove(conversation);
    const gone = document.createElement("li");
    gone.append(sstc.words("chat.deleted"), " ", undo);
    row.replaceWith(gone);
    undo.focus();
  }

  return {
    clear,
    fresh,
    keep,
    restore,
    take,
    current: () => open,
    snapshot: () => structuredClone(open),
    restored: () => read(PREFIX + sessionStorage.getItem(CURRENT)) ?? { ...fresh(), limits: sstc.limits.drafted() },

    tools(element) {
      dialog = element.querySelector("dialog");
      element.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (event.target === dialog || button?.matches(".close")) dialog.close();
        else if (button?.matches(".list")) list();
        else if (button?.matches(".clear")) clear();
        else if (button?.matches(".new")) sstc.chat.begin();
      });
    },
  };
})();
