// The form of a meeting: kept on this device with every key that is pressed, sent once when there is a connection.
// Each form has a key of its own that the server knows again; a tab holds the lock of the form that is open in it, and
// one tab at a time sends.
"use strict";

(() => {
  const FIRST_PAUSE = 5000; // milliseconds before a send that failed is tried again; doubled each time
  const LONGEST_PAUSE = 600000;
  const PICTURE = 96; // pixels
  const form = document.getElementById("field-form");
  if (!form || !window.indexedDB || !navigator.locks) return;
  form.classList.add("has-script");
  const status = document.getElementById("field-status");
  const waiting = document.getElementById("field-waiting");
  const list = document.getElementById("field-list");
  const photos = document.getElementById("field-photos");
  const errors = document.getElementById("field-errors");
  const more = document.getElementById("field-more");
  const projects = [...document.querySelectorAll(".field-project")];
  const person = form.elements.namedItem("person").value;
  const unit = form.elements.namedItem("unit").value;
  const OWN = new Set(["csrfmiddlewaretoken", "key", "person", "unit", "files"]);
  const inputs = [...form.elements].filter((field) => field.name && !OWN.has(field.name) && field.type !== "button");
  const blank = Object.fromEntries(inputs.map((field) => [field.name, field.defaultValue ?? field.value]));
  for (const field of inputs) if (field.tagName === "SELECT") blank[field.name] = field.value;
  const channel = new BroadcastChannel("lakthan-field");
  const sent = []; // what this tab has sent: title and address

  // A UUIDv7: its time orders the forms as they were begun.
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    for (let at = 0, now = Date.now(); at < 6; at += 1) bytes[at] = Math.floor(now / 256 ** (5 - at)) % 256;
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  const fresh = () => ({ key: newKey(), person, unit, state: "draft", isTouched: false, fields: { ...blank }, files: [], errors: {} });

  // A page that was kept knows the day it was kept on; the device knows today, unless the city's clock is simulated.
  if (form.dataset.clock === "device") {
    const [locale, month] = document.documentElement.lang === "en" ? ["en-GB", "short"] : ["th-TH-u-ca-buddhist", "short"];
    const today = new Intl.DateTimeFormat(locale, { day: "numeric", month, year: "numeric", timeZone: "Asia/Bangkok" });
    blank.held_on = today.format(new Date()).replace(/ พ\.ศ\.| BE/, "");
  }

  let current = fresh();
  let release = () => {};
  let pause = FIRST_PAUSE;
  let timer = 0;
  let isKept = false;

  const say = (what, { warning = false, signIn = "" } = {}) => {
    status.textContent = status.dataset[what] ?? what;
    status.classList.toggle("is-warning", warning);
    if (!signIn) return;
    const link = document.createElement("a");
    link.href = `${signIn}?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = status.dataset.signIn;
    status.append(" ", link);
  };
  const sayConnection = () =>
    navigator.onLine ? say(isKept ? "online" : "preparing") : say("offline", { warning: true });

  // What stands in the form

  const typed = () => Object.fromEntries(inputs.map((field) => [field.name, field.value]));
  const keep = async () => {
    current.fields = typed();
    current.isTouched = true;
    try {
      await fieldKept.put(current);
    } catch {
      say("nothing", { warning: true });
    }
  };

  const showPicture = async (line, file) => {
    try {
      const bitmap = await createImageBitmap(file.blob, { resizeWidth: PICTURE, resizeHeight: PICTURE, resizeQuality: "low" });
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = PICTURE;
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      const picture = document.createElement("img");
      picture.alt = "";
      picture.src = canvas.toDataURL("image/jpeg", 0.6);
      line.prepend(picture);
    } catch {
      // a file that is no picture has none
    }
  };
  const showFiles = () => {
    photos.replaceChildren(
      ...current.files.map((file, at) => {
        const line = document.createElement("li");
        const name = document.createElement("span");
        name.textContent = `${file.name} (${Math.ceil(file.blob.size / 1024)} KB)`;
        const out = document.createElement("button");
        out.type = "button";
        out.className = "btn btn-outline-primary";
        out.textContent = photos.dataset.remove;
        out.setAttribute("aria-label", `${photos.dataset.remove} ${file.name}`);
        out.addEventListener("click", async () => {
          current.files.splice(at, 1);
          showFiles();
          await keep();
        });
        line.append(name, out);
        showPicture(line, file);
        return line;
      }),
    );
  };
  const showErrors = () => {
    for (const old of form.querySelectorAll(".form-error, .errorlist")) old.remove();
    for (const field of inputs) field.removeAttribute("aria-invalid");
    let first = null;
    for (const [name, messages] of Object.entries(current.errors ?? {})) {
      const field = inputs.find((one) => one.name === name);
      for (const message of messages) {
        const line = document.createElement("p");
        line.className = "form-error";
        line.setAttribute("role", "alert");
        line.textContent = message;
        const row = field?.closest(".came-row");
        if (row) row.append(line);
        else if (field) field.before(line);
        else errors.append(line);
      }
      if (!field) continue;
      field.setAttribute("aria-invalid", "true");
      field.closest("details")?.setAttribute("open", "");
      first ??= field;
    }
    if (Object.keys(current.errors ?? {}).length) (first ?? errors).scrollIntoView({ block: "center", behavior: "instant" });
    first?.focus();
  };
  const isProjectFilled = (project) =>
    [...project.querySelectorAll("input, textarea")].some((field) => field.value.trim());
  const showProjects = () => {
    let empty = 0;
    for (const project of projects) {
      const isFilled = isProjectFilled(project);
      project.hidden = !isFilled && project.dataset.asked !== "yes" && empty > 0;
      if (!isFilled) empty += 1;
    }
    if (more) more.hidden = projects.every((project) => !project.hidden);
  };
  const showParts = () => {
    const isListed = form.elements.namedItem("meeting").value !== "";
    for (const part of form.querySelectorAll(".of-another")) part.hidden = isListed;
    const purpose = form.elements.namedItem("purpose").value;
    const community = form.elements.namedItem("community");
    if (community) community.closest(".form-field").hidden = isListed || purpose !== "community";
  };
  const show = (one) => {
    current = one;
    form.elements.namedItem("key").value = one.key;
    for (const field of inputs) field.value = one.fields[field.name] ?? blank[field.name] ?? "";
    for (const project of projects) delete project.dataset.asked;
    showFiles();
    showProjects();
    showParts();
    showErrors();
    release();
    release = () => {};
    navigator.locks.request(`lakthan-field-${one.key}`, { ifAvailable: true }, (lock) =>
      lock ? new Promise((resolve) => (release = resolve)) : undefined,
    );
  };

  // What waits

  const button = (words, of, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-outline-primary";
    made.textContent = words;
    made.setAttribute("aria-label", `${words}: ${of}`);
    made.addEventListener("click", act);
    return made;
  };
  const titleOf = (one) => {
    const meeting = form.elements.namedItem("meeting");
    const listed = [...meeting.options].find((option) => option.value && option.value === one.fields.meeting);
    return listed?.text ?? (one.fields.title || waiting.dataset.untitled);
  };
  const showList = async () => {
    const forms = (await fieldKept.of(person)).filter((one) => one.key !== current.key && (one.state !== "draft" || one.isTouched));
    const lines = forms.map((one) => {
      const line = document.createElement("li");
      const words = document.createElement("p");
      const title = document.createElement("strong");
      title.textContent = titleOf(one);
      words.append(title, ` ${one.fields.held_on} · ${waiting.dataset[one.state]}`);
      line.className = `is-${one.state}`;
      line.append(
        words,
        button(waiting.dataset[one.state === "refused" ? "mend" : "open"], title.textContent, () => edit(one.key)),
        " ",
        button(waiting.dataset.delete, title.textContent, async () => {
          if (!window.confirm(waiting.dataset.sure)) return;
          await fieldKept.drop(one.key);
          await told();
        }),
      );
      return line;
    });
    const done = sent.map(({ title, address }) => {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = address;
      link.textContent = title;
      line.className = "is-sent";
      line.append(link, ` · ${waiting.dataset.sent}`);
      return line;
    });
    list.replaceChildren(...lines, ...done);
    document.getElementById("field-count").textContent = String(forms.filter((one) => one.state !== "draft").length);
    document.getElementById("field-send").hidden = !forms.some((one) => one.state === "waiting");
    waiting.hidden = lines.length + done.length === 0;
  };
  const told = async () => {
    channel.postMessage("changed");
    await showList();
  };
  const isOpenElsewhere = async (key) =>
    (await navigator.locks.query()).held.some((lock) => lock.name === `lakthan-field-${key}`);
  const edit = async (key) => {
    const one = await fieldKept.get(key);
    if (!one || (key !== current.key && (await isOpenElsewhere(key)))) return;
    await fieldKept.put({ ...one, state: "draft", isTouched: true });
    show({ ...one, state: "draft" });
    form.scrollIntoView();
    await told();
  };

  // Sending

  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const post = async (one) => {
    if (!cookie("csrftoken")) await fetch(form.action, { headers: { Accept: "text/html" } }); // brings the cookie
    const body = new FormData();
    for (const [name, value] of Object.entries(one.fields)) body.append(name, value);
    for (const [name, value] of Object.entries({ key: one.key, person: one.person, unit: one.unit })) body.append(name, value);
    for (const file of one.files) body.append("files", file.blob, file.name);
    body.append("csrfmiddlewaretoken", cookie("csrftoken") ?? "");
    return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
  };
  const refuse = async (one, told) => {
    await fieldKept.put({ ...one, state: "refused", errors: told.errors });
    if (!current.isTouched) await edit(one.key);
  };
  // Whether the next form may be sent; what is said of this one.
  const send = async (one) => {
    const answer = await post(one);
    if (answer.ok) {
      sent.push({ title: titleOf(one), address: (await answer.json()).meeting });
      await fieldKept.drop(one.key);
      return true;
    }
    if (answer.status === 401) {
      say("signedOut", { warning: true, signIn: answer.headers.get("X-Sign-In") ?? "" });
      return false;
    }
    const isTold = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (isTold && (answer.status === 400 || answer.status === 409)) {
      await refuse(one, await answer.json());
      return true;
    }
    say(answer.status === 412 ? "other" : "later", { warning: true });
    return false;
  };
  const sendWaiting = async () => {
    for (const { key } of (await fieldKept.of(person)).filter((one) => one.state === "waiting")) {
      const one = await fieldKept.get(key); // another tab may have sent it meanwhile
      if (one?.state !== "waiting") continue;
      say("sending");
      if (!(await send(one))) return false;
      sayConnection();
    }
    return true;
  };
  const sendAll = async () => {
    clearTimeout(timer);
    if (!navigator.onLine) {
      sayConnection();
      return;
    }
    let isDone = true;
    await navigator.locks.request("lakthan-field-send", { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      try {
        isDone = await sendWaiting();
      } catch {
        say("later", { warning: true });
        isDone = false;
      }
    });
    await told();
    pause = isDone ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
    if (!isDone) timer = setTimeout(sendAll, pause);
  };
  const now = () => {
    pause = FIRST_PAUSE;
    return sendAll();
  };

  // What a person does

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    keep();
    showParts();
  });
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.removeAttribute("name"); // the list is sent, not the field
    input.addEventListener("change", async () => {
      current.files.push(...[...input.files].map((file) => ({ name: file.name, blob: file })));
      input.value = "";
      showFiles();
      await keep();
    });
  }
  more?.addEventListener("click", () => {
    const next = projects.find((project) => project.hidden);
    next.dataset.asked = "yes";
    next.hidden = false;
    next.open = true;
    next.querySelector("input").focus();
    showProjects();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    current.errors = {};
    await keep();
    await fieldKept.put({ ...current, state: "waiting" });
    show(fresh());
    await told();
    waiting.scrollIntoView({ block: "start", behavior: "instant" });
    await now();
  });
  document.getElementById("field-send").addEventListener("click", now);
  window.addEventListener("online", () => {
    if (!isKept) prepareUntilDone();
    now();
  });
  window.addEventListener("offline", sayConnection);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());
  channel.addEventListener("message", showList);

  // The page and what it is made of, for when there is no connection

  const prepare = async () => {
    if (!navigator.serviceWorker) return;
    try {
      await navigator.serviceWorker.register(`${location.pathname}worker.js`);
    } catch (error) {
      if (navigator.onLine) throw error;
      return; // without connection the one that is there goes on
    }
    await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType("resource").filter((entry) => !(entry.responseStatus >= 400)).map((entry) => new URL(entry.name));
    const own = parts.filter((part) => part.origin === location.origin && part.pathname.startsWith("/static/"));
    const cache = await caches.open("lakthan-field");
    await Promise.all([...new Set(own.map((part) => part.href))].map((part) => cache.add(part)));
    const page = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!page.ok || page.redirected) return; // signed out: the page that was kept stays
    await cache.put(location.pathname, page);
    isKept = true;
    if (status.textContent === status.dataset.preparing) sayConnection();
  };
  // A part that a bad connection lost is fetched again; until all are there the page does not say that it opens without.
  const prepareUntilDone = async (next = FIRST_PAUSE / 5) => {
    try {
      await prepare();
    } catch {
      setTimeout(prepareUntilDone, next, Math.min(next * 2, LONGEST_PAUSE));
    }
  };
  const begin = async () => {
    sayConnection();
    try {
      const forms = await fieldKept.of(person);
      const drafts = forms.filter((one) => one.state === "draft" && one.unit === unit).reverse();
      for (const draft of drafts) {
        if (await isOpenElsewhere(draft.key)) continue;
        show(draft);
        break;
      }
      if (!drafts.some((draft) => draft.key === current.key)) show(current);
      await showList();
      prepareUntilDone();
      await sendAll();
    } catch {
      say("nothing", { warning: true });
    }
  };
  window.addEventListener("load", begin); // once the other scripts have run, whatever their order, and all parts are there
})();
