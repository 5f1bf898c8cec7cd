// Only what htmx leaves open: it notes the last address in the tab's storage (we keep nothing), and after the
// chosen link is gone from the page, the keyboard needs a place to go on from.
(() => {
  const forget = () => {
    try {
      sessionStorage.removeItem("htmx-current-path-for-history");
    } catch {
      // A frame in a clinic's page has no storage at all.
    }
  };
  forget();
  for (const event of ["htmx:pushedIntoHistory", "htmx:historyRestore", "htmx:afterSettle"]) {
    document.addEventListener(event, forget);
  }
  // A part of the list that does not come is shown as the page that the answer is: it says what to do.
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.requestConfig.verb === "get") location.assign(detail.pathInfo.finalRequestPath);
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (document.activeElement === document.body) {
      document.getElementById("results-heading")?.focus({ preventScroll: true });
    }
  });
})();
