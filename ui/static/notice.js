// One line above the box: what could not be done, or what was done and can be undone.
"use strict";

sstc.notice = (() => {
  const place = () => document.querySelector("#notice");

  function clear() {
    place()?.querySelector(".notice")?.remove();
  }

  function say(text, label = "", act = null) {
    clear();
    const notice = document.createElement("div");
    notice.className = "notice";
    const words = document.createElement("p");
    words.textContent = text;
    words.dir = "auto";
    notice.append(words);
    if (act) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => {
        clear();
        act();
      });
      notice.append(button);
    }
    place().append(notice);
    sstc.announce(text);
  }

  return { clear, say };
})();
