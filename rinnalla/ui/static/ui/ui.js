// What pages do beyond plain links and forms; every page works without this file.
(() => {
  "use strict";
  const text = (name) => document.body.dataset[name] || "";
  const typing = (node) => node.closest("input, textarea, select, [contenteditable]");

  // Drafts: saved 3 s after a change and on leaving; a failure keeps the text and tries again.
  const autosave = (form) => {
    let timer = 0, dirty = false, sent = false, stopped = false, saving = null, left = false;
    const status = form.querySelector("[data-autosave-status]") || form.appendChild(document.createElement("p"));
    status.classList.add("autosave");
    status.setAttribute("role", "status");
    const body = () => {
      const data = new FormData(form);
      for (const [key, value] of [...data]) if (value instanceof File) data.delete(key);
      return data;
    };
    const later = (seconds) => { clearTimeout(timer); timer = setTimeout(save, seconds * 1000); };
    const failed = () => {
      dirty = true;
      status.classList.add("is-late");
      status.textContent = text("textUnsaved");
      later(10);
      if (form.dataset.draft) renew();
    };
    // Whoever has signed in again in another window sends with a token of that session.
    const renew = async () => {
      try {
        const answer = await fetch(form.dataset.autosaveUrl);
        if (!answer.ok || answer.redirected) return null;
        const reply = await answer.json();
        form.elements.namedItem("csrfmiddlewaretoken").value = reply.token;
        return reply;
      } catch { return null; }
    };
    const say = (sentence, late) => {
      status.classList.toggle("is-late", late);
      status.textContent = sentence;
    };
    // What the answer names goes into the hidden fields and the lists of that name: the next save
    // carries the version that this one made.
    const take = (reply) => {
      for (const [name, value] of Object.entries(reply)) {
        const field = form.elements.namedItem(name);
        if (field && field.type === "hidden") field.value = value;
        const list = document.querySelector(`[data-autosave-list="${name}"]`);
        if (list && Array.isArray(value)) {
          list.replaceChildren(...(value.length ? value : [list.dataset.textEmpty]).map((words) => {
            const item = document.createElement("li");
            item.textContent = words;
            return item;
          }));
        }
      }
    };
    async function send() {
      try {
        const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: body() });
        const isData = (answer.headers.get("Content-Type") || "").includes("json");
        const reply = isData ? await answer.json() : {};
        if (answer.status === 409 && reply.sentence) {
          stopped = true;
          return say(reply.sentence, true);
        }
        if (!answer.ok || answer.redirected) return failed();
        take(reply);
        const now = new Date();
        say(`${text("textSaved")} ${now.getHours()}.${String(now.getMinutes()).padStart(2, "0")}`, false);
      } catch { failed(); }
    }
    async function save() {
      if (!dirty || sent || stopped) return;
      if (saving) return later(1);
      dirty = false;
      saving = send();
      await saving;
      saving = null;
    }
    const touched = new Set();
    for (const kind of ["input", "change"]) form.addEventListener(kind, (event) => {
      dirty = true;
      touched.add(event.target.name);
      later(3);
    });
    const isLate = () => status.classList.contains("is-late") && !stopped;
    // A save under way is waited for, so that the form carries the version that it makes; what could
    // not be saved is not sent into nothing, but stays and says so.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (form.dataset.draft && isLate()) {
        event.preventDefault();
        const by = event.submitter;
        // Whoever is answered is signed in: the form itself goes then, whether or not its draft did.
        (saving || Promise.resolve()).then(renew).then((reply) => {
          say(reply ? "" : text("textUnsent"), !reply);
          if (reply) return form.requestSubmit(by);
          status.scrollIntoView({ block: "nearest" });
        });
        return;
      }
      sent = true;
      if (!saving) return;
      event.preventDefault();
      const by = event.submitter;
      saving.then(() => { saving = null; form.requestSubmit(by); });
    });
    // A page brought back from memory has an old version when it was saved on leaving.
    addEventListener("pageshow", () => { if (left) location.reload(); else sent = false; });
    addEventListener("pagehide", () => {
      if (!dirty || sent || stopped) return;
      if (navigator.sendBeacon(form.dataset.autosaveUrl, body())) { dirty = false; left = true; }
    });
    addEventListener("beforeunload", (event) => {
      if (dirty && !sent && status.classList.contains("is-late")) event.preventDefault();
    });
    if (form.dataset.draft && !("bound" in form.dataset)) giveBack(form, status, renew, touched);
  };

  // What was kept comes after what somebody has begun to write meanwhile.
  const follow = (field, words) => {
    if (!(field instanceof HTMLTextAreaElement) || !words || field.value.includes(words)) return;
    const at = field.selectionStart;
    field.value += `\n\n${words}`;
    field.setSelectionRange(at, at);
  };
  // What was written here before and not sent, and the way to begin anew.
  const giveBack = async (form, status, ask, touched) => {
    const reply = await ask();
    if (!reply || !reply.content) return;
    const kept = new URLSearchParams(reply.content);
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "file") continue;
      if (touched.has(field.name)) {
        follow(field, kept.get(field.name));
        continue;
      }
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = kept.getAll(field.name).includes(field.value);
      } else if (kept.has(field.name)) {
        field.value = kept.get(field.name);
      }
    }
    status.textContent = `${text("textDraft")} ${reply.saved}. `;
    const anew = status.appendChild(document.createElement("button"));
    anew.type = "button";
    anew.className = "link";
    anew.textContent = text("textThrowAway");
    anew.addEventListener("click", async () => {
      const body = new FormData();
      body.set("csrfmiddlewaretoken", reply.token);
      const gone = await fetch(`${form.dataset.autosaveUrl}&throw-away`, { method: "POST", body });
      if (gone.ok) location.reload();
    });
  };
  const start = (root) => root.querySelectorAll("form[data-autosave]:not([data-autosave=on])").forEach((form) => {
    form.dataset.autosave = "on";
    if (form.dataset.draft) {
      form.dataset.autosaveUrl = `${form.dataset.draft}?page=${encodeURIComponent(location.pathname)}`;
    }
    autosave(form);
  });

  // Ctrl+K always, and / outside fields, go to the search; Esc closes an open menu.
  addEventListener("keydown", (event) => {
    const search = document.getElementById("frame-search");
    const command = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey
      && document.body.dataset.keys !== "off" && !typing(event.target);
    if (search && (command || slash)) {
      event.preventDefault();
      search.focus();
      search.select();
    }
    const menu = event.key === "Escape" && document.querySelector(".frame-person[open], details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  addEventListener("click", (event) => {
    document.querySelectorAll(".frame-person[open], details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // A form that answers with the same page leaves the reader where they were; after every act the
  // focus is at its button again, or else at the sentence that says what happened.
  const place = "scroll:" + location.pathname;
  const act = (form, button) => [form.getAttribute("action"), button && button.textContent.trim()].join(" ");
  addEventListener("submit", (event) => {
    const done = [scrollY, Date.now(), act(event.target, event.submitter)];
    try { sessionStorage.setItem(place, JSON.stringify(done)); } catch { /* storage is off */ }
  });
  const same = (wanted) => [...document.querySelectorAll("main form")].flatMap((form) =>
    [...form.querySelectorAll("button")].filter((button) => act(form, button) === wanted))[0];
  const at = (node) => node && node.focus({ preventScroll: true });
  addEventListener("DOMContentLoaded", () => {
    start(document);
    document.addEventListener("htmx:load", (event) => start(event.target.parentNode || document));
    const said = document.querySelector(".messages");
    try {
      const [top, time, done] = JSON.parse(sessionStorage.getItem(place) || "[0, 0, 0]");
      sessionStorage.removeItem(place);
      const summary = document.querySelector(".ds-error-summary");
      const here = Date.now() - time < 15000;
      if (summary) return summary.focus();
      if (here && !location.hash) scrollTo(0, top);
      const settle = () => {
        at(here && same(done));
        if (document.activeElement === document.body) at(said);
      };
      // Going to the address's part of the page takes the focus away again.
      if (location.hash) addEventListener("load", () => setTimeout(settle)); else settle();
    } catch { at(said); }
  });
})();
