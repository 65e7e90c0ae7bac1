// The sections of a document: the list of contents that leads to them, and the links to each.
"use strict";

sstc.sections = (() => {
  const idOf = (element) => element.closest(".report").dataset.document;

  function show(name) {
    sstc.pane("report");
    const heading = document.getElementById(`section-${name}`);
    if (!heading) {
      sstc.places.tell(sstc.words("reading.no_section"));
      return;
    }
    sstc.places.remember({ document: idOf(heading), section: name });
    heading.scrollIntoView({ block: "start", behavior: sstc.how() });
    heading.focus({ preventScroll: true });
  }

  function copy(link) {
    const place = { document: idOf(link), section: link.dataset.section };
    sstc.places.remember(place);
    sstc.places.copy(place);
  }

  function close(but) {
    for (const contents of document.querySelectorAll(".contents[open]")) {
      if (!contents.contains(but)) contents.open = false;
    }
  }

  // Returns whether there was a list to leave.
  function leave() {
    const contents = document.querySelector(".contents[open]");
    if (!contents) return false;
    contents.open = false;
    contents.querySelector("summary").focus();
    return true;
  }

  function follow(event, link) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.matches(".permalink")) copy(link);
    else {
      close(null);
      show(link.dataset.section);
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link?.dataset.section) follow(event, link);
    close(event.target);
  });

  return { leave, show };
})();
