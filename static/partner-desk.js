// The admin's page of a clinic: what is typed shows in the preview, and whether its colour can be read.
(() => {
  const WAIT_MS = 400;
  const start = () => {
    const box = document.getElementById("partner-preview");
    const form = box?.closest("form");
    if (!form) return;
    const NAMES = ["name", "language", "shows", "accent", "conditions", "near", "radius_km", "own_sites", "own_sites_first"];
    const typed = () => {
      const given = new URLSearchParams({ key: box.dataset.key });
      for (const [name, value] of new FormData(form)) if (NAMES.includes(name)) given.append(name, value);
      return given;
    };
    let shown = "";
    const show = async () => {
      const given = typed();
      if (`${given}` === shown) return;
      shown = `${given}`;
      for (const frame of box.querySelectorAll("iframe")) frame.src = `${box.dataset.address}?${given}`;
      const answer = await fetch(`${box.dataset.contrast}?${new URLSearchParams({ accent: given.get("accent") ?? "" })}`);
      if (answer.ok) document.getElementById("partner-contrast").textContent = (await answer.text()).trim();
    };
    let timer;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(show, WAIT_MS);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    window.django?.jQuery?.(form).on("change", later); // the list of conditions tells jQuery alone
    show();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
