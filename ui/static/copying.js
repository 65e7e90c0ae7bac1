// What is copied at a press.
"use strict";

(() => {
  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      sstc.announce(sstc.words("chat.copied"));
      button.classList.add("is-copied");
      setTimeout(() => button.classList.remove("is-copied"), 2000);
    } catch {
      sstc.notice.say(sstc.words("chat.not_copied"));
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (button) copy(button);
  });
})();
