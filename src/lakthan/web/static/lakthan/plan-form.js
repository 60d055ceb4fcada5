// The form of a community plan: rows of projects come, go and move without asking the server. What is typed is sent to
// the server every few seconds, where it is kept for all who write the plan, and stays in this browser until then.
"use strict";

(() => {
  const PAUSE = 1500; // milliseconds without a key before the text is sent
  const RETRY = 8000; // before a send that failed is tried again
  const form = document.getElementById("plan");
  const status = document.getElementById("plan-status");
  const rows = document.getElementById("project-rows");
  const blank = document.getElementById("project-row");
  const offer = document.getElementById("plan-kept");
  const place = form.dataset.keptAs;
  const seen = form.elements.namedItem("seen");
  const NOT_TEXT = new Set(["csrfmiddlewaretoken", "seen", "page", "act"]);
  const ROW = /^project-(\d+)-(\w+)$/;
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
      // without storage the server alone keeps the text
    }
  };
  const typed = () =>
    Object.fromEntries([...new FormData(form)].filter(([name, text]) => !NOT_TEXT.has(name) && typeof text === "string"));
  // What is typed, with the rows numbered anew: a row in which nothing stands is none.
  const filled = (texts) => {
    const found = Object.entries(texts).map(([name, text]) => [name, plain(text)]).filter(([, text]) => text !== "");
    const numbers = [...new Set(found.map(([name]) => Number(ROW.exec(name)?.[1] ?? 0)).filter((number) => number))];
    numbers.sort((one, other) => one - other);
    return new Map(
      found.map(([name, text]) => {
        const [, number, field] = ROW.exec(name) ?? [];
        return [number ? `project-${numbers.indexOf(Number(number)) + 1}-${field}` : name, text];
      }),
    );
  };
  const same = (one, other) => {
    const here = filled(one);
    const there = filled(other);
    return here.size === there.size && [...here].every(([name, text]) => there.get(name) === text);
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
  const name = (row) => {
    row.querySelector("[data-name]").textContent = row.querySelector("input[name$=-name]").value;
  };
  const add = () => {
    rows.append(blank.content.cloneNode(true));
    renumber();
    return rows.lastElementChild;
  };

  const say = (what, { warning = false, signIn = null } = {}) => {
    status.textContent = status.dataset[what] ?? "";
    status.classList.toggle("is-warning", warning);
    if (signIn === null) return;
    const link = document.createElement("a");
    link.href = signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = status.dataset.signIn;
    status.append(" ", link);
  };
  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const token = () => cookie("csrftoken") ?? form.elements.namedItem("csrfmiddlewaretoken").value;

  const onArrival = typed();
  let acknowledged = onArrival; // what the server is known to have
  let stopped = "conflict" in form.dataset; // nothing replaces the other text before the person has chosen
  let sending = false;
  let timer = 0;

  const send = async () => {
    clearTimeout(timer);
    if (sending || stopped) return;
    const now = typed();
    if (same(now, acknowledged)) {
      keep(null);
      return;
    }
    sending = true;
    let again = 0;
    try {
      const body = new URLSearchParams([...Object.entries(now), ["page", form.elements.namedItem("page").value]]);
      body.set("seen", seen.value);
      body.set("csrfmiddlewaretoken", token());
      const answer = await fetch(form.dataset.working, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      again = heard(answer, now, answer.ok || answer.status === 409 ? await answer.json() : null);
    } catch {
      say("local", { warning: true });
      again = RETRY;
    }
    sending = false;
    if (!stopped && (again || !same(typed(), now))) timer = setTimeout(send, again || PAUSE);
  };

  // What the server says to a text; milliseconds after which it is to be sent again, or zero.
  const heard = (answer, sent, told) => {
    if (answer.ok) {
      acknowledged = sent;
      seen.value = told.seen;
      if (same(typed(), sent)) keep(null);
      say("sent");
      return 0;
    }
    if (answer.status === 401) {
      say("signedOut", { warning: true, signIn: answer.headers.get("X-Sign-In") });
      return RETRY;
    }
    stopped = answer.status === 409;
    say(stopped ? (told.moved ? "moved" : "late") : "local", { warning: true });
    return answer.status >= 500 ? RETRY : 0;
  };

  const changed = () => {
    offer.hidden = true;
    const now = typed();
    const isKept = same(now, acknowledged) && !stopped;
    keep(isKept ? null : { texts: now, seen: seen.value });
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  };
  const restore = (texts) => {
    const numbers = Object.keys(texts).map((name) => Number(ROW.exec(name)?.[1] ?? 0));
    while (rows.children.length < Math.max(1, ...numbers)) add();
    while (rows.children.length > Math.max(1, ...numbers)) rows.lastElementChild.remove();
    for (const [name, text] of Object.entries(texts)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = text;
    }
    [...rows.children].forEach(name);
    changed();
  };

  const kept = read();
  if (stopped) changed(); // what was sent and is not stored is newer than what is kept
  else if (kept?.texts && same(kept.texts, onArrival)) keep(null);
  else if (kept?.texts && kept.seen === seen.value) {
    restore(kept.texts);
    document.getElementById("plan-restored").hidden = false;
    send();
  } else offer.hidden = !kept?.texts;

  document.getElementById("plan-restore").addEventListener("click", () => restore(kept.texts));
  document.getElementById("plan-discard").addEventListener("click", () => {
    keep(null);
    offer.hidden = true;
  });
  form.addEventListener("input", changed);
  rows.addEventListener("input", (event) => name(event.target.closest("[data-row]")));
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", send);

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
      next = next ? next.querySelector("summary") : add().querySelector("input");
    } else move[act](row);
    renumber();
    next.focus();
    changed();
  });
  // A form that lies open may outlive the session in which it was made; the cookie tells the token of the new one.
  document.addEventListener("submit", (event) => {
    clearTimeout(timer);
    const field = event.target.elements.namedItem("csrfmiddlewaretoken");
    if (field) field.value = token();
    if (["drop", "discard"].includes(event.submitter?.value)) keep(null);
  });
})();
