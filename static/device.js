// What a visitor has asked this browser to keep: saved studies and private notes. All of it is one entry in
// localStorage; nothing is there before the visitor has said yes, and nothing after "forget everything".
//
//   {"format": 1, "saved": [{"id": "NCT01234567", "on": "2026-11-23"}],
//    "notes": [{"key", "study", "part", "quote", "words", "on", "lang"?, "official"?}]}
//
// `on` is the day on which it was saved. Other scripts use `window.finderDevice` alone and hear of each change, their
// own and those of other tabs, by the event "finder:device" on the document.
(() => {
  const NAME = "ctd-trial-finder";
  const FORMAT = 1;
  const nothing = () => ({ format: FORMAT, saved: [], notes: [] });

  // Null where the browser has no storage for us, as in a sandboxed frame.
  const storage = (() => {
    try {
      return document.documentElement.classList.contains("framed") ? null : window.localStorage;
    } catch {
      return null;
    }
  })();

  const isList = (list, isOne) => Array.isArray(list) && list.every((one) => one && typeof one === "object" && isOne(one));
  const isText = (...texts) => texts.every((text) => typeof text === "string");
  const isOurs = (kept) =>
    kept?.format === FORMAT &&
    isList(kept.saved, ({ id, on }) => isText(id, on)) &&
    isList(kept.notes, ({ key, study, part, quote, words, on, lang = "", official = "" }) =>
      isText(key, study, part, quote, words, on, lang, official));

  const stored = () => {
    try {
      return storage?.getItem(NAME) ?? null;
    } catch {
      return null;
    }
  };

  // What is kept; null where nothing is kept yet, and where what is there is not in a form that we know.
  const read = () => {
    try {
      const kept = JSON.parse(stored());
      return isOurs(kept) ? kept : null;
    } catch {
      return null;
    }
  };

  const tell = () => document.dispatchEvent(new CustomEvent("finder:device"));

  // Asks whether to keep things here, once; resolves to whether they are kept. The dialog stands in the page.
  const ask = () =>
    new Promise((resolve) => {
      const dialog = document.getElementById("keep-ask");
      if (!storage || !dialog?.showModal) return resolve(false);
      if (stored() !== null) return resolve(true);
      dialog.returnValue = "";
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "keep"), { once: true });
      dialog.showModal();
    });

  const api = {
    /** Whether this browser can keep anything for us. */
    available: () => storage !== null,
    /** Whether the visitor has said that things may be kept here. */
    kept: () => stored() !== null,
    /** Whether something is kept that we cannot read: it is left alone until it is forgotten. */
    unreadable: () => stored() !== null && read() === null,
    /** What is kept, as a copy; lists are empty where nothing is. */
    read: () => read() ?? nothing(),
    /**
     * Ask first, where nothing is kept yet, then let `edit` change what is kept. Resolves to "kept"; "refused" where
     * the visitor does not want it; "full" where the browser has no room; "unreadable" as above: then nothing changed.
     */
    async change(edit) {
      if (!(await ask())) return "refused";
      if (api.unreadable()) return "unreadable";
      // Read anew: another tab may have written while the question stood. From here to the writing nothing waits, not
      // even for a lock: who follows a link at once after pressing "Save" must not lose what they saved.
      const kept = api.read();
      edit(kept);
      if (!isOurs(kept)) return "unreadable"; // never write what we could not read again
      try {
        storage.setItem(NAME, JSON.stringify(kept));
      } catch {
        return "full";
      }
      tell();
      return "kept";
    },
    /** Forget everything, the yes included. */
    forget() {
      try {
        storage?.removeItem(NAME);
      } catch {
        // A browser that refuses us its storage has nothing of ours.
      }
      tell();
    },
    /** Today in the visitor's own calendar, as 2026-11-23. */
    today() {
      const now = new Date();
      return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
    },
  };
  window.finderDevice = api;
  window.addEventListener("storage", ({ key }) => {
    if (key === NAME || key === null) tell();
  });
})();
