// In a clinic's page: tells that page how tall this one is, and nothing else, and only where the clinic may show us.
(() => {
  if (parent === window) return;
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  // The frame is as tall as its page, so that a jump within the page must move the clinic's.
  const jump = () => document.querySelector(":target")?.scrollIntoView();
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) {
      fitted(false);
      addEventListener("afterprint", () => fitted(asker), { once: true });
      print();
    }
    if (event.target.closest?.('a[href^="#"]')) setTimeout(jump);
  });
  const allowed = document.body.dataset.origins.split(" ");
  const admits = (origin) => allowed.some((one) => {
    const [scheme, below] = one.split("*");
    return below ? origin.startsWith(scheme) && origin.endsWith(below) : one === origin;
  });
  // Printed with the clinic's page, it must fit the room that it has there; printed alone, all that is folded opens.
  const fitted = (yes) => document.documentElement.classList.toggle("fitted", Boolean(yes));
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
    fitted(true);
    if (location.hash) setTimeout(jump, 200); // milliseconds: when the frame has become as tall as that
  });
  new ResizeObserver(tell).observe(document.documentElement);
})();
