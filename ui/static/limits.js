// The filter beside the question: which documents are asked. What is chosen belongs to the conversation, and
// goes out with each question; how many documents it leaves is asked of the server.
"use strict";

sstc.limits = (() => {
  const DRAFT = "sstc-chat:limits";
  const KINDS = ["documents", "languages", "years"];
  // In milliseconds, after what was typed last.
  const PAUSE = 200;
  let root = null;
  let panel = null;
  let channel = null;
  let name = "";
  let names = 0;
  let filling = false;
  let pause = 0;

  // What was kept may have been written by anything.
  function now() {
    const kept = sstc.conversations.current().limits;
    const texts = (kind) => [kept?.[kind]].flat().filter((value) => typeof value === "string");
    return Object.fromEntries(KINDS.map((kind) => [kind, texts(kind)]));
  }

  // Ask what a choice leaves and, to fill the panel in, what can be chosen.
  function look(fill) {
    filling ||= fill;
    name = `limit-${Date.now()}-${++names}`;
    channel.tell("limit", { name, limits: now(), find: panel.querySelector(".find").value });
  }

  function set(limits) {
    sstc.conversations.current().limits = limits;
    sessionStorage.setItem(DRAFT, JSON.stringify(limits));
    if (sstc.conversations.current().turns.length) sstc.conversations.keep();
  }

  function choose(limits, fill) {
    set(limits);
    look(fill);
    document.dispatchEvent(new CustomEvent("sstc:limited"));
  }

  // What is chosen and not offered now, because other titles are looked for, stays chosen.
  function toggle(box) {
    const others = now()[box.name].filter((one) => one !== box.value);
    choose({ ...now(), [box.name]: box.checked ? [...others, box.value] : others }, false);
  }

  function open() {
    panel.querySelector(".find").value = "";
    look(true);
    panel.showModal();
  }

  function fill(arrived) {
    const { told } = arrived.dataset;
    const opening = root.querySelector(".limits-open");
    opening.hidden = !("several" in arrived.dataset);
    opening.textContent = told;
    opening.classList.toggle("is-limited", "limited" in arrived.dataset);
    panel.querySelector("[role=status]").textContent = told;
    panel.querySelector(".clear").disabled = !Object.values(now()).some((values) => values.length);
    if (filling) panel.querySelector(".choices").replaceWith(arrived.querySelector(".choices"));
    filling = false;
    document.querySelector("#conversation .offer")?.replaceWith(arrived.querySelector(".offer"));
  }

  // Documents that were chosen may be gone.
  function amend(known) {
    const gone = KINDS.some((kind) => now()[kind].length > known[kind].length);
    if (!gone) return;
    set(known);
    sstc.notice.say(sstc.words("limits.gone"));
  }

  document.addEventListener("sstc:cleared", () => channel && look(panel.open));

  return {
    now,

    // A choice for a conversation in which nothing was asked yet.
    drafted() {
      try {
        const value = JSON.parse(sessionStorage.getItem(DRAFT));
        return value && typeof value === "object" ? value : {};
      } catch {
        return {};
      }
    },

    control(element, trigger) {
      root = element;
      panel = element.querySelector("dialog");
      channel = sstc.channel(trigger);
      element.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (event.target === panel || button?.matches(".close")) panel.close();
        else if (button?.matches(".limits-open")) open();
        else if (button?.matches(".clear")) {
          choose({}, true);
          panel.querySelector(".close").focus();
        }
      });
      element.addEventListener("change", (event) => event.target.type === "checkbox" && toggle(event.target));
      element.addEventListener("input", (event) => {
        if (!event.target.matches(".find")) return;
        clearTimeout(pause);
        pause = setTimeout(look, PAUSE, true);
      });
      look(true);
    },

    arrived(element, watch) {
      watch("value", () => {
        const arrived = sstc.unpacked(element);
        channel.arrived(arrived?.dataset.name);
        if (arrived?.dataset.name !== name) return;
        amend(JSON.parse(arrived.dataset.limits));
        fill(arrived);
      });
    },
  };
})();
