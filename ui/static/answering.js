// The question that waits: its answer comes whole or sentence by sentence, or it is stopped, fails, or is taken
// back. Where the page is loaded anew meanwhile, `sstc.pending` knows it.
"use strict";

sstc.answering = (() => {
  let waiting = null;

  const turns = () => sstc.conversations.current().turns;
  const isUnderWay = () => waiting !== null;

  // It goes out with those before it, and what was said from its place on gives way.
  function begin(question, at, limits) {
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
    waiting.name = sstc.requests.make("ask", { question, history: history.slice(-20), limits, quotes });
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

  function take(arrived) {
    if (arrived.matches(".unaskable")) takeBack(arrived.textContent);
    else if (arrived.matches(".unwritten")) keepWritten(arrived.textContent);
    else if (arrived.dataset.writing) write(arrived);
    else finish(arrived, sstc.turns.recordOf(arrived));
  }

  // The quotes are there; what a language model writes on them comes sentence by sentence.
  function write(article) {
    const { writing } = article.dataset;
    waiting.article.replaceWith(article);
    if (!waiting.record) sstc.turns.present(article);
    Object.assign(waiting, { article, key: writing, record: sstc.turns.recordOf(article) });
    sstc.turns.settle(true);
    waiting.name = sstc.requests.make("write", { key: writing });
  }

  // What was shown last stays, and no more is waited for.
  function keepWritten(said = "") {
    finish(sstc.turns.asItStands(waiting.article), waiting.record);
    if (said) sstc.notice.say(said);
  }

  function offerBack(before) {
    sstc.notice.say(sstc.words("chat.replaced"), sstc.words("chat.undo"), () => {
      sstc.conversations.restore(before);
    });
  }

  function fail(reason, said = "") {
    if (waiting.record) {
      keepWritten(said || sstc.words(reason));
      return;
    }
    const article = sstc.turns.made("failed-turn", waiting.question);
    article.querySelector(".said").textContent = said || sstc.words(reason);
    if (reason === "chat.unreachable") sstc.overdue.expect(waiting.name, waiting.question, article);
    finish(article, null);
  }

  // What was lost may be something else that the chat has asked for.
  function lost(said, name) {
    if (waiting && (!name || name === waiting.name)) {
      fail("chat.unreachable", said);
      return;
    }
    sstc.opening.forget();
    sstc.turns.settle(isUnderWay());
    sstc.notice.say(said || sstc.words("page.unreachable"));
  }

  function takeBack(notice) {
    const { question, before } = waiting;
    forget();
    if (sstc.composer.isEmpty()) sstc.composer.draft(question);
    sstc.chat.show(before, () => {
      sstc.notice.say(notice);
      sstc.composer.focus();
    });
  }

  return {
    begin,
    isUnderWay,
    lost,

    arrived(arrived) {
      if (arrived.dataset.name === waiting?.name) take(arrived);
      else if (arrived.matches(".turn")) sstc.overdue.arrived(arrived);
    },

    // Who has asked the same again has no need of another answer.
    answer(question, arrived) {
      if (waiting?.question !== question || waiting.record) return;
      sstc.requests.stop(waiting.name);
      take(arrived);
    },

    stop() {
      if (!waiting) return;
      sstc.requests.stop(waiting.name, waiting.key);
      fail("chat.stopped");
    },
  };
})();
