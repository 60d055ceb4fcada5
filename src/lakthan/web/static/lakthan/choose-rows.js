// One box that ticks all rows of a page, and the number of those that are ticked in the words of the buttons.

for (const form of document.querySelectorAll("[data-choose-rows]")) {
  const all = form.querySelector("[data-choose-all]");
  const rows = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const buttons = [...form.querySelectorAll("button[name=verdict]")];
  const words = buttons.map((button) => button.textContent);
  if (!all || !rows.length) continue;
  all.closest("label").hidden = false;

  const tell = () => {
    const ticked = rows.filter((row) => row.checked).length;
    all.checked = ticked === rows.length;
    all.indeterminate = ticked > 0 && ticked < rows.length;
    buttons.forEach((button, at) => {
      button.textContent = ticked ? `${words[at]} (${ticked})` : words[at];
    });
  };
  all.addEventListener("change", () => {
    rows.forEach((row) => { row.checked = all.checked; });
    tell();
  });
  rows.forEach((row) => row.addEventListener("change", tell));
  window.addEventListener("pageshow", tell);
}
