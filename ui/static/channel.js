// What is told to the server. While something is waited for, the server is asked every few seconds whether it
// is there at all; where it is not, twice in a row, whoever waits is told. Gradio sends nothing more once it has
// lost its server: it loads the page anew when the server is back.
"use strict";

sstc.channel = (trigger, lost = () => sstc.notice.say(sstc.words("page.unreachable"))) => {
  // In milliseconds: between two looks, behind one that has failed, and until one has.
  const BETWEEN = 4000;
  const SOON = 1000;
  const PATIENCE = 5000;
  // A server that is busy for a while may miss one.
  const MOST_MISSED = 2;
  const awaited = new Set();
  let watching = false;

  async function isThere() {
    try {
      return (await fetch("gradio_api/app_id", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })).ok;
    } catch {
      return false;
    }
  }

  async function watch() {
    if (watching) return;
    watching = true;
    let missed = 0;
    while (awaited.size) {
      missed = (await isThere()) ? 0 : missed + 1;
      if (missed === MOST_MISSED) giveUp();
      await new Promise((resolve) => { setTimeout(resolve, missed ? SOON : BETWEEN); });
    }
    watching = false;
  }

  function giveUp() {
    if (!awaited.size) return;
    awaited.clear();
    lost();
  }

  document.addEventListener("sstc:failed", (event) => {
    if (awaited.size) event.preventDefault();
    giveUp();
  });

  return {
    arrived: (name) => awaited.delete(name),

    // Nobody waits for it any more, so it need not be worked on.
    stop(name, key) {
      awaited.delete(name);
      trigger("stop", { name, key });
    },

    tell(kind, data) {
      awaited.add(data.name);
      trigger(kind, data);
      watch();
    },
  };
};

// Gradio tells of a request that failed in a message of its own, in English, and in no event. It is not shown:
// whoever waits says it in the reader's language, or else the page does.
new MutationObserver(() => {
  const messages = document.querySelectorAll(".toast-body.error:not([data-told])");
  for (const message of messages) message.dataset.told = "";
  if (!messages.length) return;
  const failed = new CustomEvent("sstc:failed", { cancelable: true });
  if (document.dispatchEvent(failed)) sstc.notice.say(sstc.words("page.unreachable"));
}).observe(document.body ?? document.documentElement, { childList: true, subtree: true });
