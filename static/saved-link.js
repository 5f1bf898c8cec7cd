// A link, or a file, that holds the list and the notes of this device, locked with a passcode. All of it happens here;
// nothing is sent. The fields have no names and the form goes nowhere, so that a passcode cannot get into an address.
(() => {
  const device = window.finderDevice;
  const { finderPasscode: passcodes, finderGuesses: guesses } = window;
  const place = document.getElementById("saved-link");
  if (!device?.available() || !place || !passcodes) return;
  const WEAK_SECONDS = 86_400; // what is guessed within a day protects nothing
  const LONG_LINK = 2000; // characters: about where mail programs begin to cut
  const form = place.querySelector("form");
  const first = document.getElementById("link-passcode");
  const again = document.getElementById("link-again");
  const meter = document.getElementById("link-meter");
  const made = place.querySelector('[data-link="made"]');
  const one = (name) => place.querySelector(`[data-link="${name}"]`);
  const words = (attribute, name) => place.querySelector(`template[data-${attribute}="${name}"]`)?.content.textContent ?? "";
  const advice = meter.textContent;
  let locked = "";

  const refresh = () => {
    const kept = device.read();
    const state = !passcodes.available() ? "insecure" : kept.saved.length || kept.notes.length ? "ready" : "empty";
    for (const part of place.querySelectorAll("[data-link-when]")) part.hidden = part.dataset.linkWhen !== state;
    for (const name of ["saved", "notes"]) {
      place.querySelector(`[data-number="${name}"]`).textContent = kept[name].length.toLocaleString(document.documentElement.lang);
    }
    if (state !== "ready") { made.hidden = true; locked = ""; }
  };

  const holds = ({ seconds, why }) => {
    const steps = [...place.querySelectorAll("template[data-holds]")];
    const step = steps.find((found) => seconds < Number(found.dataset.holds)) ?? steps.at(-1);
    return [step.content.textContent, why && seconds < 6.3e9 ? words("why", why) : "", words("why", "estimate")].filter(Boolean).join(" ");
  };
  const measure = () => {
    const passcode = passcodes.normal(first.value);
    meter.textContent = passcode ? holds(guesses(passcode)) : advice;
  };
  const trouble = (...sentences) => {
    const problem = form.querySelector(".problem");
    problem.textContent = sentences.filter(Boolean).join(" ");
    problem.hidden = !problem.textContent;
  };
  const show = (yes) => {
    first.type = again.type = yes ? "text" : "password";
    one("show").setAttribute("aria-pressed", String(yes));
    one("show").textContent = words("link-said", yes ? "hide" : "show");
    again.parentElement.hidden = yes; // what one can see need not be typed twice
  };

  const chosen = () => {
    const kept = device.read();
    for (const box of form.querySelectorAll("[data-in]")) if (!box.checked) kept[box.dataset.in] = [];
    return kept;
  };
  const wrong = (kept, passcode) => {
    if (!kept.saved.length && !kept.notes.length) return trouble(words("link-said", "nothing")) ?? true;
    if (!passcode) return first.focus() ?? trouble(words("link-said", "missing")) ?? true;
    const found = guesses(passcode);
    if (found.seconds < WEAK_SECONDS) return first.focus() ?? trouble(words("link-said", "weak"), words("why", found.why)) ?? true;
    if (first.type === "password" && passcode !== passcodes.normal(again.value)) {
      return again.focus() ?? trouble(words("link-said", "unequal")) ?? true;
    }
    return false;
  };
  const lock = async () => {
    trouble();
    made.hidden = true;
    const kept = chosen();
    const passcode = passcodes.normal(first.value);
    if (wrong(kept, passcode)) return;
    one("working").textContent = words("link-said", "working");
    try {
      locked = await passcodes.lock(JSON.stringify(kept), passcode);
    } catch {
      return trouble(words("link-said", "failed"));
    } finally {
      one("working").textContent = "";
    }
    const link = `${one("address").href}#${locked}`;
    document.getElementById("link-text").textContent = link;
    made.querySelector('[data-fill="long"]').textContent = link.length.toLocaleString(document.documentElement.lang);
    one("long").hidden = link.length <= LONG_LINK;
    made.querySelector("[role=status]").textContent = "";
    made.hidden = false;
    made.focus();
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); lock(); });
  first.addEventListener("input", measure);
  one("show").addEventListener("click", () => show(first.type === "password"));
  one("chance").addEventListener("click", () => {
    first.value = again.value = window.finderPasscodeByChance();
    show(true);
    measure();
    first.focus();
  });
  one("file").addEventListener("click", () => window.finderKept.download("trial-finder-locked.txt", locked, "text/plain"));
  // A link that was made before something changed would hold less than one thinks.
  document.addEventListener("finder:device", () => { refresh(); made.hidden = true; });
  for (const box of form.querySelectorAll("[data-in]")) box.addEventListener("change", () => { made.hidden = true; });
  refresh();
})();
