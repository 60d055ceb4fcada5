// The form of a meeting: kept on this device with every key that is pressed, sent once when there is a connection.
// Each form has a key of its own that the server knows again; a tab holds the lock of the form that is open in it.
"use strict";

(() => {
  const form = document.getElementById("field-form");
  if (!form || !window.indexedDB || !navigator.locks) return;
  form.classList.add("has-script");
  const person = form.elements.namedItem("person").value;
  const unit = form.elements.namedItem("unit").value;
  const channel = new BroadcastChannel("lakthan-field");

  // A UUIDv7: its time orders the forms as they were begun.
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    for (let at = 0, now = Date.now(); at < 6; at += 1) bytes[at] = Math.floor(now / 256 ** (5 - at)) % 256;
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  const fresh = () => ({ key: newKey(), person, unit, state: "draft", isTouched: false, fields: { ...parts.blank }, files: [], errors: {} });

  // The form that is open

  const keep = async () => {
    current.fields = parts.typed();
    current.isTouched = true;
    try {
      await fieldKept.put(current);
    } catch {
      status.say("nothing", { warning: true });
    }
  };
  const show = (one) => {
    current = one;
    parts.show(one);
    release();
    release = () => {};
    navigator.locks.request(`lakthan-field-${one.key}`, { ifAvailable: true }, (lock) =>
      lock ? new Promise((resolve) => (release = resolve)) : undefined,
    );
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

  // The other ones

  const showList = async () => {
    const forms = await fieldKept.of(person);
    list.show(forms.filter((one) => one.key !== current.key && (one.state !== "draft" || one.isTouched)));
  };
  const told = async () => {
    channel.postMessage("changed");
    await showList();
  };
  const drop = async (key) => {
    await fieldKept.drop(key);
    await told();
  };
  const refused = async (one, { errors }) => {
    await fieldKept.put({ ...one, state: "refused", errors });
    if (!current.isTouched) await edit(one.key);
  };

  const status = fieldStatus();
  const parts = fieldParts(form, keep);
  const list = fieldList({ titleOf: parts.titleOf, edit, drop });
  const sending = fieldSend({ form, person, status, arrived: list.add, refused, done: told });
  let current = fresh();
  let release = () => {};

  // What a person does

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    keep();
    parts.showParts();
  });
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.removeAttribute("name"); // the list is sent, not the field
    input.addEventListener("change", async () => {
      current.files.push(...[...input.files].map((file) => ({ name: file.name, blob: file })));
      input.value = "";
      parts.showFiles(current.files);
      await keep();
    });
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    current.errors = {};
    await keep();
    await fieldKept.put({ ...current, state: "waiting" });
    show(fresh());
    await told();
    list.comeInSight();
    await sending.now();
  });
  document.getElementById("field-send").addEventListener("click", sending.now);
  window.addEventListener("online", () => {
    if (!status.isKept()) status.prepareUntilDone();
    sending.now();
  });
  window.addEventListener("offline", status.sayConnection);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sending.now());
  channel.addEventListener("message", showList);

  const begin = async () => {
    status.sayConnection();
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
      status.prepareUntilDone();
      await sending.sendAll();
    } catch {
      status.say("nothing", { warning: true });
    }
  };
  window.addEventListener("load", begin); // once the other scripts have run, whatever their order, and all parts are there
})();
