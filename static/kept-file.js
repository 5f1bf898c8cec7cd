// What this device keeps, as a file, and a file added to what it keeps. The words come from _saved_notes.html.
(() => {
  const device = window.finderDevice;
  const place = document.getElementById("kept-file");
  if (!device?.available() || !place) return;
  const MOST_BYTES = 8 << 20;
  const said = place.querySelector("[data-file-said]");
  const words = (name) => place.querySelector(`template[data-said="${name}"]`).content.cloneNode(true);
  const tell = (name, values = {}) => {
    const content = words(name);
    for (const [key, value] of Object.entries(values)) content.querySelector(`[data-fill="${key}"]`).textContent = value;
    said.replaceChildren(content);
    said.hidden = false;
  };

  const asText = ({ saved, notes }) => {
    const lines = [words("heading").textContent, "", ...saved.map(({ id, on }) => `${id}  (${on})`)];
    for (const note of notes) lines.push("", `${note.study}  (${note.on})`, ...(note.quote ? [`> ${note.quote}`] : []), note.words);
    return `${lines.join("\r\n")}\r\n`;
  };
  place.querySelector('[data-file="json"]').addEventListener("click", () => {
    window.finderKept.download("trial-finder-saved.json", JSON.stringify(device.read(), null, 1), "application/json");
  });
  place.querySelector('[data-file="text"]').addEventListener("click", () => {
    window.finderKept.download("trial-finder-saved.txt", asText(device.read()), "text/plain");
  });

  // With nothing kept there is nothing to save.
  const offer = () => {
    const { saved, notes } = device.read();
    place.querySelector("[data-file-out]").hidden = !saved.length && !notes.length;
  };
  document.addEventListener("finder:device", offer);
  offer();

  const input = place.querySelector("input");
  const readFile = async () => {
    const [file] = input.files;
    if (!file) return;
    if (file.size > MOST_BYTES) return tell("huge");
    const { kept, problem } = window.finderKept.parse(await file.text());
    input.value = "";
    if (problem) return tell(problem);
    let added;
    const result = await device.change((now) => { added = window.finderKept.merge(now, kept); });
    if (result !== "kept") return tell(result);
    const number = (name) => `${words(name === "saved" ? "studies" : "notes").textContent} ${added[name]}.`;
    tell("added", { studies: number("saved"), notes: number("notes") });
  };
  input.addEventListener("change", readFile);
  readFile(); // one that was chosen before this script was there
})();
