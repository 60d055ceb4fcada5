// The form of a community plan: rows of projects come, go and move without asking the server, and what is typed is
// kept in this browser until the server has it. After a session that ended or a lost connection it stands there again.
"use strict";

(() => {
  const form = document.getElementById("plan");
  const status = document.getElementById("plan-status");
  const rows = document.getElementById("project-rows");
  const blank = document.getElementById("project-row");
  const offer = document.getElementById("plan-kept");
  const place = form.dataset.keptAs;
  const seen = form.elements.namedItem("seen").value;
  const NOT_TEXT = new Set(["csrfmiddlewaretoken", "seen", "act"]);
  const plain = (text) => text.replaceAll("\r\n", "\n").trim();

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(place));
    } catch {
      return null; // a browser that keeps nothing, or something that is not ours
    }
  };
  const keep = (kept) => {
    try {
      if (kept === null) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify(kept));
    } catch {
      // without storage the text stands in the form alone
    }
  };
  const typed = () =>
    Object.fromEntries([...new FormData(form)].filter(([name, text]) => !NOT_TEXT.has(name) && typeof text === "string"));
  const filled = (texts) => Object.entries(texts).filter(([, text]) => plain(text) !== "");
  const same = (one, other) => {
    const there = new Map(filled(other).map(([name, text]) => [name, plain(text)]));
    const here = filled(one);
    return here.length === there.size && here.every(([name, text]) => there.get(name) === plain(text));
  };

  const renumber = () => {
    [...rows.children].forEach((row, index) => {
      const number = String(index + 1);
      for (const part of [row, ...row.querySelectorAll("[id], [name], [for]")]) {
        for (const name of ["id", "name", "for"]) {
          const value = part.getAttribute(name);
          if (value !== null) part.setAttribute(name, value.replace(/^project-\d+/, `project-${number}`));
        }
      }
      row.querySelector("[data-number]").textContent = number;
      for (const button of row.querySelectorAll("button[data-act]")) {
        button.value = `${button.dataset.act} ${number}`;
        button.querySelector(".visually-hidden").textContent = ` ${number}`;
      }
    });
  };
  const add = () => {
    rows.append(blank.content.cloneNode(true));
    renumber();
    return rows.lastElementChild;
  };

  const onArrival = typed();
  const changed = () => {
    offer.hidden = true;
    const now = typed();
    const isStored = same(now, onArrival) && !("unsaved" in form.dataset);
    keep(isStored ? null : { texts: now, seen });
    status.textContent = isStored ? "" : status.dataset.local;
  };
  const restore = (texts) => {
    const numbers = Object.keys(texts).map((name) => Number(/^project-(\d+)-/.exec(name)?.[1] ?? 0));
    while (rows.children.length < Math.max(1, ...numbers)) add();
    while (rows.children.length > Math.max(1, ...numbers)) rows.lastElementChild.remove();
    for (const [name, text] of Object.entries(texts)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = text;
    }
    changed();
  };

  const kept = read();
  if ("unsaved" in form.dataset) changed(); // what was sent and is not stored yet is newer than what is kept
  else if (kept?.texts && same(kept.texts, onArrival)) keep(null);
  else if (kept?.texts && kept.seen === seen) {
    restore(kept.texts);
    document.getElementById("plan-restored").hidden = false;
  } else offer.hidden = !kept?.texts;

  document.getElementById("plan-restore").addEventListener("click", () => restore(kept.texts));
  document.getElementById("plan-discard").addEventListener("click", () => {
    keep(null);
    offer.hidden = true;
  });
  form.addEventListener("input", changed);

  const move = { up: (row) => row.previousElementSibling?.before(row), down: (row) => row.nextElementSibling?.after(row) };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    const { act } = button.dataset;
    let next = button;
    if (act === "add") next = add().querySelector("input");
    else if (act === "remove") {
      next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      next = (next ?? add()).querySelector("input");
    } else move[act](row);
    renumber();
    next.focus();
    changed();
  });
  // A form that lies open may outlive the session in which it was made; the cookie tells the token of the new one.
  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  document.addEventListener("submit", (event) => {
    const field = event.target.elements.namedItem("csrfmiddlewaretoken");
    if (field) field.value = cookie("csrftoken") ?? field.value;
    if (event.submitter?.value === "drop") keep(null);
  });
})();
