// Opens what somebody locked with a passcode. It stands behind the # of the address, which browsers send to nobody; it
// stays there, so that the page can be loaded again and shown in another language. Nothing is kept unless asked for.
(() => {
  const { finderDevice: device, finderKept: outside, finderPasscode: passcodes } = window;
  const place = document.getElementById("saved-open");
  if (!passcodes) return;
  const MOST_BYTES = 8 << 20; // of a file
  const one = (name) => place.querySelector(`[data-open="${name}"]`);
  const words = (name) => place.querySelector(`template[data-said="${name}"]`).content.cloneNode(true);
  const tell = (element, name) => {
    element.replaceChildren(...(name ? [words(name)] : []));
    element.hidden = !name;
  };
  const form = one("form");
  const field = document.getElementById("open-passcode");
  const problem = form.querySelector(".problem");
  const language = document.documentElement.lang;
  const addressOf = (study) => place.dataset.studyUrl.replace("NCT00000000", encodeURIComponent(study));
  let locked = null;
  let opened = null;

  const begin = async (text) => {
    locked = opened = null;
    one("content").hidden = form.hidden = true;
    tell(problem, "");
    const found = passcodes.available() ? await passcodes.read(text) : { problem: "insecure" };
    tell(one("said"), found.problem ?? "");
    one("file").hidden = found.problem === "insecure";
    if (found.problem) return;
    locked = found.bytes;
    form.hidden = false;
    field.value = "";
    field.focus();
  };

  const made = (name, fills) => {
    const element = place.querySelector(`template[data-made="${name}"]`).content.cloneNode(true).firstElementChild;
    for (const [key, text] of Object.entries(fills)) element.querySelector(`[data-fill="${key}"]`).textContent = text;
    return element;
  };
  const dated = (on) => new Date(`${on}T12:00`).toLocaleDateString(language === "en" ? "en-GB" : language, { dateStyle: "long" });
  const noteOf = (note) => {
    const element = made("note", { study: note.study, on: dated(note.on), quote: note.quote, words: note.words });
    element.querySelector("a").href = addressOf(note.study);
    element.querySelector("q").lang = note.lang ?? "";
    element.querySelector(".note-about").hidden = !note.quote;
    return element;
  };
  const studyOf = ({ id }) => {
    const element = made("study", {});
    element.firstElementChild.href = addressOf(id);
    element.firstElementChild.textContent = id;
    return element;
  };
  const show = ({ saved, notes }) => {
    one("studies").hidden = !saved.length;
    one("studies").querySelector("ul").replaceChildren(...saved.map(studyOf));
    const list = one("list");
    list.search = new URLSearchParams({ ids: saved.slice(0, 50).map(({ id }) => id).join(",") });
    one("notes").hidden = !notes.length;
    one("notes").replaceChildren(one("notes").firstElementChild, ...notes.map(noteOf));
    tell(one("kept"), "");
    one("keep").hidden = !device?.available();
    form.hidden = true;
    one("content").hidden = false;
    document.getElementById("opened").focus();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    tell(problem, "");
    if (!passcodes.normal(field.value)) return tell(problem, "missing");
    const asked = locked;
    one("working").replaceChildren(words("working"));
    const text = await passcodes.open(asked, field.value);
    one("working").replaceChildren();
    if (asked !== locked) return; // another link or file came meanwhile
    if (text === null) { tell(problem, "wrong"); return field.select(); }
    const found = outside.parse(text);
    if (found.problem) return tell(problem, found.problem === "newer" ? "newer-inside" : "strange");
    opened = found.kept;
    field.value = "";
    show(opened);
  });
  one("show").addEventListener("click", ({ target }) => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    target.setAttribute("aria-pressed", String(shown));
    target.replaceChildren(words(shown ? "hide" : "show"));
  });
  one("keep").addEventListener("click", async () => {
    const result = await device.change((kept) => { outside.merge(kept, opened); });
    tell(one("kept"), result);
  });
  document.getElementById("open-file").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    if (file.size > MOST_BYTES) return tell(one("said"), "huge");
    begin(await file.text());
    target.value = "";
  });

  const fromAddress = () => {
    // The page in another language opens the same.
    for (const link of document.querySelectorAll("#languages a")) link.hash = location.hash;
    begin(location.hash.slice(1));
  };
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
