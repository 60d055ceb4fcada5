// The menu of officers: a group closes on Escape and on a click elsewhere. Without this it closes by its own heading.
"use strict";

const openGroups = () => document.querySelectorAll(".staff-menu details[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const group of openGroups()) {
    group.open = false;
    if (group.contains(document.activeElement)) group.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const group of openGroups()) {
    if (!group.contains(event.target)) group.open = false;
  }
});
