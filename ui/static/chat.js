// The chat: a question goes out with those before it, its turn comes back and is put in its place. What
// was said is kept by `sstc.conversations`, in this browser alone.
"use strict";

sstc.chat = (() => {
  // What a browser tells in one piece.
  const LARGEST = 40_000;
  // What was given up since the server was not there, by the name with which it may come all the same.
  const overdue = new Map();
  const session = Math.random().toString(36).slice(2);
  let channel = null;
  let waiting = null;
  let editing = null;
  let afterOpening = null;
  let names = 0;

  const recordOf = (article) => JSON.parse(article.dataset.record ?? "null");
  const turns = () => sstc.conversations.current().turns;
  const isSmall = (value) => new TextEncoder().encode(JSON.stringify(value)).length <= LARGEST;

  // Ask the server for something; returns the name that comes back with it.
  function request(kind, data) {
    const name = `${session}-${++names}`;
    channel.tell(kind, { name, ...data });
    return name;
  }

  // Returns whether what was in the box is on its way.
  function send(text) {
    if (waiting || !channel) return false;
    if (sstc.opening.isUnderWay()) afterOpening = () => ask(text);
    else ask(text, editing ?? turns().length);
    return true;
  }

  function ask(question, at = turns().length, limits = sstc.limits.now()) {
    if (waiting || sstc.opening.isUnderWay()) return;
    sstc.notice.clear();
    editing = null;
    const before = sstc.conversations.snapshot();
    sstc.turns.cut(at);
    turns().splice(at);
    const article = sstc.turns.made("pending-turn", question);
    const history = turns().filter((turn) => turn.record).map((turn) => turn.question);
    waiting = { question, article, before, at };
    sstc.pending.keep(question, at, limits);
    sstc.turns.add(article);
    sstc.turns.settle(true);
    sstc.turns.present(article);
    const quotes = sstc.writing.quotesOnly();
    waiting.name = request("ask", { question, history: history.slice(-20), limits, quotes });
  }

  function forget() {
    waiting = null;
    sstc.pending.forget();
  }

  function finish(article, record) {
    const { question, article: pending, before, at } = waiting;
    forget();
    pending.replaceWith(article);
    turns().push({ question, record });
    sstc.conversations.keep();
    sstc.turns.settle(false);
    if (before.turns.slice(at).some((turn) => turn.record)) offerBack(before);
    sstc.turns.present(article);
    sstc.turns.tell(article);
    if (record) sstc.suggestions.ask();
  }

  function arrive(arrived) {
    if (arrived.matches(".unaskable")) takeBack(arrived.textContent);
    else if (arrived.matches(".unwritten")) keepWritten(arrived.textContent);
    else if (arrived.dataset.writing) write(arrived);
    else finish(arrived, recordOf(arrived));
  }

  // It takes the place of what was said instead of it, or answers whoever has asked again by now.
  function comeLate(arrived) {
    const { article, question } = overdue.get(arrived.dataset.name);
    overdue.delete(arrived.dataset.name);
    if (article.isConnected) putRight(article, asItStands(arrived));
    else if (waiting?.question === question && !waiting.record) {
      channel.stop(waiting.name);
      arrive(arrived);
    }
  }

  function putRight(failed, article) {
    turns()[sstc.turns.place(failed)].record = recordOf(article);
    failed.replaceWith(article);
    sstc.conversations.keep();
    sstc.turns.settle(Boolean(waiting));
    sstc.turns.tell(article);
    if (waiting) return;
    sstc.turns.present(article);
    if (turns().at(-1).record) sstc.suggestions.ask();
  }

  // The quotes are there; what a language model writes on them comes sentence by sentence.
  function write(article) {
    const { writing } = article.dataset;
    waiting.article.replaceWith(article);
    if (!waiting.record) sstc.turns.present(article);
    Object.assign(waiting, { article, key: writing, record: recordOf(article) });
    sstc.turns.settle(true);
    waiting.name = request("write", { key: writing });
  }

  // What was shown last stays, and no more is waited for.
  function keepWritten(said = "") {
    finish(asItStands(waiting.article), waiting.record);
    if (said) sstc.notice.say(said);
  }

  // A turn of which nothing more will come.
  function asItStands(article) {
    const kept = article.cloneNode(true);
    if (kept.dataset.writing) kept.querySelector(".wait").remove();
    delete kept.dataset.writing;
    return kept;
  }

  function offerBack(before) {
    sstc.notice.say(sstc.words("chat.replaced"), sstc.words("chat.undo"), () => {
      sstc.conversations.restore(before);
    });
  }

  function fail(reason, said = "", name = "") {
    if (!waiting || (name && name !== waiting.name)) {
      sstc.opening.forget();
      sstc.turns.settle(Boolean(waiting));
      sstc.notice.say(said || sstc.words("page.unreachable"));
      return;
    }
    if (waiting.record) {
      keepWritten(said || sstc.words(reason));
      return;
    }
    const article = sstc.turns.made("failed-turn", waiting.question);
    article.querySelector(".said").textContent = said || sstc.words(reason);
    if (reason === "chat.unreachable") overdue.set(waiting.name, { article, question: waiting.question });
    finish(article, null);
  }

  function takeBack(notice) {
    const { question, before } = waiting;
    forget();
    if (sstc.composer.isEmpty()) sstc.composer.draft(question);
    show(before, () => {
      sstc.notice.say(notice);
      sstc.composer.focus();
    });
  }

  function show(conversation, done = () => {}) {
    stop();
    forget();
    editing = null;
    afterOpening = null;
    sstc.conversations.take(conversation);
    sstc.turns.clear();
    sstc.opening.begin(conversation, () => {
      done();
      if (afterOpening) afterOpening();
      else if (!waiting && turns().at(-1)?.record) sstc.suggestions.ask();
    });
  }

  function begin() {
    sstc.notice.clear();
    show(sstc.conversations.fresh());
    sstc.composer.focus();
  }

  function stop() {
    if (!waiting) return;
    channel.stop(waiting.name, waiting.key);
    fail("chat.stopped");
  }

  function edit(button) {
    editing = sstc.turns.place(button);
    sstc.composer.draft(turns()[editing].question);
    sstc.notice.say(sstc.words("chat.editing"), sstc.words("chat.cancel"), () => {
      editing = null;
      sstc.composer.draft("");
    });
  }

  // An answer is asked for again where it stands; what came after it stays, so it goes to the end.
  function again(button, limits = sstc.limits.now()) {
    const at = sstc.turns.place(button);
    ask(turns()[at].question, at === turns().length - 1 ? at : turns().length, limits);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#conversation button");
    if (button?.matches(".ask-this")) ask(button.textContent);
    else if (button?.matches(".edit")) edit(button);
    else if (button?.matches(".again")) again(button);
    else if (button?.matches(".ask-all")) again(button, {});
    else if (button?.matches(".stop")) stop();
  });

  function taken(arrived, take) {
    if (!arrived) return;
    channel.arrived(arrived.dataset.name);
    take(arrived);
  }

  // What arrives for a part of the page that is not seen is handed on, to be put in its place.
  function arriving(element, watch, take) {
    watch("value", () => taken(sstc.unpacked(element), take));
  }

  function answered(arrived) {
    if (arrived.dataset.name === waiting?.name) arrive(arrived);
    else if (arrived.matches(".turn") && overdue.has(arrived.dataset.name)) comeLate(arrived);
  }

  return {
    ask,
    begin,
    draft: (text) => sstc.composer.draft(text),
    isSmall,
    isWaiting: () => waiting !== null,
    request,
    send,
    show,

    conversation(element, trigger) {
      sstc.turns.stand(element);
      const tell = (kind, told) => {
        if (kind !== "ask") trigger(kind, told);
        else sstc.asking.ask(told, (html) => taken(sstc.parsed(html), answered));
      };
      channel = sstc.channel(tell, (said, name) => fail("chat.unreachable", said, name));
    },

    // Whoever was quick enough to ask before this has begun a conversation.
    ready() {
      if (waiting || turns().length) return;
      const left = sstc.pending.left();
      show(sstc.conversations.restored(), () => left && ask(left.question, left.at, left.limits));
      sstc.composer.restore();
    },

    written(element, watch) {
      arriving(element, watch, answered);
    },

    opened(element, watch) {
      arriving(element, watch, sstc.opening.arrived);
    },

    suggested(element, watch) {
      arriving(element, watch, sstc.suggestions.arrived);
    },
  };
})();
