// What is told to the server. While something is waited for, the server is asked every few seconds whether it
// is there at all; where it is not, twice in a row, whoever waits is told. Gradio sends nothing more once it has
// lost its server: it loads the page anew when the server is back.
"use strict";

sstc.channel = (trigger, lost = (said) => sstc.notice.say(said || sstc.words("page.unreachable"))) => {
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

  function giveUp(said = "") {
    if (!awaited.size) return;
    awaited.clear();
    lost(said);
  }

  // One thing that was refused is told to whoever waits for that; what else they wait for may still come.
  function refused(name, said) {
    awaited.delete(name);
    lost(said, name);
  }

  document.addEventListener("sstc:failed", (event) => {
    const { name, said } = event.detail;
    if (name ? awaited.has(name) : awaited.size) event.preventDefault();
    if (!name) giveUp(said);
    else if (awaited.has(name)) refused(name, said);
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

(() => {
  // These are said in the reader's language already (see blocks.py).
  const OURS = ["errors.often", "errors.many", "errors.other"].map((key) => sstc.words(key));
  const ask = window.fetch.bind(window);

  function fail(said = "", name = "") {
    const failed = new CustomEvent("sstc:failed", { cancelable: true, detail: { said, name } });
    if (document.dispatchEvent(failed)) sstc.notice.say(said || sstc.words("page.unreachable"));
  }

  // Gradio tells nobody of an event that was not done at one stroke.
  window.fetch = async (...given) => {
    const answer = await ask(...given);
    if (![429, 500].includes(answer.status) || !answer.url.endsWith("/run/predict")) return answer;
    const { error } = await answer.clone().json();
    const said = OURS.includes(error) ? error : sstc.words("errors.other");
    fail(said, JSON.parse(given[1].body).event_data?.name);
    return answer;
  };

  // Of all other requests that failed it tells in a message of its own, in English, and in no event. It is not
  // shown: whoever waits says it in the reader's language, or else the page does.
  new MutationObserver(() => {
    const messages = [...document.querySelectorAll(".toast-body.error:not([data-told])")];
    for (const message of messages) message.dataset.told = "";
    if (!messages.length) return;
    const texts = [...document.querySelectorAll("[data-testid=toast-text]")].map((one) => one.textContent.trim());
    fail(texts.find((text) => OURS.includes(text)));
  }).observe(document.body ?? document.documentElement, { childList: true, subtree: true });
})();
