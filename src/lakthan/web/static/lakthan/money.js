// Forms of money: what would be left after the line, and what the table of a letter adds up to, as one types.
// Without it the server says the same after sending.
"use strict";

(() => {
  const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));

  // Satang as a whole number; null for what is no amount.
  const satang = (text) => {
    const plain = arabic(text).replace(/[,\s฿]|บาท(ถ้วน)?/g, "").replace(/\.[-–]?$/, "");
    const found = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(plain);
    return found ? BigInt(found[1]) * 100n + BigInt((found[2] || "").padEnd(2, "0")) : null;
  };
  const baht = (amount) => {
    const [sign, whole] = amount < 0n ? ["−", -amount] : ["", amount];
    const digits = String(whole / 100n).replace(/\B(?=(\d{3})+$)/g, ",");
    return `${sign}${digits}.${String(whole % 100n).padStart(2, "0")}`;
  };

  const left = document.querySelector(".money-left");
  const amount = document.getElementById("money-amount");
  if (left && amount) {
    const after = left.querySelector(".money-after");
    const start = satang(left.dataset.kind === "obligation" ? left.dataset.unbound : left.dataset.rest);
    const show = () => {
      const typed = satang(amount.value);
      after.hidden = typed === null;
      if (typed === null) return;
      after.lastElementChild.textContent = baht(start - typed);
      after.classList.toggle("late", typed > start);
    };
    amount.addEventListener("input", show);
    show();
  }

  const table = document.querySelector(".money-amounts");
  if (!table) return;
  const boxes = [...table.querySelectorAll("tbody input[type=checkbox]")];
  const all = table.querySelector("[data-all]");
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));

  const total = document.querySelector("[data-total]");
  const stated = document.getElementById("money-letter_total");
  if (!total || !stated) return;
  const fields = [...table.querySelectorAll("input.amount")];
  const gap = document.querySelector("[data-gap]");
  const add = () => {
    const amounts = fields.map((field) => satang(field.value)).filter((found) => found);
    const sum = amounts.reduce((before, found) => before + found, 0n);
    const wanted = satang(stated.value);
    total.textContent = baht(sum);
    document.querySelector("[data-districts]").textContent = `(${amounts.length})`;
    gap.textContent = wanted === null || wanted === sum ? "" : `${gap.dataset.gap} ${baht(sum - wanted)}`;
  };
  table.addEventListener("input", add);
  stated.addEventListener("input", add);
  add();
})();
