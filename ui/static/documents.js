// The view of the documents: files are sent one by one, and the table is asked for again after each change.
"use strict";

sstc.documents = (() => {
  const HEADERS = { "X-SSTC-Chat": "1" };

  // The one thing that is told while it goes on is how much of a file is sent, which `fetch` does not know.
  function send(file, tell) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("PUT", `../documents/file/${encodeURIComponent(file.name)}`);
      request.setRequestHeader("X-SSTC-Chat", "1");
      request.upload.onprogress = (event) => event.lengthComputable && tell(event.loaded / event.total);
      request.onload = () => resolve(answer(request.status, request.responseText));
      request.onerror = () => resolve({ error: sstc.words("page.unreachable") });
      request.send(file);
    });
  }

  async function ask(method, path) {
    try {
      const response = await fetch(`../documents/${path}`, { method, headers: HEADERS });
      return answer(response.status, await response.text());
    } catch {
      return { error: sstc.words("page.unreachable") };
    }
  }

  function answer(status, text) {
    if (status === 429) return { error: sstc.words("errors.often") };
    try {
      const said = JSON.parse(text);
      return status === 200 ? said : { error: said.detail };
    } catch {
      return { error: text };
    }
  }

  function line(list, name) {
    const item = document.createElement("li");
    const title = document.createElement("bdi");
    const progress = document.createElement("progress");
    const said = document.createElement("span");
    title.textContent = name;
    progress.setAttribute("aria-label", name);
    item.append(title, progress, said);
    list.append(item);
    return {
      part: (share) => {
        if (share < 1) progress.value = share;
        else progress.removeAttribute("value");
        said.textContent = share < 1 ? sstc.words("documents.sending") : sstc.words("documents.reading");
      },
      end: (text, wrong) => {
        progress.remove();
        said.textContent = text;
        said.classList.toggle("wrong", wrong);
        sstc.announce(`${name}: ${text}`);
      },
    };
  }

  function outcome(said) {
    if (said.error) return said.error;
    const changes = Object.values(said.documents);
    if (changes.includes("replaced")) return `${sstc.words("documents.replaced")}. ${effects(said)}`.trim();
    return changes.includes("added") ? sstc.words("documents.added") : sstc.words("documents.unchanged");
  }

  // What a change did to quotes in answers that were kept, whether with feedback or in a round.
  function effects(said) {
    const kept = Object.values(said.effects);
    if (!kept.length) return "";
    const count = (state) => kept.reduce((sum, states) => sum + (states[state] ?? 0), 0);
    const values = Object.fromEntries(["same", "moved", "changed", "gone"].map((state) => [state, count(state)]));
    return sstc.words("documents.effects", values);
  }

  return {
    view(element, trigger, watch) {
      let sent = [];
      let gone = "";
      let taken = "";

      async function add(files) {
        const lines = files.map((file) => line(element.querySelector(".sent"), file.name));
        for (const [place, file] of files.entries()) {
          lines[place].part(0);
          const said = await send(file, lines[place].part);
          lines[place].end(outcome(said), Boolean(said.error));
        }
        sent = [...element.querySelectorAll(".sent li")];
        trigger("select", {});
      }

      async function remove(button) {
        button.disabled = true;
        const title = button.dataset.title;
        const said = await ask("DELETE", `document/${encodeURIComponent(button.dataset.remove)}`);
        gone = said.error || `${sstc.words("documents.removed", { title })} ${effects(said)}`.trim();
        if (!said.error) taken = button.dataset.remove;
        if (said.error) button.disabled = false;
        trigger("select", {});
      }

      async function undo() {
        const said = await ask("POST", `undo/${encodeURIComponent(taken)}`);
        gone = said.error || "";
        if (said.error) taken = "";
        sstc.announce(said.error || sstc.words("documents.back"));
        trigger("select", {});
      }

      // What was told before stays when the table comes anew.
      function fill() {
        element.querySelector(".sent")?.append(...sent);
        const told = element.querySelector(".undo");
        if (!told) return;
        told.hidden = !gone;
        told.firstElementChild.textContent = gone;
        told.querySelector("button").hidden = !taken;
        if (!gone) return;
        sstc.announce(gone);
        told.querySelector("button:not([hidden])")?.focus();
      }

      function over(event, on) {
        const drop = element.querySelector(".drop");
        if (!drop) return;
        event.preventDefault();
        drop.classList.toggle("over", on);
      }

      element.addEventListener("change", (event) => {
        if (event.target.type === "file") add([...event.target.files]);
      });
      element.addEventListener("dragover", (event) => over(event, true));
      element.addEventListener("dragleave", (event) => over(event, false));
      element.addEventListener("drop", (event) => {
        over(event, false);
        if (element.querySelector(".drop")) add([...event.dataTransfer.files]);
      });
      element.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button?.dataset.remove !== undefined) remove(button);
        else if (button?.dataset.undo !== undefined) undo();
      });
      watch("value", fill);
      // What is there now, not what was there when the server began.
      trigger("select", {});
    },
  };
})();
