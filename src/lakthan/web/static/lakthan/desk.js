// The form of a definition: shows its fields, its sentence and its preview anew as one types, and keeps what is typed
// in this browser until it is saved. Without it the buttons of the form do the same.
"use strict";

(() => {
  const saved = document.querySelector("[data-saved]");
  const store = {
    read(place) {
      try {
        return JSON.parse(localStorage.getItem(place));
      } catch {
        return null; // a browser that keeps nothing, or something that is not ours
      }
    },
    keep(place, entries) {
      try {
        if (entries === null) localStorage.removeItem(place);
        else localStorage.setItem(place, JSON.stringify(entries));
      } catch {
        // without storage the page works as it does without this script
      }
    },
  };
  if (saved) store.keep(saved.dataset.saved, null);

  const form = document.getElementById("definition");
  if (!form) return;
  const place = form.dataset.keptAs;
  const offer = document.getElementById("definition-kept");
  const unsent = ["csrfmiddlewaretoken", "do", "seen"];
  const entries = () =>
    [...new FormData(form)].filter(([name]) => !unsent.includes(name)).map(([name, value]) => [name, value.trim()]);
  const text = (list) => JSON.stringify(list.filter(([, value]) => value !== ""));
  const onArrival = text(entries());

  const kept = store.read(place);
  if (kept !== null && text(kept) === onArrival) store.keep(place, null);
  else offer.hidden = kept === null;
  offer.addEventListener("click", (event) => {
    const what = event.target.dataset.kept;
    if (what === "discard") store.keep(place, null);
    if (what === "restore") sendAgain(kept);
    if (what) offer.hidden = true;
  });

  // What was kept goes to the server as if it had just been typed: it knows which fields the formula has.
  const sendAgain = (list) => {
    const again = document.createElement("form");
    again.method = "post";
    const all = [...list, ["do", "update"]];
    for (const name of ["csrfmiddlewaretoken", "seen"]) {
      const field = form.elements.namedItem(name);
      if (field) all.push([name, field.value]);
    }
    for (const [name, value] of all) {
      const input = document.createElement("textarea");
      input.name = name;
      input.value = value;
      input.hidden = true;
      again.append(input);
    }
    document.body.append(again);
    again.submit();
  };

  let waiting = 0;
  let asked = 0;
  const later = (delay) => {
    clearTimeout(waiting);
    waiting = setTimeout(update, delay);
  };
  const update = async () => {
    const number = ++asked;
    const before = text(entries());
    const body = new FormData(form);
    body.set("do", "update");
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body });
    } catch {
      return; // no connection: the form stays as it is, and the next change asks again
    }
    if (!answer.ok || answer.redirected || number !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (number !== asked) return;
    if (text(entries()) !== before) return later(300); // somebody typed on meanwhile
    for (const id of ["formula-fields", "formula-said"]) {
      const fresh = page.getElementById(id);
      if (fresh) show(document.getElementById(id), fresh);
    }
  };
  const show = (here, fresh) => {
    const focused = here.contains(document.activeElement) ? document.activeElement : null;
    const caret = focused?.selectionStart;
    const open = [...here.querySelectorAll("details")].map((details) => details.open);
    here.replaceChildren(...fresh.childNodes);
    here.querySelectorAll("details").forEach((details, number) => {
      details.open = open[number] ?? false;
    });
    const again = focused?.id && document.getElementById(focused.id);
    if (!again) return;
    again.focus();
    if (typeof caret === "number") again.setSelectionRange(caret, caret);
  };

  document.body.classList.add("with-script");
  form.addEventListener("input", (event) => {
    offer.hidden = true;
    const now = entries();
    store.keep(place, text(now) === onArrival ? null : now);
    if (event.target.closest("[data-live]")) later(event.target.matches("select, [type=checkbox]") ? 0 : 500);
  });
})();
