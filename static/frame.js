// In a clinic's page: tells that page how tall this one is, and nothing else, and only where the clinic may show us.
(() => {
  if (parent === window) return;
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  // The frame is as tall as its page, so that a jump within the page must move the clinic's.
  const jump = () => document.querySelector(":target")?.scrollIntoView();
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) {
      document.documentElement.classList.add("whole"); // all that is folded, too: there is paper enough
      print();
      document.documentElement.classList.remove("whole");
    }
    if (event.target.closest?.('a[href^="#"]')) setTimeout(jump);
  });
  const allowed = document.body.dataset.origins.split(" ");
  const admits = (origin) => allowed.some((one) => {
    const [scheme, below] = one.split("*");
    return below ? origin.startsWith(scheme) && origin.endsWith(below) : one === origin;
  });
  let asker = "";
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.offsetHeight);
    if (!asker || height === told) return;
    told = height;
    parent.postMessage({ ctdTrialFinder: { height } }, asker);
  };
  addEventListener("message", (event) => {
    if (event.source !== parent || event.data !== "ctd-trial-finder:height" || !admits(event.origin)) return;
    asker = event.origin;
    told = 0;
    tell();
  });
  new ResizeObserver(tell).observe(document.documentElement);
})();
