// What can be filled in and what can be pressed on a page as it stands, each known by what it is.
() => {
  const FIELDS = "input:not([type=checkbox], [type=radio], [type=hidden]), textarea, select, [contenteditable]";
  const BUTTONS = "button, summary, input[type=checkbox], input[type=radio]";
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const seen = (one) =>
    (one.type === "file" || one.getClientRects().length) && !one.disabled && !one.readOnly &&
    (!dialog || dialog.contains(one));
  // The nearest of our own names; Gradio's are numbers.
  const place = (one) => {
    const named = one.closest("[id]");
    return named && /\d|^(html|column|row)-/.test(named.id) ? place(named.parentElement) : (named?.id ?? "");
  };
  const data = (one) =>
    ["action", "step", "suffix", "pane", "verdict", "undo"].map((name) => one.dataset[name] ?? "").join(",");
  const known = (one) =>
    [one.localName, one.type ?? "", one.name ?? "", one.className, data(one), place(one)].join("|");
  let number = 0;
  const told = (one) => {
    one.dataset.walked = String(++number);
    const attributes = Object.fromEntries([...one.attributes].map(({ name, value }) => [name, value]));
    return { known: known(one), number, type: one.type ?? "", tag: one.localName, attributes };
  };
  for (const one of document.querySelectorAll("[data-walked]")) delete one.dataset.walked;
  return {
    fields: [...document.querySelectorAll(FIELDS)].filter(seen).map(told),
    buttons: [...document.querySelectorAll(BUTTONS)].filter(seen).map(told),
    inDialog: Boolean(dialog),
  };
}
