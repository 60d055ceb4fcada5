// The paper beside the form: set by the server from what stands in the fields, a moment after the last key.
"use strict";

(() => {
  const PAUSE = 1200;
  const form = document.getElementById("draft");
  const panel = document.getElementById("live-preview");
  if (!panel) return;
  const paper = document.getElementById("live-preview-paper");
  const open = document.getElementById("draft-preview");
  const life = panel.closest(".life");
  let timer = 0;
  let asked = 0;

  const show = async () => {
    clearTimeout(timer);
    asked += 1;
    const mine = asked;
    const body = new FormData();
    for (const field of form.elements) {
      if (field.matches("textarea, select, input[type=text], input[type=hidden], input:not([type])") && field.name) body.append(field.name, field.value);
    }
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body, redirect: "error" });
      if (!answer.ok || mine !== asked) return; // a later text is on its way
      const at = paper.scrollTop;
      paper.innerHTML = await answer.text();
      paper.scrollTop = at;
    } catch {
      // the line of the bar tells that there is no connection
    }
  };

  open.addEventListener("click", (event) => {
    event.preventDefault();
    panel.hidden = false;
    life.classList.add("has-preview");
    show();
    panel.scrollIntoView({ block: "nearest" });
  });
  document.getElementById("live-preview-close").addEventListener("click", () => {
    panel.hidden = true;
    life.classList.remove("has-preview");
    open.focus();
  });
  form.addEventListener("input", () => {
    if (panel.hidden) return;
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
})();
