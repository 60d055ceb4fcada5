// Keeps the form of a meeting available without connection: that page and what it is made of, and nothing else.
// The page itself puts them into the cache; this answers from there when the network does not.
"use strict";

const CACHE = "lakthan-field";
const PATIENCE = 4000; // milliseconds that a weak connection gets before the kept page is shown
const PAGE = new URL("./", self.location).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const kept = async (request, isPage) =>
  (await caches.open(CACHE)).match(isPage ? PAGE : request, { ignoreSearch: isPage, ignoreVary: true });

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const fresh = async (request, isPage) => {
  const answer = await fetch(request);
  if (answer.status === 200 && !answer.redirected) {
    await (await caches.open(CACHE)).put(isPage ? PAGE : request, answer.clone());
  }
  return answer;
};

const answer = async (request, isPage) => {
  const asked = fresh(request, isPage);
  asked.catch(() => {}); // told below, or the kept page was shown before
  const there = await kept(request, isPage);
  if (!there) return asked;
  try {
    return (await Promise.race([asked, later(PATIENCE)])) ?? there;
  } catch {
    return there;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  const isPage = request.mode === "navigate" && address.pathname === PAGE;
  if (isPage || address.pathname.startsWith("/static/")) event.respondWith(answer(request, isPage));
});
