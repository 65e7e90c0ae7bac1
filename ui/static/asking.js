// A question goes to an address of its own, from which its turn comes back. Gradio has no part in it, and so it
// also goes out where Gradio has lost its server.
"use strict";

sstc.asking = (() => {
  // In milliseconds. A page that is left breaks off what it waits for, and is gone before it can say so: the
  // question is asked anew by the page that follows.
  const LEAVING = 1000;

  function failed(name, said) {
    const detail = { name, said };
    setTimeout(() => document.dispatchEvent(new CustomEvent("sstc:failed", { cancelable: true, detail })), LEAVING);
  }

  return {
    async ask(told, arrived) {
      let html = "";
      try {
        const answer = await fetch("ask", { method: "POST", body: JSON.stringify(told) });
        // Whoever has to sign in first is led there (see access.js).
        if (answer.status === 401) return;
        if (!answer.ok) return failed(told.name, sstc.words("errors.other"));
        html = await answer.text();
      } catch {
        return failed(told.name, "");
      }
      arrived(html);
    },
  };
})();
