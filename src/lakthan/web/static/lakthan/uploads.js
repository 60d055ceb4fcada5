// An upload under way: looks again every two seconds, and shows the page anew once it is through. Without it a link does.
"use strict";

(() => {
  const look = async () => {
    const here = document.getElementById("under-way");
    try {
      const answer = await fetch(location.href, { headers: { "Cache-Control": "no-cache" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("under-way");
      if (!answer.ok || !now) return location.reload();
      if (!here.contains(document.activeElement)) here.replaceWith(now);
    } catch {
      // no connection: the next look may have one
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
})();
