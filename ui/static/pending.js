// The question that is being answered. Whoever loads the page anew meanwhile is answered then.
"use strict";

sstc.pending = (() => {
  const KEY = "sstc-chat:pending";

  return {
    keep: (question, at, limits) => sessionStorage.setItem(KEY, JSON.stringify({ question, at, limits })),
    forget: () => sessionStorage.removeItem(KEY),

    // What is read back may have been written by anything.
    left() {
      try {
        const { question, at, limits } = JSON.parse(sessionStorage.getItem(KEY)) ?? {};
        return typeof question === "string" && Number.isInteger(at) ? { question, at, limits } : null;
      } catch {
        return null;
      }
    },
  };
})();
