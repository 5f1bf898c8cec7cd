// A visitor's own notes on studies. They are kept by device.js in this browser alone, and stand beside the sentence that
// they are about: on the page of a study, on the papers for the doctor, and all together on the page of what is saved.
//
// A note names its part ("criterion:I3", "limit:1", "section:where") and holds the words that stood there (`quote`), with
// the language of that page (`lang`) and, of a rule, its official words (`official`), which are the same in all languages.
// All that a note holds is put into pages as text. The words around it come from _notes_words.html.
(() => {
  const device = window.finderDevice;
  const ours = document.getElementById("notes-words");
  if (!device?.available() || !ours) return;
  const LONGEST = 10000; // characters of a note
  const LONGEST_QUOTE = 2000; // characters; of a longer one the beginning is kept
  const NAMED = 60; // characters by which a screen reader knows what a button is about
  const language = document.documentElement.lang;

  const made = (name) => ours.querySelector(`[data-made="${name}"]`).content.cloneNode(true).firstElementChild;
  const fill = (element, name, text) => {
    for (const place of element.querySelectorAll(`[data-fill="${name}"]`)) place.textContent = text;
  };
  const piece = (element, name) => element.querySelector(`[data-part-of="${name}"]`);
  const short = (text) => (text.length > NAMED ? `${text.slice(0, NAMED).trim()}…` : text);
  const numbered = (number) => number.toLocaleString(language);
  const dated = (on) => {
    const [year, month, day] = on.split("-").map(Number);
    const date = new Date(year, month - 1, day);
    return Number.isNaN(date.getTime()) ? on : date.toLocaleDateString(language === "en" ? "en-GB" : language, { dateStyle: "long" });
  };
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");

  // Where words stand -----------------------------------------------------------------------------------------------

  const SKIPPED = ".my-notes, .note-write, .tag, summary, script, template";
  const isRule = (part) => part.matches("li, tr");

  // The text nodes of a part that count. A rule does not count those beneath it; `folded` counts what can be unfolded.
  const textNodes = (part, folded) => {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT, ({ parentElement }) => {
      if (parentElement.closest(SKIPPED)) return NodeFilter.FILTER_REJECT;
      if (isRule(part) && parentElement.closest("[data-part]") !== part) return NodeFilter.FILTER_REJECT;
      return !folded && part.contains(parentElement.closest("details")) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    });
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  };

  // Words without their spaces and capitals: these change with every change of the layout.
  const bare = (text) => text.replace(/\s+/g, "").replace(/[^]/g, (one) => one.toLowerCase()); // one by one: no final sigma

  // The range in which the words stand in the part, wherever elements begin and end there; null if they do not.
  const find = (part, quote) => {
    const wanted = bare(quote);
    if (!part || !wanted) return null;
    for (const folded of [false, true]) {
      let text = "";
      const at = [];
      for (const node of textNodes(part, folded)) {
        for (let offset = 0; offset < node.data.length; offset++) {
          for (const unit of bare(node.data[offset])) { text += unit; at.push([node, offset]); }
        }
      }
      const start = text.indexOf(wanted);
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(...at[start]);
      const [last, offset] = at[start + wanted.length - 1];
      range.setEnd(last, offset + 1);
      return range;
    }
    return null;
  };

  // What a range holds of a part, as one line.
  const wordsIn = (part, range) => {
    let text = "";
    let block = null;
    for (const node of textNodes(part, true)) {
      if (!range.intersectsNode(node) || !(node.parentElement.checkVisibility?.() ?? true)) continue;
      const start = node === range.startContainer ? range.startOffset : 0;
      const end = node === range.endContainer ? range.endOffset : node.data.length;
      const home = node.parentElement.closest("p, li, dd, dt, td, th, h2, h3, h4, summary, q");
      text += (home === block ? "" : " ") + node.data.slice(start, end);
      block = home;
    }
    return text.replace(/\s+/g, " ").trim().slice(0, LONGEST_QUOTE);
  };

  const wordsOf = (part, elements) => {
    const range = document.createRange();
    return [...elements].map((element) => { range.selectNodeContents(element); return wordsIn(part, range); })
      .join(" ").trim().slice(0, LONGEST_QUOTE);
  };

  const partNamed = (root, name) => root.querySelector(`[data-part="${CSS.escape(name)}"]`);

  // Where a note belongs on this page: its part, if there is one, where its words stand in it, and whether the text has
  // changed. The numbers of rules move when the registry adds one, so that the words are looked for in the others, too.
  // On the page in another language the official words alone can tell; where there are none, nothing is claimed.
  const whereIs = (root, note) => {
    const part = partNamed(root, note.part);
    const range = find(part, note.quote);
    if (range) return { part, range, changed: false };
    const foreign = note.lang && note.lang !== language;
    if (foreign && note.official && find(part, note.official)) return { part, range: null, changed: false };
    if (!note.part.startsWith("section:")) {
      for (const other of root.querySelectorAll("li[data-part], tr[data-part]")) {
        const moved = find(other, note.quote);
        if (moved || (foreign && note.official && find(other, note.official))) return { part: other, range: moved, changed: false };
      }
    }
    return { part, range: null, changed: !foreign || Boolean(note.official) || !part };
  };

  // One note ----------------------------------------------------------------------------------------------------------

  const shown = (element, note, { changed, quoted }) => {
    fill(element, "words", note.words);
    fill(element, "quote", note.quote);
    fill(element, "on", dated(note.on));
    fill(element, "named", `: ${short(note.words)}`);
    for (const quote of element.querySelectorAll("q")) quote.lang = note.lang || "";
    piece(element, "changed").hidden = !changed;
    piece(element, "about").hidden = changed || !quoted || !note.quote;
  };

  const sentence = (form, name, values = {}) => {
    const said = ours.querySelector(`[data-made="said-${name}"]`).content.cloneNode(true);
    for (const [key, value] of Object.entries(values)) fill(said, key, value);
    const problem = form.querySelector(".problem");
    problem.replaceChildren(said);
    problem.hidden = false;
  };

  // The form for a note, new or stored. `done` hears of the end: "cancel", "kept" or "both".
  const formFor = (note, done) => {
    const form = made("form");
    const field = form.querySelector("textarea");
    field.value = note.words;
    form.opened = note.words;
    form.querySelector(".problem").hidden = true;
    fill(form, "about", note.quote ? `: ${short(note.quote)}` : "");
    const save = async () => {
      const words = field.value;
      if (!words.trim()) return sentence(form, "empty");
      if (words.length > LONGEST) return sentence(form, "long", { most: numbered(LONGEST), long: numbered(words.length) });
      let both = false;
      const result = await device.change((kept) => {
        const stored = kept.notes.find(({ key }) => key === note.key);
        both = Boolean(stored && stored.words !== form.opened && stored.words !== words);
        if (stored && !both) stored.words = words;
        else kept.notes.push({ ...note, words, key: both ? newKey() : note.key, on: device.today() });
      });
      if (result !== "kept") return sentence(form, result);
      done(both ? "both" : "kept");
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
    form.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing && field.value === form.opened) done("cancel"); });
    form.querySelector('[data-do="cancel"]').addEventListener("click", () => done("cancel"));
    return form;
  };

  addEventListener("beforeunload", (event) => {
    const open = [...document.querySelectorAll(".note-form")];
    if (open.some((form) => form.querySelector("textarea").value !== form.opened)) event.preventDefault();
  });

  // A note as it stands in a page, which can be edited and deleted there. `quoted`: its words are not beside it.
  const boxOf = (note, state) => {
    const element = made("note");
    const box = { element, busy: false, note };
    box.update = (now, how) => {
      box.note = now;
      shown(element, now, how);
      const link = piece(element, "place");
      link.hidden = !how.url;
      if (how.url) link.href = how.url;
    };
    const swap = (other) => {
      element.replaceChildren(...other);
      box.busy = true;
    };
    const rest = [...element.childNodes];
    const back = () => {
      element.replaceChildren(...rest);
      box.busy = false;
    };
    element.querySelector('[data-do="edit"]').addEventListener("click", () => {
      const form = formFor(box.note, (how) => {
        back();
        document.dispatchEvent(new CustomEvent("finder:notes"));
        element.focus();
        piece(element, "both").hidden = how !== "both";
      });
      swap([form]);
      form.querySelector("textarea").focus();
    });
    element.querySelector('[data-do="delete"]').addEventListener("click", async () => {
      const held = box.note;
      box.busy = true;
      const result = await device.change((kept) => { kept.notes = kept.notes.filter(({ key }) => key !== held.key); });
      if (result !== "kept") { box.busy = false; return; }
      const gone = made("gone");
      swap([...gone.childNodes]);
      element.setAttribute("role", "group");
      element.setAttribute("aria-label", gone.getAttribute("aria-label"));
      const undo = element.querySelector('[data-do="undo"]');
      undo.addEventListener("click", async () => {
        const undone = await device.change((kept) => {
          if (!kept.notes.some(({ key }) => key === held.key)) kept.notes.push(held);
        });
        if (undone !== "kept") return;
        element.removeAttribute("role");
        element.removeAttribute("aria-label");
        back();
        document.dispatchEvent(new CustomEvent("finder:notes"));
        element.focus();
      });
      undo.focus();
    });
    box.update(note, state);
    return box;
  };

  // Keeps the boxes of a page as the device's notes are. `hostOf` gives each note its place and how it is told there.
  const keeper = (notesNow, hostOf, after) => {
    const boxes = new Map();
    const refresh = () => {
      const notes = notesNow();
      for (const [key, box] of boxes) {
        if (!box.busy && !notes.some((note) => note.key === key)) { box.element.remove(); boxes.delete(key); }
      }
      for (const note of notes) {
        const { host, ...how } = hostOf(note);
        const box = boxes.get(note.key);
        if (box?.busy) continue;
        if (box) {
          box.update(note, how);
          if (box.element.parentElement !== host) host.append(box.element);
        } else {
          const fresh = boxOf(note, how);
          fresh.element.id = `note-${note.key}`;
          boxes.set(note.key, fresh);
          host.append(fresh.element);
        }
      }
      after?.(notes, boxes);
    };
    document.addEventListener("finder:device", refresh);
    document.addEventListener("finder:notes", refresh);
    refresh();
    return refresh;
  };

  // The page of a study -------------------------------------------------------------------------------------------------

  const onStudy = (article, top) => {
    const study = article.dataset.nctId;
    for (const section of article.querySelectorAll("section[aria-labelledby]")) {
      const name = section.getAttribute("aria-labelledby");
      if (section !== top && name !== "words") section.dataset.part = `section:${name}`;
    }
    const headOf = (part) => (isRule(part) ? part.querySelector(":scope > .rule") : part.querySelector("h2"));
    const wholeOf = (part) => {
      const said = isRule(part) ? [] : part.querySelectorAll("[data-words]");
      return wordsOf(part, said.length ? said : [headOf(part)]);
    };
    const officialOf = (part) => {
      if (!isRule(part)) return undefined;
      const official = part.querySelectorAll(":scope > .wording q, :scope > .rule > [lang=en]");
      return [...official].map((one) => one.textContent).join(" ").replace(/\s+/g, " ").trim().slice(0, LONGEST_QUOTE) || undefined;
    };
    const hostIn = (part) => {
      const there = part.querySelector(":scope > .my-notes");
      if (there) return there;
      const host = document.createElement("div");
      host.className = "my-notes";
      if (!isRule(part)) part.querySelector(":scope > .note-write").after(host);
      else if (part.querySelector(":scope > div")) part.querySelector(":scope > div").before(host);
      else part.append(host);
      return host;
    };

    const write = (part, quote, from) => {
      const host = hostIn(part);
      const open = host.querySelector(":scope > .note-form textarea");
      if (open) return open.focus();
      const note = { key: newKey(), study, part: part.dataset.part, quote, words: "", on: device.today(), lang: language };
      const official = officialOf(part);
      if (official) note.official = official;
      const form = formFor(note, (how) => {
        form.remove();
        refresh();
        if (how === "cancel") from?.focus();
        else document.getElementById(`note-${note.key}`)?.focus();
      });
      host.append(form);
      form.querySelector("textarea").focus();
    };

    for (const part of article.querySelectorAll("[data-part]")) {
      const button = made("write");
      fill(button, "about", `: ${short(wordsOf(part, [headOf(part)]))}`);
      button.addEventListener("click", () => write(part, wholeOf(part), button));
      headOf(part).after(button);
    }

    // Beside words that are selected, with a mouse or a finger.
    const float = made("float");
    float.hidden = true;
    document.body.append(float);
    let chosen = null;
    const partOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-part]");
    const look = () => {
      chosen = null;
      float.hidden = true;
      const selection = getSelection();
      if (!selection.rangeCount || selection.isCollapsed) return;
      const range = selection.getRangeAt(0).cloneRange();
      const part = partOf(range.startContainer);
      if (!part || !article.contains(part) || range.startContainer.parentElement?.closest(".my-notes, form")) return;
      const quote = wordsIn(part, range);
      if (!find(part, quote)) return; // across folded words, or nothing but spaces
      chosen = { part, quote };
      const { bottom, left } = range.getBoundingClientRect();
      float.hidden = false;
      float.style.setProperty("top", `${scrollY + bottom + 10}px`);
      float.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - float.offsetWidth - 12))}px`);
    };
    let timer = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 250); // milliseconds: while a finger still pulls, it would jump about
    });
    float.addEventListener("pointerdown", (event) => event.preventDefault()); // else the selection is gone before the click
    float.addEventListener("click", () => {
      if (!chosen) return;
      const { part, quote } = chosen;
      getSelection().removeAllRanges();
      float.hidden = true;
      write(part, quote, null);
    });

    const marks = window.Highlight && CSS.highlights ? new Highlight() : null;
    if (marks) CSS.highlights.set("my-notes", marks);
    const list = top.querySelector("ul");
    const loose = top.querySelector(".my-notes");
    const refresh = keeper(
      () => {
        marks?.clear();
        return device.read().notes.filter((note) => note.study === study);
      },
      (note) => {
        const { part, range, changed } = whereIs(article, note);
        if (!part) return { host: loose, changed };
        const quoted = bare(note.quote) !== bare(wholeOf(part)); // what stands right above need not be repeated or marked
        if (range && quoted) marks?.add(range);
        return { host: hostIn(part), changed, quoted };
      },
      (notes, boxes) => {
        top.hidden = !notes.length && !loose.childElementCount;
        list.replaceChildren(...notes.filter(({ key }) => boxes.get(key).element.parentElement !== loose).map((note) => {
          const item = made("link");
          item.firstElementChild.href = `#note-${note.key}`;
          item.firstElementChild.textContent = short(note.words);
          return item;
        }));
      },
    );
    const jump = () => {
      const target = location.hash.startsWith("#note-") ? document.getElementById(location.hash.slice(1)) : null;
      target?.scrollIntoView({ block: "center" });
      target?.focus({ preventScroll: true });
    };
    addEventListener("hashchange", jump);
    jump();
  };

  // On paper for the doctor: a note on a rule stands in a row beneath it, the others at the end, study by study.
  const beneath = (row, element) => {
    const noted = document.createElement("tr");
    noted.className = "noted";
    const cell = Object.assign(document.createElement("td"), { colSpan: 2 });
    cell.append(element);
    noted.append(cell);
    let last = row;
    while (last.nextElementSibling?.className === "noted") last = last.nextElementSibling;
    last.after(noted);
  };
  const onPaper = (place) => {
    const print = () => {
      place.replaceChildren();
      for (const row of document.querySelectorAll("tr.noted")) row.remove();
      const notes = device.read().notes;
      const studies = [...document.querySelectorAll("[data-nct-id]")];
      for (const study of studies) {
        const own = notes.filter((note) => note.study === study.dataset.nctId);
        const heads = studies.length > 1;
        let headed = false;
        const head = () => {
          if (!heads || headed) return;
          headed = true;
          const heading = document.createElement("h3");
          heading.textContent = study.dataset.nctId;
          place.append(heading);
        };
        for (const note of own) {
          const element = made("printed");
          const known = study.querySelector("[data-part]") && !note.part.startsWith("section:");
          const { part = null, range = null, changed = false } = known ? whereIs(study, note) : {};
          const row = part?.matches("tr") ? part : null;
          const whole = Boolean(row && range && bare(note.quote).length > bare(row.cells[0].textContent).length / 2);
          shown(element, note, { changed: Boolean(known && changed), quoted: !whole });
          if (row) { beneath(row, element); continue; }
          head();
          place.append(element);
        }
      }
    };
    document.addEventListener("finder:device", print);
    print();
  };

  // All notes, by study, on the page of what is saved.
  const onSaved = (section) => {
    const place = section.querySelector("[data-notes-list]");
    const groups = new Map();
    const titles = () => {
      for (const [study, group] of groups) {
        const card = document.querySelector(`[data-nct-id="${CSS.escape(study)}"] .card-title`);
        if (card) fill(group, "title", card.textContent.trim());
      }
    };
    const groupOf = (study) => {
      if (!groups.has(study)) {
        const group = made("group");
        fill(group, "study", study);
        group.querySelector("a").href = ours.dataset.studyUrl.replace("NCT00000000", encodeURIComponent(study));
        groups.set(study, group);
        place.append(group);
      }
      return groups.get(study);
    };
    keeper(
      () => device.read().notes,
      (note) => ({
        host: groupOf(note.study), changed: false, quoted: true,
        url: `${ours.dataset.studyUrl.replace("NCT00000000", encodeURIComponent(note.study))}#note-${note.key}`,
      }),
      (notes) => {
        for (const [study, group] of groups) {
          if (!group.querySelector(".my-note")) { group.remove(); groups.delete(study); }
        }
        for (const part of section.querySelectorAll("[data-when]")) part.hidden = (part.dataset.when === "some") !== notes.length > 0;
        titles();
      },
    );
    document.addEventListener("htmx:afterSwap", titles);
    document.addEventListener("finder:cards", titles);
    section.hidden = false;
  };

  const article = document.querySelector("article.study[data-nct-id]");
  const top = document.getElementById("your-notes");
  if (article && top) onStudy(article, top);
  const paper = document.querySelector("[data-notes-on-paper]");
  if (paper) onPaper(paper);
  const all = document.querySelector("[data-notes-all]");
  if (all) onSaved(all);
})();
