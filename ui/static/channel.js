// Requests go out one at a time, and again where nothing comes back: Gradio's client may lose what is asked
// for while it closes the stream of an earlier answer. The server keeps nothing, so asking twice is safe.
"use strict";

sstc.channel = (trigger) => {
  // In milliseconds; the next time twice as long, for the server may only be busy.
  const PATIENCE = 8000;
  let queue = [];
  let sent = null;

  function deliver(request, patience) {
    sent = request;
    trigger(request.kind, request.data);
    request.timer = setTimeout(() => deliver(request, 2 * patience), patience);
  }

  function pump() {
    if (!sent && queue.length) deliver(queue.shift(), PATIENCE);
  }

  function forget() {
    clearTimeout(sent?.timer);
    sent = null;
    pump();
  }

  return {
    forget,

    // What was to be suggested is out of date once something else is asked for.
    tell(kind, data) {
      queue = queue.filter((request) => request.kind !== "suggest");
      queue.push({ kind, data });
      pump();
    },

    arrived(kind, name) {
      if (sent?.kind === kind && sent.data.name === name) forget();
    },
  };
};
