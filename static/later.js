// Scripts that a page needs only once something is unfolded: fetched then, each once, in their order.
(() => {
  if (!window.finderDevice?.available()) return;
  const asked = new Set();
  for (const fold of document.querySelectorAll("details[data-scripts]")) {
    fold.addEventListener("toggle", () => {
      for (const src of fold.dataset.scripts.split(" ")) {
        if (asked.has(src)) continue;
        asked.add(src);
        const script = Object.assign(document.createElement("script"), { src, async: false });
        script.addEventListener("load", () => { fold.dataset.ready = src; }); // the last one stays
        document.head.append(script);
      }
    }, { once: true });
    fold.closest("section").hidden = false;
  }
})();
