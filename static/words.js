// Only what links and buttons leave open: with a mouse, the meaning of a word also shows while the pointer rests on it.
(() => {
  if (!HTMLElement.prototype.hasOwnProperty("popover") || !matchMedia("(hover: hover)").matches) return;
  const WAIT = 350;
  for (const term of document.querySelectorAll(".term")) {
    const button = term.querySelector("button");
    const meaning = document.getElementById(button.getAttribute("popovertarget"));
    let timer = 0;
    let shownByPointer = false;
    const later = (action) => {
      clearTimeout(timer);
      timer = setTimeout(action, WAIT);
    };
    const show = () => {
      if (meaning.matches(":popover-open")) return;
      meaning.showPopover({ source: button });
      shownByPointer = true;
    };
    const hide = () => {
      if (shownByPointer && meaning.matches(":popover-open")) meaning.hidePopover();
      shownByPointer = false;
    };
    term.addEventListener("pointerenter", () => later(show));
    term.addEventListener("click", () => { clearTimeout(timer); shownByPointer = false; });
    for (const element of [term, meaning]) element.addEventListener("pointerleave", () => later(hide));
    meaning.addEventListener("pointerenter", () => clearTimeout(timer));
  }
})();
