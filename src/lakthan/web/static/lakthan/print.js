// Buttons that print the page. They are hidden where there is no script; the browser's own menu prints it as well.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
