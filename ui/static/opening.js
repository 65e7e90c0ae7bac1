// A whole conversation is shown again: its turns are kept as records, and come back as HTML in the page's
// language, as many at a time as the server takes.
"use strict";

sstc.opening = (() => {
  let under = null;

  function next() {
    const part = [];
    for (const turn of under.turns) {
      if (part.length && !sstc.requests.isSmall([...part, turn])) break;
      part.push(turn);
    }
    if (!part.length) {
      const { done } = under;
      under = null;
      sstc.turns.settle(false);
      return done();
    }
    under.turns = under.turns.slice(part.length);
    under.name = sstc.requests.make("open", { turns: part });
  }

  return {
    isUnderWay: () => under !== null,

    begin(conversation, done) {
      under = { turns: conversation.turns, done };
      sstc.turns.settle(true);
      next();
    },

    arrived(element) {
      if (!under || element?.dataset.name !== under.name) return;
      for (const turn of [...element.children]) {
        sstc.turns.add(turn);
        sstc.turns.tell(turn);
      }
      sstc.turns.settle(true);
      next();
    },

    forget() {
      under = null;
    },
  };
})();
