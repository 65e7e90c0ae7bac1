// Questions to go on with: asked for behind an answer, and put there if it is still the last one when they come.
"use strict";

sstc.suggestions = (() => {
  // Three turns are enough to know what was shown lately.
  const LATELY = 3;

  function ask() {
    const lately = sstc.conversations.current().turns.slice(-LATELY);
    while (lately.length > 1 && !sstc.requests.isSmall(lately)) lately.shift();
    const name = sstc.requests.make("suggest", { turns: lately, limits: sstc.limits.now() });
    sstc.turns.all().at(-1).dataset.awaits = name;
  }

  // What may be asked next is found in the documents that are asked.
  document.addEventListener("sstc:limited", () => {
    if (sstc.answering.isUnderWay() || !sstc.conversations.current().turns.at(-1)?.record) return;
    sstc.turns.suggest();
    ask();
  });

  return {
    ask,

    arrived(suggestions) {
      const last = sstc.turns.all().at(-1);
      const isOurs = suggestions.dataset.name === last?.dataset.awaits;
      if (isOurs && !sstc.answering.isUnderWay()) sstc.turns.suggest(suggestions);
    },
  };
})();
