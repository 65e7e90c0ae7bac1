// Taking a conversation along, and saying what an answer was worth: the only two ways in which something
// of a conversation leaves this browser after it was answered.
"use strict";

sstc.sharing = (() => {
  // Somewhat less than the server takes in one piece (LARGEST_BODY in ui/page/protection.py).
  const LARGEST = 1_000_000;
  const waiting = new Map();
  let root = null;
  let channel = null;
  let names = 0;

  const turns = () => sstc.conversations.current().turns;
  const articles = () => [...document.querySelectorAll("#conversation .turns > .turn")];
  const turnOf = (element) => turns()[articles().indexOf(element.closest(".turn"))];
  const sizeOf = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

  // Ask the server for something; `then` gets what it answers, or null where it fails.
  function request(kind, told, then) {
    const name = `${kind}-${Date.now()}-${++names}`;
    waiting.set(name, then);
    channel.tell(kind, { ...told, name });
  }

  // What feedback is known by, here and on the server: it may arrive twice and is kept once.
  function token() {
    return [...crypto.getRandomValues(new Uint8Array(24))].map((one) => one.toString(16).padStart(2, "0")).join("");
  }

  // Export.

  function exportTo(suffix) {
    root.querySelector(".export").open = false;
    root.querySelector(".export summary").focus();
    const records = turns().map((turn) => turn.record).filter(Boolean);
    if (suffix === ".json") {
      const day = new Date().toISOString().slice(0, 10);
      save(`sstc-chat-${day}.json`, new Blob([JSON.stringify(records, null, 2)], { type: "application/json" }));
    } else if (sizeOf(records) > LARGEST) {
      sstc.notice.say(sstc.words("sharing.too_long"));
    } else {
      request("export", { suffix, records }, (arrived) => {
        if (!arrived) {
          sstc.notice.say(sstc.words("sharing.not_exported"));
          return;
        }
        const bytes = Uint8Array.from(atob(arrived.dataset.content), (one) => one.charCodeAt(0));
        save(arrived.dataset.file, new Blob([bytes], { type: arrived.dataset.media }));
      });
    }
  }

  function save(name, blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    sstc.announce(sstc.words("sharing.exported", { name }));
  }

  // Feedback.

  function attach(article) {
    if (article.querySelector(".feedback") || !turnOf(article)?.record) return;
    const control = root.querySelector("template.feedback-control").content.firstElementChild.cloneNode(true);
    article.append(control);
    settle(control, turnOf(article).feedback);
  }

  function settle(control, sent) {
    for (const thumb of control.querySelectorAll(".thumb")) {
      thumb.hidden = Boolean(sent);
      thumb.setAttribute("aria-expanded", "false");
    }
    control.querySelector(".feedback-question").hidden = Boolean(sent);
    control.querySelector("form").hidden = true;
    control.querySelector(".feedback-sent").hidden = !sent;
  }

  function open(thumb) {
    const control = thumb.closest(".feedback");
    const good = thumb.matches(".good");
    settle(control, null);
    thumb.setAttribute("aria-expanded", "true");
    control.dataset.good = String(good);
    control.querySelector(".reasons").hidden = good;
    control.querySelector("form").hidden = false;
    control.querySelector(good ? "textarea" : "input").focus();
  }

  function close(control) {
    const thumb = control.querySelector(".thumb[aria-expanded='true']");
    settle(control, null);
    thumb?.focus();
  }

  function submit(form) {
    const control = form.closest(".feedback");
    const turn = turnOf(control);
    const before = turns().slice(0, turns().indexOf(turn));
    const history = before.filter((one) => one.record).map((one) => one.question);
    const { reason = null, comment = "" } = Object.fromEntries(new FormData(form));
    const good = control.dataset.good === "true";
    const told = { good, reason, comment, history, record: turn.record };
    told.token = control.dataset.token ||= token();
    form.querySelector(".send").disabled = true;
    request("send", told, (arrived) => {
      form.querySelector(".send").disabled = false;
      if (!arrived) {
        sstc.notice.say(sstc.words("sharing.not_sent"));
        return;
      }
      turn.feedback = { token: arrived.dataset.token, good };
      delete control.dataset.token;
      sstc.conversations.keep();
      form.reset();
      settle(control, turn.feedback);
      control.querySelector(".take-back").focus();
      sstc.announce(sstc.words("sharing.thanks"));
    });
  }

  function takeBack(button) {
    const control = button.closest(".feedback");
    const turn = turnOf(control);
    request("take_back", { token: turn.feedback.token }, (arrived) => {
      if (!arrived) {
        sstc.notice.say(sstc.words("sharing.not_taken_back"));
        return;
      }
      delete turn.feedback;
      sstc.conversations.keep();
      settle(control, null);
      control.querySelector(".thumb").focus();
      sstc.announce(sstc.words("sharing.taken_back"));
    });
  }

  document.addEventListener("sstc:turn", (event) => attach(event.detail));

  document.addEventListener("click", (event) => {
    const menu = root?.querySelector(".export[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
    const button = event.target.closest("#sharing button, .feedback button");
    if (button?.matches("[data-suffix]")) exportTo(button.dataset.suffix);
    else if (button?.matches(".thumb")) open(button);
    else if (button?.matches(".cancel")) close(button.closest(".feedback"));
    else if (button?.matches(".take-back")) takeBack(button);
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".feedback form")) return;
    event.preventDefault();
    submit(event.target);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest(".export[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.target.closest(".feedback form")) close(event.target.closest(".feedback"));
  });

  function done(name, arrived) {
    const then = waiting.get(name);
    if (!then) return;
    waiting.delete(name);
    channel.arrived(name);
    then(arrived);
  }

  // The server cannot be reached, or failed: nothing that waits will be answered, or the one that has a name.
  function failed(said, name) {
    for (const one of name ? [name] : [...waiting.keys()]) done(one, null);
    if (said) sstc.notice.say(said);
  }

  return {
    part(element, trigger) {
      root = element;
      channel = sstc.channel(trigger, failed);
    },

    arrived(element, watch) {
      watch("value", () => {
        const arrived = element.querySelector("[data-name]");
        if (arrived) done(arrived.dataset.name, "failed" in arrived.dataset ? null : arrived);
      });
    },
  };
})();
