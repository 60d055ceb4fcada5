// Keeps what is typed into the draft of a report: on the server for the person alone, every few seconds, and in this
// browser until the server has it. After a session that ended, a lost connection, a closed window, it stands there again.
"use strict";

(() => {
  const PAUSE = 1500; // milliseconds without a key before the text is sent
  const RETRY = 8000; // before a send that failed is tried again
  const form = document.getElementById("draft");
  const status = document.getElementById("draft-status");
  if (!status) return; // the text is only shown: it came too late
  const place = form.dataset.keptAs;
  const seen = form.elements.namedItem("seen");
  // What the page says of attached files is stored already, and new files have their own script.
  const isText = (field) => field.name && field.name !== "proves" && !field.name.startsWith("file-");
  const texts = [...form.elements].filter((field) => field.matches("textarea, input[type=text], input[type=checkbox]") && isText(field));
  const isBox = (field) => field.type === "checkbox";
  const plain = (text) => (text ?? "").replaceAll("\r\n", "\n").trim();
  const typed = () => Object.fromEntries(texts.map((field) => [field.name, isBox(field) ? String(field.checked) : field.value]));
  const same = (one, other) => texts.every(({ name }) => plain(one[name]) === plain(other[name]));
  const onArrival = typed();

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

  let acknowledged = onArrival; // what the server is known to have
  let sending = false;
  let timer = 0;

  const send = async () => {
    clearTimeout(timer);
    if (sending) return;
    const now = typed();
    if (same(now, acknowledged)) {
      keep(null);
      return;
    }
    sending = true;
    let again = 0;
    try {
      const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
      body.set("csrfmiddlewaretoken", token());
      const answer = await fetch(form.dataset.working, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      again = heard(answer, now, answer.ok ? await answer.json() : null);
    } catch {
      say("local", { warning: true });
      again = RETRY;
    }
    sending = false;
    if (again || !same(typed(), now)) timer = setTimeout(send, again || PAUSE);
  };

  // What the server says to a text; milliseconds after which it is to be sent again, or zero.
  const heard = (answer, sent, told) => {
    if (answer.ok) {
      acknowledged = sent;
      if (same(typed(), sent)) keep(null);
      say(told.moved ? "moved" : "sent", { warning: told.moved });
      return 0;
    }
    if (answer.status === 401) {
      say("signedOut", { warning: true, signIn: answer.headers.get("X-Sign-In") });
      return RETRY;
    }
    say(answer.status === 409 ? "late" : "local", { warning: true });
    return answer.status >= 500 ? RETRY : 0;
  };

  const keptOnce = read();
  const restore = (kept) => {
    for (const field of texts) {
      if (isBox(field)) field.checked = (kept[field.name] ?? String(field.checked)) === "true";
      else field.value = kept[field.name] ?? field.value;
    }
    send();
  };
  const offer = document.getElementById("draft-kept");
  if (keptOnce !== null && same(keptOnce.texts ?? {}, onArrival)) keep(null); // the server has it
  else if (keptOnce?.texts && keptOnce.seen === seen.value && same(keptOnce.base, onArrival)) {
    restore(keptOnce.texts);
    document.getElementById("draft-restored").hidden = false;
  } else offer.hidden = keptOnce === null || !keptOnce.texts;

  document.addEventListener("input", (event) => {
    if (!texts.includes(event.target)) return;
    offer.hidden = true;
    keep(same(typed(), acknowledged) ? null : { texts: typed(), base: acknowledged, seen: seen.value });
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", send);

  document.getElementById("draft-restore").addEventListener("click", () => {
    restore(keptOnce.texts);
    offer.hidden = true;
    texts.find((field) => field.name === "narrative").focus();
  });
  document.getElementById("draft-discard").addEventListener("click", () => {
    keep(null);
    offer.hidden = true;
  });
  // A form that lies open may outlive the session in which it was made; the cookie tells the token of the new one.
  document.addEventListener("submit", (event) => {
    clearTimeout(timer);
    const field = event.target.elements.namedItem("csrfmiddlewaretoken");
    if (field) field.value = token();
    if (event.submitter?.name === "discard") {
      sending = true; // nothing follows it
      keep(null);
    }
  });
})();
