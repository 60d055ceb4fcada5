// Keeps what a reviewer types in this browser until the page shows it as entered, and offers it again: after a session
// that ended, a closed window, a page that could not be sent. Nothing leaves the browser.
"use strict";

(() => {
  const form = document.getElementById("review");
  const offer = document.getElementById("review-kept");
  const place = form.dataset.keptAs;
  const fields = [...form.querySelectorAll("textarea")];
  const plain = (text) => (text ?? "").split(/\s+/).join(" ").trim();
  const entered = () =>
    [...document.querySelectorAll(".comment-text, .history blockquote")].map(({ innerText }) => plain(innerText));
  const onArrival = new Map(fields.map((field) => [field.name, field.value]));

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(place)) ?? {};
    } catch {
      return {}; // a browser that keeps nothing, or something that is not ours
    }
  };
  const keep = (texts) => {
    try {
      if (Object.keys(texts).length === 0) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify(texts));
    } catch {
      // without storage the page works as it does without this script
    }
  };

  const there = entered();
  const lost = Object.entries(read()).filter(
    ([name, text]) => onArrival.has(name) && plain(onArrival.get(name)) !== plain(text) && !there.includes(plain(text)),
  );
  keep(Object.fromEntries(lost));
  offer.hidden = lost.length === 0;

  form.addEventListener("input", () => {
    offer.hidden = true;
    keep(
      Object.fromEntries(
        fields
          .filter((field) => plain(field.value) !== "" && field.value !== field.defaultValue)
          .map((field) => [field.name, field.value]),
      ),
    );
  });
  document.getElementById("review-restore").addEventListener("click", () => {
    for (const [name, text] of lost) {
      const field = fields.find((one) => one.name === name);
      field.value = text;
      field.closest("details")?.setAttribute("open", "");
    }
    keep(Object.fromEntries(lost));
    offer.hidden = true;
  });
  document.getElementById("review-discard").addEventListener("click", () => {
    keep({});
    offer.hidden = true;
  });
})();
