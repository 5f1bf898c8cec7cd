// What comes from outside, a file or an opened link, into what this device keeps: checked to the letter, then added
// without doubles. Nothing that is kept already is changed or lost.
(() => {
  const LIMITS = { saved: 1000, notes: 5000, words: 10_000, quote: 2000 };
  const DAY = /^\d{4}-\d{2}-\d{2}$/;
  const STUDY = /^(NCT\d{8}|HAND-\d{5,28})$/;
  const matches = (shape, text) => typeof text === "string" && shape.test(text);
  const isText = (text, longest) => typeof text === "string" && text.length <= longest;

  const isSaved = (one) => matches(STUDY, one?.id) && matches(DAY, one.on);
  const isNote = (one) =>
    matches(/^[\w-]{1,64}$/, one?.key) && matches(STUDY, one.study) && matches(/^[a-z]+:[\w-]{1,64}$/, one.part) &&
    matches(DAY, one.on) && isText(one.quote, LIMITS.quote) && isText(one.words, LIMITS.words) && one.words.trim() !== "" &&
    matches(/^([a-z]{2,3}(-[a-z0-9]{2,8})*)?$/i, one.lang ?? "") && isText(one.official ?? "", LIMITS.quote);
  const isList = (list, longest, isOne) => Array.isArray(list) && list.length <= longest && list.every(isOne);

  const NOTE = ["key", "study", "part", "quote", "words", "on", "lang", "official"];
  const only = (names, one) => Object.fromEntries(names.filter((name) => (one[name] ?? null) !== null).map((name) => [name, one[name]]));
  const same = (one, other) => ["study", "part", "quote", "words"].every((name) => one[name] === other[name]);
  const fresh = (key, taken) => {
    for (let number = 2; ; number++) if (!taken.has(`${key.slice(0, 50)}-${number}`)) return `${key.slice(0, 50)}-${number}`;
  };

  window.finderKept = {
    /** `{kept}`, or `{problem}`: "broken" (no text of ours), "newer" (of a later form than this one). */
    parse(text) {
      let kept;
      try {
        kept = JSON.parse(text);
      } catch {
        return { problem: "broken" };
      }
      if (Number.isInteger(kept?.format) && kept.format > 1) return { problem: "newer" };
      const sound = kept?.format === 1 && isList(kept.saved, LIMITS.saved, isSaved) && isList(kept.notes, LIMITS.notes, isNote);
      if (!sound) return { problem: "broken" };
      const saved = kept.saved.map((one) => only(["id", "on"], one));
      return { kept: { format: 1, saved, notes: kept.notes.map((one) => only(NOTE, one)) } };
    },
    /** Adds what `kept` does not have yet, and returns how much that was. */
    merge(kept, other) {
      const added = { saved: 0, notes: 0 };
      const ids = new Set(kept.saved.map(({ id }) => id));
      for (const one of other.saved) {
        if (ids.has(one.id)) continue;
        ids.add(one.id);
        kept.saved.push(one);
        added.saved++;
      }
      const keys = new Set(kept.notes.map(({ key }) => key));
      for (const note of other.notes) {
        if (kept.notes.some((one) => same(one, note))) continue;
        // The same note with other words: both stay.
        const key = keys.has(note.key) ? fresh(note.key, keys) : note.key;
        keys.add(key);
        kept.notes.push({ ...note, key });
        added.notes++;
      }
      return added;
    },
    /** Gives a text to the visitor as a file. */
    download(name, text, type) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
      link.download = name;
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // milliseconds
    },
  };
})();
