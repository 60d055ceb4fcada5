// Keeps what is typed into the draft of a report in this browser until the server has it, and offers it again: after
// a session that ended, a closed window, a page that could not be sent. Nothing leaves the browser.
"use strict";

(() => {
  const form = document.getElementById("draft");
  const offer = document.getElementById("draft-kept");
  const place = form.dataset.keptAs;
  const fields = [...form.querySelectorAll("textarea, input[type=text]")];
  const typed = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const same = (one, other) => fields.every(({ name }) => plain(one[name]) === plain(other[name]));
  const plain = (text) => (text ?? "").replaceAll("\r\n", "\n").trim();
  const onArrival = typed();

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(place));
    } catch {
      return null; // a browser that keeps nothing, or something that is not ours
    }
  };
  const keep = (texts) => {
    try {
      if (texts === null) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify(texts));
    } catch {
      // without storage the page works as it does without this script
    }
  };

  const kept = read();
  if (kept !== null && same(kept, onArrival)) keep(null); // the server has it
  else offer.hidden = kept === null;

  form.addEventListener("input", () => {
    offer.hidden = true;
    keep(same(typed(), onArrival) ? null : typed());
  });
  document.getElementById("draft-restore").addEventListener("click", () => {
    for (const field of fields) field.value = kept[field.name] ?? field.value;
    offer.hidden = true;
    fields.find((field) => field.name === "narrative").focus();
  });
  document.getElementById("draft-discard").addEventListener("click", () => {
    keep(null);
    offer.hidden = true;
  });
})();
