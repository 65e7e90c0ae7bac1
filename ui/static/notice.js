// One line above the box, or above what a view without a box shows: what could not be done, or what was done
// and can be undone.
"use strict";

sstc.notice = (() => {
  const place = () => document.querySelector("#notice") ?? made();

  function made() {
    const place = document.createElement("div");
    place.id = "notice";
    document.querySelector("#room").before(place);
    return place;
  }

  function clear() {
    document.querySelector("#notice .notice")?.remove();
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
