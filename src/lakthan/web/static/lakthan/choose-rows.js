// Boxes that tick all rows of a page or of a search, and the number of those that are chosen beside the buttons.

for (const form of document.querySelectorAll("[data-choose-rows]")) {
  const all = form.querySelector("[data-choose-all]");
  const found = form.querySelector("[data-choose-found]");
  const told = form.querySelector("[data-chosen]");
  const rows = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const buttons = [...form.querySelectorAll("button[name=verdict]")];
  const words = buttons.map((button) => button.textContent);
  const asked = told ? told.textContent : "";
  if (!all || !rows.length) continue;
  all.closest("label").hidden = false;

  const tell = () => {
    const isFound = Boolean(found && found.checked);
    const ticked = rows.filter((row) => row.checked).length;
    const chosen = isFound ? Number(found.value) : ticked;
    for (const box of [all, ...rows]) box.disabled = isFound;
    all.checked = ticked === rows.length;
    all.indeterminate = ticked > 0 && ticked < rows.length;
    told.textContent = chosen ? told.dataset.chosen.replace("#", chosen) : asked;
    buttons.forEach((button, at) => {
      button.textContent = chosen ? `${words[at]} (${chosen})` : words[at];
    });
  };
  all.addEventListener("change", () => {
    rows.forEach((row) => { row.checked = all.checked; });
    tell();
  });
  if (found) {
    found.addEventListener("change", () => {
      rows.forEach((row) => { row.checked = found.checked; });
      tell();
    });
  }
  rows.forEach((row) => row.addEventListener("change", tell));
  window.addEventListener("pageshow", tell);
}
