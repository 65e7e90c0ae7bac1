// Whoever was signed in and is not any more is led to where one signs in: loading the page anew does that. What
// was asked is kept by the browser, and is there again afterwards.
"use strict";

(() => {
  const ask = window.fetch.bind(window);

  window.fetch = async (...given) => {
    const answer = await ask(...given);
    if (answer.status === 401) location.reload();
    return answer;
  };

  // What Gradio's queue does not do for somebody has no status of its own.
  document.addEventListener("sstc:failed", async () => {
    try {
      const page = await ask(location.href, { method: "HEAD", redirect: "manual", cache: "no-store" });
      if (page.type === "opaqueredirect") location.reload();
    } catch {
      // The server is gone, which whoever waits for it is told.
    }
  });
})();
