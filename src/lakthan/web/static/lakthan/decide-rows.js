// How many projects are included, declined and left; and item numbers without a gap while nobody has written their own.

for (const form of document.querySelectorAll("[data-decide]")) {
  const sum = form.querySelector("[data-sum]");
  const rows = [...form.querySelectorAll(".decide-row")].map((row) => ({
    item: row.querySelector("input[name$=-item_number]"),
    verdicts: [...row.querySelectorAll("input[type=radio]")],
    isOwn: !("fresh" in form.dataset),
  }));
  const verdict = (row) => (row.verdicts.find((choice) => choice.checked) || { value: "later" }).value;

  const renumber = () => {
    const included = rows.filter((row) => verdict(row) === "include");
    const own = new Set(included.filter((row) => row.isOwn).map((row) => Number(row.item.value)));
    let next = Number(form.dataset.nextItem);
    for (const row of included.filter((one) => !one.isOwn)) {
      while (own.has(next)) next += 1;
      row.item.value = next;
      next += 1;
    }
  };
  const tell = () => {
    const counts = ["include", "decline", "later"].map((one) => rows.filter((row) => verdict(row) === one).length);
    sum.textContent = counts.reduce((words, count) => words.replace("#", count), sum.dataset.sum);
  };
  for (const row of rows) {
    row.item.addEventListener("input", () => { row.isOwn = true; });
    row.verdicts.forEach((choice) => choice.addEventListener("change", () => { renumber(); tell(); }));
  }
  window.addEventListener("pageshow", tell);
}
