// The scripts of the short list, once somebody has a list or presses "Save": most visits need none of them.
(() => {
  const { scripts } = document.currentScript.dataset;
  let asked = false; // until they are here, each "Save" stays the link that it is
  const load = (then, away) => {
    asked = true;
    for (const src of scripts.split(" ")) {
      if (document.querySelector(`script[src="${src}"]`)) continue;
      const script = Object.assign(document.createElement("script"), { src, async: false });
      if (src === scripts.split(" ").at(-1)) script.addEventListener("load", then);
      script.addEventListener("error", () => {
        script.remove();
        asked = false;
        if (away) location.assign(away);
      });
      document.head.append(script);
    }
  };
  const keeps = () => {
    try {
      return localStorage.length > 0;
    } catch {
      return false; // no storage: each "Save" is a link to a list in an address
    }
  };
  if (keeps()) load(() => {});
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-save]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (asked) return; // they are on their way
    load(() => {
      const button = document.querySelector(`button[data-save="${link.dataset.save}"]`);
      if (button) {
        button.focus();
        button.click();
      } else {
        location.assign(link.href);
      }
    }, link.href);
  });
  // Another tab may begin a list.
  addEventListener("storage", () => asked || load(() => {}));
})();
