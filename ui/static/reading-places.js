// Places in the documents and their addresses: what the address of the page asks for, and what is copied.
"use strict";

sstc.places = (() => {
  // What an address asks for: a document and, in it, a section or a quote. Null where it asks for none.
  function asked(search) {
    const given = new URLSearchParams(search);
    if (!given.has("document")) return null;
    const quote = given.get("quote");
    return {
      document: given.get("document"),
      section: given.get("section"),
      spans: quote === null ? null : quote.replaceAll(",", " "),
      version: given.get("version"),
    };
  }

  function query({ document, section, spans, version }) {
    const given = new URLSearchParams({ document });
    if (section) given.set("section", section);
    if (spans) given.set("quote", spans.replaceAll(" ", ","));
    if (spans && version) given.set("version", version);
    return `?${given}`.replaceAll("%2C", ",");
  }

  // The address to give to others, who are then shown the page in their own language.
  const link = (place) => new URL(`../${query(place)}`, location.href).href;

  // Keep the place in the address, so that it is still there after a reload.
  function remember(place) {
    const address = place ? query(place) : location.pathname;
    history.replaceState(history.state, "", address + location.hash);
  }

  // Where the clipboard is closed to us, as on an address without https, the older way still works.
  async function write(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "unseen";
      const focused = document.activeElement;
      document.body.append(area);
      area.select();
      const copied = document.execCommand("copy");
      area.remove();
      focused?.focus();
      return copied;
    }
  }

  async function copy(place) {
    const address = link(place);
    const copied = await write(address);
    const told = copied ? sstc.words("reading.copied") : sstc.words("reading.not_copied", { address });
    tell(told);
  }

  // Say something above the report, to those who look and to those who listen.
  function tell(text) {
    const notice = document.querySelector(".reading-notice");
    if (notice) notice.textContent = text;
  }

  return { asked, copy, remember, tell };
})();
