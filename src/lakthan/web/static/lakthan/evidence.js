// Files of evidence: chosen or dropped, each with what it proves, sent one by one. A file that is refused, or that the
// connection loses, stays in its line with the reason; the others are kept.
"use strict";

(() => {
  const drop = document.getElementById("drop");
  if (!drop) return;
  const form = document.getElementById("draft");
  const input = document.getElementById("draft-files");
  const list = document.getElementById("chosen-files");
  const button = document.getElementById("attach");
  const template = document.getElementById("chosen-file");
  const chosen = new Map(); // line -> file
  let number = 0;

  for (const hidden of drop.querySelectorAll(".with-script")) hidden.hidden = false;
  document.getElementById("all-files").remove();
  input.removeAttribute("name"); // the lines are sent, not the field

  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
  const errorOf = (line) => line.querySelector("[role=alert]");
  const say = (line, text, { bad = true } = {}) => {
    const place = errorOf(line);
    place.textContent = text;
    place.className = bad ? "form-error" : "file-told";
    place.hidden = !text;
    line.querySelector("input").toggleAttribute("aria-invalid", bad && Boolean(text));
  };

  const add = (file) => {
    const line = template.content.firstElementChild.cloneNode(true);
    line.querySelector("strong").textContent = file.name;
    line.querySelector("small").textContent = size(file.size);
    number += 1;
    for (const [at, label] of line.querySelectorAll("label").entries()) {
      const control = label.nextElementSibling;
      control.id = `chosen-${number}-${at}`;
      label.htmlFor = control.id;
      const of = document.createElement("span");
      of.className = "visually-hidden";
      of.textContent = `: ${file.name}`;
      label.append(of);
    }
    line.querySelector("button").addEventListener("click", () => {
      chosen.delete(line);
      line.remove();
      input.focus();
    });
    chosen.set(line, file);
    list.append(line);
    return line;
  };
  const addAll = (files) => {
    const lines = [...files].map(add);
    lines[0]?.querySelector("input").focus();
  };
  input.addEventListener("change", () => {
    addAll(input.files);
    input.value = "";
  });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("is-over");
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    addAll(event.dataTransfer.files);
  });

  const token = () => document.cookie.split("; ").find((part) => part.startsWith("csrftoken="))?.slice(10) ?? form.elements.namedItem("csrfmiddlewaretoken").value;

  // Why a file was not attached; empty where it was.
  const send = async (file, proves, section) => {
    const body = new FormData();
    for (const [name, value] of [["act", "attach"], ["proves", proves], ["section", section]]) body.append(name, value);
    body.append("files", file);
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": token() };
      const answer = await fetch(form.dataset.contents, { method: "POST", body, headers, redirect: "error" });
      if (answer.ok) return "";
      if (answer.status === 401) return button.dataset.signedOut;
      if (answer.status === 400) return (await answer.json()).refused[0];
      return button.dataset.late;
    } catch {
      return button.dataset.unsent;
    }
  };

  // All chosen files; gives whether every one of them is attached now.
  const sendAll = async () => {
    button.disabled = true;
    for (const [line, file] of [...chosen]) {
      const [proves, section] = [line.querySelector("input"), line.querySelector("select")];
      if (!proves.value.trim()) {
        say(line, button.dataset.missing);
        continue;
      }
      say(line, button.dataset.sending, { bad: false });
      const refused = await send(file, proves.value, section.value);
      say(line, refused || button.dataset.sent, { bad: Boolean(refused) });
      if (refused) continue;
      chosen.delete(line);
      for (const control of line.querySelectorAll("input, select, button")) control.disabled = true;
    }
    button.disabled = false;
    for (const line of chosen.keys()) {
      line.querySelector("input").focus();
      break;
    }
    return chosen.size === 0;
  };

  form.addEventListener("submit", async (event) => {
    const attaches = event.submitter === button;
    const saves = event.submitter?.name === "step";
    if (!chosen.size || !(attaches || saves)) return;
    event.preventDefault();
    if (!(await sendAll())) return;
    if (saves) {
      form.requestSubmit(event.submitter);
      return;
    }
    history.replaceState(null, "", "#files");
    location.reload(); // what is typed stands in the form again
  });
})();
