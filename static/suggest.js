// Makes the fields with `data-suggest` comboboxes (WAI-ARIA 1.2, list autocomplete). Without this script they are plain
// fields of a plain form. The options come as HTML from the site itself; nothing is kept.
(() => {
  const WAIT_MS = 150;

  const combobox = (input) => {
    const list = document.createElement("ul");
    list.id = `${input.id}-options`;
    list.className = "options";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
    list.hidden = true;
    input.after(list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
    })) input.setAttribute(name, value);
    let timer, asking, active = -1;

    const close = () => {
      asking?.abort();
      clearTimeout(timer);
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const point = (at) => {
      const options = list.children;
      options[active]?.setAttribute("aria-selected", "false");
      active = (at + options.length) % options.length;
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[active].id);
    };
    const take = (option) => {
      input.value = option.dataset.value;
      close();
      input.focus();
    };
    const ask = async () => {
      asking?.abort();
      asking = new AbortController();
      const text = input.value.trim();
      if (!text) return close();
      try {
        const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: text })}`, {
          signal: asking.signal, credentials: "omit",
        });
        if (!answer.ok || document.activeElement !== input) return close();
        list.innerHTML = await answer.text();
        active = -1;
        input.removeAttribute("aria-activedescendant");
        list.hidden = !list.children.length;
        input.setAttribute("aria-expanded", String(!list.hidden));
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MS);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" && list.hidden) return void ask();
      if (list.hidden) return;
      if (event.key === "ArrowDown") point(active + 1);
      else if (event.key === "ArrowUp") point(active < 0 ? -1 : active - 1);
      else if (event.key === "Enter" && active >= 0) take(list.children[active]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    input.addEventListener("blur", close);
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) take(option);
    });
  };

  const prepare = (root) => root.querySelectorAll("input[data-suggest]:not([role])").forEach(combobox);
  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.target));
})();
