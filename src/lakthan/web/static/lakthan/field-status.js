// What the form of a meeting says of the connection, and the page itself kept for when there is none.
"use strict";

const fieldStatus = () => {
  const FIRST_PAUSE = 1000; // milliseconds before what is missing is fetched again; doubled each time
  const LONGEST_PAUSE = 600000;
  const place = document.getElementById("field-status");
  let isKept = false;

  // `what` is the name of a sentence that stands at the place; with the way to sign in where there is one.
  const say = (what, { warning = false, signIn = "" } = {}) => {
    place.textContent = place.dataset[what] ?? what;
    place.classList.toggle("is-warning", warning);
    if (!signIn) return;
    const link = document.createElement("a");
    link.href = `${signIn}?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = place.dataset.signIn;
    place.append(" ", link);
  };
  const sayConnection = () =>
    navigator.onLine ? say(isKept ? "online" : "preparing") : say("offline", { warning: true });

  // Keep the page and what it is made of.
  const prepare = async () => {
    if (!navigator.serviceWorker) return;
    try {
      await navigator.serviceWorker.register(`${location.pathname}worker.js`);
    } catch (error) {
      if (navigator.onLine) throw error;
      return; // without connection the one that is there goes on
    }
    await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType("resource").filter((entry) => !(entry.responseStatus >= 400)).map((entry) => new URL(entry.name));
    const own = parts.filter((part) => part.origin === location.origin && part.pathname.startsWith("/static/"));
    const cache = await caches.open("lakthan-field");
    await Promise.all([...new Set(own.map((part) => part.href))].map((part) => cache.add(part)));
    const page = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!page.ok || page.redirected) return; // signed out: the page that was kept stays
    await cache.put(location.pathname, page);
    isKept = true;
    if (place.textContent === place.dataset.preparing) sayConnection();
  };
  // A part that a bad connection lost is fetched again; until all are there the page does not say that it opens without.
  const prepareUntilDone = async (next = FIRST_PAUSE) => {
    try {
      await prepare();
    } catch {
      setTimeout(prepareUntilDone, next, Math.min(next * 2, LONGEST_PAUSE));
    }
  };
  return { say, sayConnection, prepareUntilDone, isKept: () => isKept };
};
