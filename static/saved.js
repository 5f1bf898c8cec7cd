// The short list on this device: "Save" on cards and pages becomes a switch, and the page "Saved" shows what is kept.
// Without this script each of them is a link to a page whose address is the list.
(() => {
  const device = window.finderDevice;
  const words = document.getElementById("save-words")?.dataset;
  if (!device?.available() || !words) return;
  const ids = () => device.read().saved.map(({ id }) => id);

  // A link that leads away becomes a button that stays; it keeps where it led, for who wants nothing kept.
  const dress = () => {
    for (const link of document.querySelectorAll("a[data-save]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = link.className;
      button.dataset.save = link.dataset.save;
      button.dataset.address = link.href;
      if (link.target) button.dataset.target = link.target;
      button.append(...link.childNodes);
      const said = document.createElement("span"); // there before it speaks: else it may not be heard
      said.className = "said quiet";
      said.setAttribute("role", "status");
      link.replaceWith(button, said);
    }
  };
  const refresh = () => {
    dress();
    const saved = new Set(ids());
    for (const button of document.querySelectorAll("button[data-save]")) {
      const on = saved.has(button.dataset.save);
      button.setAttribute("aria-pressed", String(on));
      button.querySelector("[data-save-word]").textContent = on ? words.saved : words.save;
    }
    for (const place of document.querySelectorAll("[data-saved-count]")) place.textContent = saved.size ? `\u00a0(${saved.size})` : "";
  };
  // Who wants nothing kept: what was wanted on this page, as a list in an address.
  const wanted = new Set();
  const offerAddress = (button) => {
    wanted.add(button.dataset.save);
    const link = Object.assign(document.createElement("a"), { textContent: words.address, rel: "nofollow" });
    link.href = button.dataset.address.replace(/ids=.*/, `ids=${[...wanted].join(",")}`);
    if (button.dataset.target) Object.assign(link, { target: button.dataset.target, rel: "noopener nofollow" });
    button.nextElementSibling.append(" ", link);
  };
  const add = (kept, ids) => {
    for (const id of ids) {
      if (!kept.saved.some((one) => one.id === id)) kept.saved.push({ id, on: device.today() });
    }
  };
  const without = (kept, id) => { kept.saved = kept.saved.filter((one) => one.id !== id); };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-save]");
    if (!button) return;
    const id = button.dataset.save;
    const had = ids().includes(id);
    const outcome = await device.change((kept) => (had ? without(kept, id) : add(kept, [id])));
    button.nextElementSibling.textContent = outcome === "kept" ? "" : words[outcome];
    if (outcome === "refused") offerAddress(button);
  });

  const list = document.getElementById("saved-list");
  const shared = list?.dataset.ids ?? "";
  const batches = document.querySelector("[data-batches]");
  let said = "";
  const tell = (text) => {
    said = text;
    const place = document.querySelector("[data-saved-said]");
    place.hidden = !text;
    place.textContent = text;
  };
  let shows = 0;
  let batch = 0;
  // The newest first, as many as a page shows. Of two answers under way the later one counts.
  const showList = async () => {
    const mine = ++shows;
    const all = device.read().saved.reverse();
    const most = Number(list.dataset.most);
    batch = Math.max(0, Math.min(batch, Math.ceil(all.length / most) - 1));
    const saved = all.slice(batch * most, (batch + 1) * most);
    document.querySelector("[data-kept-here]").hidden = !device.kept();
    if (shared) {
      const has = shared.split(",").every((id) => all.some((one) => one.id === id));
      document.querySelector('[data-when="shared"]').hidden = has && device.kept();
      return;
    }
    const query = new URLSearchParams({ ids: saved.map(({ id }) => id), since: saved.map(({ on }) => on) });
    try {
      const answer = await fetch(`${list.dataset.address}?${query}`, { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(answer.status);
      const text = await answer.text();
      if (mine !== shows) return;
      if (said === words.away) tell("");
      list.innerHTML = text;
      batches.hidden = all.length <= most;
      batches.querySelector("[data-fill]").textContent = all.length;
      for (const button of batches.querySelectorAll("[data-batch]")) {
        const other = batch + Number(button.dataset.batch);
        button.disabled = other < 0 || other * most >= all.length;
      }
      list.querySelector(".saved-where")?.remove(); // here the list is on the device, not in the address
      document.dispatchEvent(new CustomEvent("finder:cards"));
    } catch {
      tell(words.away);
    }
  };
  if (list) {
    list.addEventListener("click", async (event) => {
      const link = event.target.closest?.("[data-take-off]");
      if (!link || shared) return;
      event.preventDefault();
      await device.change((kept) => without(kept, link.dataset.takeOff));
      await showList();
      (document.getElementById("saved-heading") ?? document.getElementById("saved-number")).focus();
    });
    batches.addEventListener("click", async ({ target }) => {
      if (!target.dataset.batch) return;
      batch += Number(target.dataset.batch);
      await showList();
      document.getElementById("saved-heading")?.focus();
    });
    document.querySelector("[data-keep-all]")?.addEventListener("click", async (event) => {
      const outcome = await device.change((kept) => add(kept, shared.split(",")));
      if (outcome !== "kept" && outcome !== "refused") tell(words[outcome]);
    });
    // A number that is typed goes onto the device's list, once there is one. "nct 0123 4567" is one, too.
    const NUMBER = /\bNCT[\s-]*(?:\d[\s-]?){7}\d\b|\bHAND-\d{5,}\b/gi;
    const form = document.querySelector(".saved-add");
    form?.addEventListener("submit", (event) => {
      if (shared || !device.kept()) return;
      event.preventDefault();
      const field = document.getElementById("saved-number");
      const numbers = (field.value.match(NUMBER) ?? []).map((text) => text.toUpperCase());
      const unread = field.value.replace(NUMBER, ",").split(/[\s,;]+/).filter(Boolean);
      tell(unread.length ? form.dataset.unread.replace("{}", () => unread.join(", ").slice(0, 80)) : "");
      if (!numbers.length) return field.focus();
      const typed = numbers.map((text) => (text.startsWith("NCT") ? text.replace(/[\s-]/g, "") : text));
      device.change((kept) => add(kept, typed)).then((outcome) => {
        if (outcome === "kept") field.value = "";
        else tell(words[outcome]);
      });
    });
  }
  const renew = () => {
    refresh();
    if (list && (device.kept() || !shared)) showList();
  };
  document.addEventListener("finder:device", renew);
  document.addEventListener("htmx:afterSwap", refresh);
  document.addEventListener("htmx:historyRestore", refresh);
  refresh();
  if (list) {
    if (shared) document.querySelector('[data-when="shared"]').hidden = false;
    if (device.kept()) showList();
  }
})();
