// Forms of meetings that are kept on this device (IndexedDB) until the server has them, each for the person who filled
// it in. Signing out deletes that person's, after a warning where one is not sent yet, and the page kept for no connection.
"use strict";

const fieldKept = (() => {
  const NAME = "lakthan-field";
  const STORE = "forms";

  const open = () =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  const act = async (mode, what) => {
    const database = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(STORE, mode);
        const asked = what(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve(asked.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  };

  const kept = {
    put: (form) => act("readwrite", (store) => store.put(form)),
    get: (key) => act("readonly", (store) => store.get(key)),
    drop: (key) => act("readwrite", (store) => store.delete(key)),
    of: async (person) => (await act("readonly", (store) => store.getAll())).filter((form) => form.person === person),
    exists: async () =>
      !indexedDB.databases || (await indexedDB.databases()).some((database) => database.name === NAME),
  };

  for (const form of document.querySelectorAll("form[data-signs-out]")) {
    form.addEventListener("submit", async (event) => {
      if (form.dataset.isClear) return;
      event.preventDefault();
      try {
        const person = `user:${form.dataset.signsOut}`;
        const mine = (await kept.exists()) ? await kept.of(person) : [];
        if (mine.some((one) => one.state !== "draft" || one.isTouched) && !window.confirm(form.dataset.warning)) return;
        for (const one of mine) await kept.drop(one.key);
        await caches.delete(NAME);
      } catch {
        // a browser that keeps nothing has nothing to delete
      }
      form.dataset.isClear = "yes";
      form.requestSubmit();
    });
  }
  return kept;
})();
