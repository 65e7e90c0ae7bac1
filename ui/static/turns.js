// The turns of a conversation as they stand on the page.
"use strict";

sstc.turns = (() => {
  let root = null;

  const all = () => [...root.querySelectorAll(".turns > .turn")];
  const add = (article) => root.querySelector(".turns").append(article);

  // A turn of ours, waiting or failed, with the question in it.
  function made(kind, question) {
    const article = root.querySelector(`template.${kind}`).content.firstElementChild.cloneNode(true);
    article.querySelector(".question").textContent = question;
    return article;
  }

  // A turn of which nothing more will come.
  function asItStands(article) {
    const kept = article.cloneNode(true);
    if (kept.dataset.writing) kept.querySelector(".wait").remove();
    delete kept.dataset.writing;
    return kept;
  }

  function settle(busy) {
    const articles = all();
    articles.forEach((article, number) => { article.id = `turn-${number + 1}`; });
    root.querySelector(".welcome").hidden = articles.length > 0;
    document.body.classList.toggle("is-busy", busy);
    document.body.classList.toggle("has-turns", articles.length > 0);
    for (const old of root.querySelectorAll(".turn:not(:last-child) .suggestions")) old.remove();
  }

  // Bring a turn that is new into view, and say what is in it.
  function present(article) {
    article.scrollIntoView({ block: "start", behavior: sstc.how() });
    sstc.announce(article.querySelector(".waiting, .said")?.textContent ?? "");
    keepFocus(article);
  }

  // A button that asks may be gone once it is pressed. The focus goes on to the question that it asked.
  function keepFocus(article) {
    if (document.activeElement === document.body || !document.activeElement.isConnected) {
      article.querySelector(".asked").focus({ preventScroll: true });
    }
  }

  return {
    add,
    all,
    asItStands,
    made,
    present,
    settle,
    place: (element) => all().indexOf(element.closest(".turn")),
    recordOf: (article) => JSON.parse(article.dataset.record ?? "null"),

    stand(element) {
      root = element;
    },

    cut(from) {
      for (const article of all().slice(from)) article.remove();
    },

    clear() {
      root.querySelector(".turns").replaceChildren();
      settle(false);
      document.dispatchEvent(new CustomEvent("sstc:cleared"));
      root.closest("#conversation").scrollTop = 0;
    },

    suggest(...suggestions) {
      const last = all().at(-1);
      last.querySelector(".suggestions")?.remove();
      last.append(...suggestions);
    },

    tell: (article) => document.dispatchEvent(new CustomEvent("sstc:turn", { detail: article })),
  };
})();
