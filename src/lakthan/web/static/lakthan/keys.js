// Says on the page that a key was not used; allauth's own script tells the console alone.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("key-failed").hidden = false;
});
