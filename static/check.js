// Only what htmx leaves open. The browser's own "back" goes one question back; nothing is kept but a number in the
// tab's history. Who leaves the page is asked first, for their answers stand nowhere else.
(() => {
  const page = () => document.getElementById("check-form");
  const trouble = (shown) => { document.getElementById("check-trouble").hidden = !shown; };
  let place = 0;
  let stepping = false;
  let leaving = false;
  let settled = true; // a form that htmx does not know yet would be sent by the browser itself, as a new page
  let waiting = null;
  history.replaceState({ check: 0 }, "");

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "check") return;
    trouble(false);
    settled = false;
    document.getElementById("check-heading").focus(); // by script: browsers heed no `autofocus` in a clinic's frame
    if (!stepping) history.pushState({ check: ++place }, "");
    stepping = false;
  });
  document.addEventListener("htmx:afterSettle", () => {
    settled = true;
    waiting?.();
    waiting = null;
  });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(name, () => { stepping = false; trouble(true); });
  }
  addEventListener("popstate", (event) => {
    const wanted = event.state?.check;
    if (wanted === undefined) return;
    if (settled) go(wanted);
    else waiting = () => go(wanted);
  });
  const go = (wanted) => {
    if (wanted === place) return;
    const back = page()?.querySelector('.check-top button[name="do"]');
    if (wanted < place && back) {
      stepping = true;
      place = wanted;
      back.click();
    } else {
      place = wanted;
    }
  };
  addEventListener("beforeunload", (event) => {
    if (!leaving && page()?.hasAttribute("data-answered")) event.preventDefault();
  });
  // Another language is another address: the whole page is sent there.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[formaction]");
    if (!button || !page()) return;
    event.preventDefault();
    leaving = true;
    const form = page();
    form.action = button.formAction;
    const chosen = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: button.value });
    form.append(chosen);
    form.submit();
  });
})();
