// Puts the trial finder into a page: <script src="…/embed.js" data-key="…" async></script>
// It makes a frame as tall as what is in it. It sets no cookie, keeps nothing and learns nothing but that height.
(() => {
  const script = document.currentScript;
  const { key, title = "Trial finder", skip = "Skip the trial finder", open = "Open the trial finder in a new tab",
    trouble = "The trial finder cannot be shown on this page.", why = "Why? (for the web editor)" } = script.dataset;
  const root = `${new URL(script.src).origin}/embed/${encodeURIComponent(key)}/`;
  const make = (name, values, parent) => {
    const made = Object.assign(document.createElement(name), values);
    parent?.append(made);
    return made;
  };
  const link = (href, text, parent) => make("a", { href, target: "_blank", rel: "noopener", textContent: text }, parent);

  const box = make("div", { className: "ctd-trial-finder" });
  const after = make("p", { tabIndex: -1 });
  // Whoever goes by keyboard need not go through every link of the frame.
  const past = make("button", { type: "button", textContent: skip }, box);
  const shown = (yes) => { past.style.cssText = yes ? "" : "position:absolute;clip-path:inset(50%)"; };
  past.addEventListener("focus", () => shown(true));
  past.addEventListener("blur", () => shown(false));
  past.addEventListener("click", () => after.focus());
  shown(false);

  const frame = make("iframe", { title, loading: "lazy", referrerPolicy: "strict-origin" }, box);
  frame.setAttribute("sandbox", "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals");
  frame.style.cssText = "display:block;width:100%;border:0;height:640px";
  link(root, open, after);
  box.append(after);

  let answered = false;
  let loads = 0;
  let tall = 640; // pixels
  frame.addEventListener("load", () => {
    answered = false;
    frame.contentWindow.postMessage("ctd-trial-finder:height", "*");
    // A new page begins at its top, where a long one before it was scrolled.
    if (loads++ && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
    setTimeout(() => {
      if (answered || after.dataset.told) return;
      after.dataset.told = "yes";
      past.hidden = true;
      after.prepend(`${trouble} `);
      after.append(" · ");
      link(`${root}why/?origin=${encodeURIComponent(location.origin)}`, why, after);
      frame.hidden = true;
      frame.style.display = "none";
    }, 4000);
  });
  addEventListener("message", (event) => {
    const height = event.source === frame.contentWindow && Number(event.data?.ctdTrialFinder?.height);
    if (!height) return;
    answered = true;
    const before = frame.getBoundingClientRect();
    tall = Math.min(height, 60000);
    frame.style.height = `${tall}px`;
    // The page became shorter while somebody was far down in it: lead them to where it begins.
    if (before.top < 0 && before.top + tall < innerHeight / 2) frame.scrollIntoView();
  });
  // Paper is narrower than a screen and its letters are smaller: together that takes a tenth more at most.
  addEventListener("beforeprint", () => { frame.style.height = `${tall * 1.1}px`; });
  addEventListener("afterprint", () => { frame.style.height = `${tall}px`; });
  frame.src = root;
  script.before(box);
})();
