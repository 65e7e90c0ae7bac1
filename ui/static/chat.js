// The chat: a question goes out with those before it, its turn comes back and is put in its place. What
// was said is kept by `sstc.conversations`, in this browser alone.
"use strict";

sstc.chat = (() => {
  // The server takes no larger body; three turns are enough to know what was shown lately.
  const LARGEST = 40_000;
  const LATELY = 3;
  const DRAFT = "sstc-chat:draft";
  let root = null;
  let channel = null;
  let waiting = null;
  let editing = null;
  let names = 0;

  const box = () => document.querySelector("#box textarea");
  const turns = () => sstc.conversations.current().turns;
  const articles = () => [...root.querySelectorAll(".turns > .turn")];
  const place = (element) => articles().indexOf(element.closest(".turn"));
  const named = (kind) => `${kind}-${Date.now()}-${++names}`;
  const copyOf = (name) => root.querySelector(`template.${name}`).content.firstElementChild.cloneNode(true);
  const sizeOf = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

  // What is typed.

  function fill(text) {
    box().value = text;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  }

  function draft(text) {
    fill(text);
    box().focus();
  }

  // Gradio calls this with what is in the box, and puts there what comes back.
  function send(text) {
    if (waiting?.article) return text;
    sessionStorage.removeItem(DRAFT);
    if (waiting) waiting.then = () => ask(text);
    else ask(text, editing ?? turns().length);
    return "";
  }

  function ask(question, at = turns().length, limits = sstc.limits.now()) {
    if (waiting) return;
    sstc.notice.clear();
    editing = null;
    const before = sstc.conversations.snapshot();
    for (const article of articles().slice(at)) article.remove();
    turns().splice(at);
    const article = copyOf("pending-turn");
    article.querySelector(".question").textContent = question;
    waiting = { name: named("ask"), question, article, before, at };
    append(article);
    const history = turns().filter((turn) => turn.record).map((turn) => turn.question);
    channel.tell("ask", { name: waiting.name, question, history: history.slice(-20), limits });
  }

  // What is shown.

  function append(article) {
    root.querySelector(".turns").append(article);
    settle();
    article.scrollIntoView({ block: "start", behavior: sstc.how() });
    sstc.announce(article.querySelector(".waiting, .said")?.textContent ?? "");
    keepFocus(article);
  }

  // A button that asks may be gone once it is pressed. The focus goes on to the question that it asked.
  function keepFocus(article) {
    if (document.activeElement === document.body || !document.activeElement.isConnected) {
      article.querySelector(".asked").focus({ preventScroll: true });
    }
  }

  function settle() {
    const all = articles();
    all.forEach((article, number) => { article.id = `turn-${number + 1}`; });
    root.querySelector(".welcome").hidden = all.length > 0;
    document.body.classList.toggle("is-busy", Boolean(waiting));
    document.body.classList.toggle("has-turns", all.length > 0);
    for (const old of root.querySelectorAll(".turn:not(:last-child) .suggestions")) old.remove();
  }

  function finish(article, record) {
    const { question, article: pending, before, at } = waiting;
    waiting = null;
    pending.replaceWith(article);
    turns().push({ question, record });
    sstc.conversations.keep();
    settle();
    if (before.turns.slice(at).some((turn) => turn.record)) offerBack(before);
    article.scrollIntoView({ block: "start", behavior: sstc.how() });
    sstc.announce(article.querySelector(".said").textContent);
    keepFocus(article);
    document.dispatchEvent(new CustomEvent("sstc:turn", { detail: article }));
    if (record) suggest();
  }

  function offerBack(before) {
    sstc.notice.say(sstc.words("chat.replaced"), sstc.words("chat.undo"), () => {
      sstc.conversations.restore(before);
    });
  }

  function fail(reason) {
    if (waiting?.opened) {
      waiting = null;
      sstc.notice.say(sstc.words(reason));
    }
    if (!waiting) return;
    const article = copyOf("failed-turn");
    article.querySelector(".question").textContent = waiting.question;
    article.querySelector(".said").textContent = sstc.words(reason);
    finish(article, null);
  }

  function takeBack(notice) {
    const { question, before } = waiting;
    waiting = null;
    if (!box().value) draft(question);
    show(before, () => {
      sstc.notice.say(notice);
      box().focus();
    });
  }

  function suggest() {
    const lately = turns().slice(-LATELY);
    while (lately.length > 1 && sizeOf(lately) > LARGEST) lately.shift();
    articles().at(-1).dataset.awaits = named("suggest");
    channel.tell("suggest", { name: articles().at(-1).dataset.awaits, turns: lately, limits: sstc.limits.now() });
  }

  // Show a whole conversation: its turns are kept as records, and come back as HTML in the page's language.
  function show(conversation, done = () => {}) {
    stop();
    waiting = null;
    editing = null;
    sstc.conversations.take(conversation);
    root.querySelector(".turns").replaceChildren();
    settle();
    document.dispatchEvent(new CustomEvent("sstc:cleared"));
    root.closest("#conversation").scrollTop = 0;
    next(conversation, 0, done);
  }

  function next(conversation, from, done) {
    const part = [];
    for (const turn of conversation.turns.slice(from)) {
      if (part.length && sizeOf([...part, turn]) > LARGEST) break;
      part.push(turn);
    }
    if (!part.length) {
      const { then } = waiting ?? {};
      waiting = null;
      settle();
      done();
      if (then) return then();
      return conversation.turns.at(-1)?.record && suggest();
    }
    const name = named("open");
    waiting = { ...waiting, name, opened: (element) => {
      for (const turn of [...element.children]) {
        root.querySelector(".turns").append(turn);
        document.dispatchEvent(new CustomEvent("sstc:turn", { detail: turn }));
      }
      settle();
      next(conversation, from + part.length, done);
    } };
    channel.tell("open", { name, turns: part });
  }

  function begin() {
    sstc.notice.clear();
    show(sstc.conversations.fresh());
    box()?.focus();
  }

  // The server cannot take an answer back that it is working on; it is not put in its place.
  function stop() {
    if (!waiting?.article) return;
    channel.forget();
    fail("chat.stopped");
  }

  function edit(button) {
    editing = place(button);
    draft(turns()[editing].question);
    sstc.notice.say(sstc.words("chat.editing"), sstc.words("chat.cancel"), () => {
      editing = null;
      draft("");
    });
  }

  // An answer is asked for again where it stands; what came after it stays, so it goes to the end.
  function again(button, limits = sstc.limits.now()) {
    const at = place(button);
    ask(turns()[at].question, at === turns().length - 1 ? at : turns().length, limits);
  }

  // What may be asked next is found in the documents that are asked.
  document.addEventListener("sstc:limited", () => {
    if (waiting || !turns().at(-1)?.record) return;
    articles().at(-1).querySelector(".suggestions")?.remove();
    suggest();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("#conversation .ask-this")) ask(button.textContent);
    else if (button.matches("#conversation .edit")) edit(button);
    else if (button.matches("#conversation .again")) again(button);
    else if (button.matches("#conversation .ask-all")) again(button, {});
    else if (button.matches("#conversation .stop")) stop();
    else if (button.matches(".copy")) copy(button);
  });

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      sstc.announce(sstc.words("chat.copied"));
      button.classList.add("is-copied");
      setTimeout(() => button.classList.remove("is-copied"), 2000);
    } catch {
      sstc.notice.say(sstc.words("chat.not_copied"));
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    event.target.dir = "auto";
    sessionStorage.setItem(DRAFT, event.target.value);
  });

  // Gradio tells of a request that failed in a message of its own, and in no event.
  new MutationObserver(() => {
    const messages = document.querySelectorAll(".toast-body.error:not([data-told])");
    for (const message of messages) message.dataset.told = "";
    if (!messages.length) return;
    channel?.forget();
    fail("chat.unreachable");
  }).observe(document.body ?? document.documentElement, { childList: true, subtree: true });

  return {
    ask,
    begin,
    draft,
    send,
    show,

    conversation(element, trigger) {
      root = element;
      channel = sstc.channel(trigger);
    },

    // Whoever was quick enough to ask before this has begun a conversation.
    ready() {
      if (waiting || turns().length) return;
      show(sstc.conversations.restored());
      const kept = sessionStorage.getItem(DRAFT);
      if (kept) fill(kept);
    },

    answered(element, watch) {
      watch("value", () => {
        const arrived = sstc.unpacked(element);
        channel.arrived("ask", arrived?.dataset.name);
        if (!waiting?.article || arrived?.dataset.name !== waiting.name) return;
        if (arrived.matches(".unaskable")) takeBack(arrived.textContent);
        else finish(arrived, JSON.parse(arrived.dataset.record ?? "null"));
      });
    },

    opened(element, watch) {
      watch("value", () => {
        const arrived = sstc.unpacked(element);
        channel.arrived("open", arrived?.dataset.name);
        if (arrived?.dataset.name === waiting?.name) waiting.opened?.(arrived);
      });
    },

    suggested(element, watch) {
      watch("value", () => {
        const arrived = sstc.unpacked(element);
        channel.arrived("suggest", arrived?.dataset.name);
        const last = articles().at(-1);
        if (!waiting && last && arrived?.dataset.name === last.dataset.awaits) {
          last.querySelector(".suggestions")?.remove();
          last.append(arrived);
        }
      });
    },
  };
})();
