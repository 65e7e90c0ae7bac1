// Answers that were given up since the server was not there, and that come all the same.
"use strict";

sstc.overdue = (() => {
  // By the name with which each may come.
  const givenUp = new Map();

  const turns = () => sstc.conversations.current().turns;

  function putRight(failed, article) {
    turns()[sstc.turns.place(failed)].record = sstc.turns.recordOf(article);
    failed.replaceWith(article);
    sstc.conversations.keep();
    sstc.turns.settle(sstc.answering.isUnderWay());
    sstc.turns.tell(article);
    if (sstc.answering.isUnderWay()) return;
    sstc.turns.present(article);
    if (turns().at(-1).record) sstc.suggestions.ask();
  }

  return {
    // What stands there instead of the answer is `failed`.
    expect: (name, question, failed) => givenUp.set(name, { question, failed }),

    // It takes the place of what was said instead of it, or answers whoever has asked again by now.
    arrived(article) {
      const { name } = article.dataset;
      if (!givenUp.has(name)) return;
      const { question, failed } = givenUp.get(name);
      givenUp.delete(name);
      if (failed.isConnected) putRight(failed, sstc.turns.asItStands(article));
      else sstc.answering.answer(question, article);
    },
  };
})();
