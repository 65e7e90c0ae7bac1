// The pages of a PDF as they were printed, in a window above everything else.
"use strict";

sstc.pages = (() => {
  let channel = null;
  let shown = null;
  let names = 0;

  const dialog = () => document.querySelector("dialog.pages");
  const part = (name) => dialog()?.querySelector(`.${name}`);

  // Without a number, the pages on which the passage stands.
  function ask(place, page = null) {
    shown = { ...place, page, name: `pages-${Date.now()}-${++names}` };
    part("pages-body").setAttribute("aria-busy", "true");
    part("pages-title").textContent = sstc.words("reading.page_coming");
    for (const name of ["previous-page", "next-page"]) part(name).disabled = true;
    channel.tell("pages", shown);
  }

  function open(place) {
    part("pages-body").replaceChildren();
    dialog().showModal();
    part("pages-body").focus();
    ask(place);
  }

  function turn(step) {
    const { first, last } = part("pages-body").firstElementChild.dataset;
    ask(shown, step < 0 ? Number(first) - 1 : Number(last) + 1);
  }

  // A button that has the focus and is disabled would lose it.
  function settle({ title, first, last, count }) {
    part("pages-title").textContent = title;
    part("previous-page").disabled = !(Number(first) > 1);
    part("next-page").disabled = !(Number(last) < Number(count));
    if (!dialog().contains(document.activeElement)) part("pages-body").focus();
  }

  function fill(pages) {
    const body = part("pages-body");
    body.replaceChildren(pages);
    body.removeAttribute("aria-busy");
    settle(pages.dataset);
    const mark = body.querySelector(".page-mark");
    if (mark) mark.scrollIntoView({ block: "center" });
    else body.scrollTop = 0;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("dialog.pages button");
    const quoted = event.target.closest(".show-printed");
    if (quoted) open({ document: quoted.dataset.document, spans: quoted.dataset.printed });
    else if (button?.matches(".close-pages")) dialog().close();
    else if (button) turn(button.matches(".previous-page") ? -1 : 1);
    else if (event.target === dialog()) dialog().close();
  });

  return {
    open,

    attend(trigger) {
      channel = sstc.channel(trigger);
    },

    arriving(element, watch) {
      watch("value", () => {
        const pages = sstc.unpacked(element);
        if (!pages) return;
        channel.arrived(pages.dataset.name);
        if (pages.dataset.name === shown?.name && dialog()?.open) fill(pages);
      });
    },
  };
})();
