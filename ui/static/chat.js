// The chat: a conversation is opened or begun, and questions in it are asked, changed and asked again. What
// was said is kept by `sstc.conversations`, in this browser alone.
"use strict";

sstc.chat = (() => {
  let editing = null;
  let afterOpening = null;

  const turns = () => sstc.conversations.current().turns;

  // Returns whether what was in the box is on its way.
  function send(text) {
    if (sstc.answering.isUnderWay() || !sstc.requests.canGoOut()) return false;
    if (sstc.opening.isUnderWay()) afterOpening = () => ask(text);
    else ask(text, editing ?? turns().length);
    return true;
  }

  function ask(question, at = turns().length, limits = sstc.limits.now()) {
    if (sstc.answering.isUnderWay() || sstc.opening.isUnderWay()) return;
    sstc.notice.clear();
    editing = null;
    sstc.answering.begin(question, at, limits);
  }

  function show(conversation, done = () => {}) {
    sstc.answering.stop();
    sstc.pending.forget();
    editing = null;
    afterOpening = null;
    sstc.conversations.take(conversation);
    sstc.turns.clear();
    sstc.opening.begin(conversation, () => {
      done();
      if (afterOpening) afterOpening();
      else if (!sstc.answering.isUnderWay() && turns().at(-1)?.record) sstc.suggestions.ask();
    });
  }

  function begin() {
    sstc.notice.clear();
    show(sstc.conversations.fresh());
    sstc.composer.focus();
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
    else if (button?.matches(".stop")) sstc.answering.stop();
  });

  return {
    ask,
    begin,
    draft: (text) => sstc.composer.draft(text),
    send,
    show,

    conversation(element, trigger) {
      sstc.turns.stand(element);
      sstc.requests.attend(trigger, sstc.answering.arrived, sstc.answering.lost);
    },

    // Whoever was quick enough to ask before this has begun a conversation.
    ready() {
      if (sstc.answering.isUnderWay() || turns().length) return;
      const left = sstc.pending.left();
      show(sstc.conversations.restored(), () => left && ask(left.question, left.at, left.limits));
      sstc.composer.restore();
    },

    written(element, watch) {
      sstc.requests.arriving(element, watch, sstc.answering.arrived);
    },

    opened(element, watch) {
      sstc.requests.arriving(element, watch, sstc.opening.arrived);
    },

    suggested(element, watch) {
      sstc.requests.arriving(element, watch, sstc.suggestions.arrived);
    },
  };
})();
