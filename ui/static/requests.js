// What the chat asks the server for, each under a name that comes back with what arrives.
"use strict";

sstc.requests = (() => {
  // What a browser tells in one piece.
  const LARGEST = 40_000;
  const session = Math.random().toString(36).slice(2);
  let channel = null;
  let names = 0;

  function taken(arrived, take) {
    if (!arrived) return;
    channel.arrived(arrived.dataset.name);
    take(arrived);
  }

  return {
    canGoOut: () => channel !== null,
    isSmall: (value) => new TextEncoder().encode(JSON.stringify(value)).length <= LARGEST,

    // Questions have an address of their own (see asking.js); everything else is an event of Gradio's.
    attend(trigger, answered, lost) {
      const tell = (kind, told) => {
        if (kind !== "ask") trigger(kind, told);
        else sstc.asking.ask(told, (html) => taken(sstc.parsed(html), answered));
      };
      channel = sstc.channel(tell, lost);
    },

    // Returns the name that comes back with what is asked for.
    make(kind, data) {
      const name = `${session}-${++names}`;
      channel.tell(kind, { name, ...data });
      return name;
    },

    stop: (name, key) => channel.stop(name, key),

    // What arrives for a part of the page that is not seen is handed on, to be put in its place.
    arriving(element, watch, take) {
      watch("value", () => taken(sstc.unpacked(element), take));
    },
  };
})();
