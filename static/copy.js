// Buttons that copy a text of the page. Where the browser keeps the clipboard from us, as in a clinic's frame, the text
// is marked, so that one more key copies it.
(() => {
  const show = () => { for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false; };
  const mark = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text.innerText);
      return true;
    } catch {
      mark(text);
      return document.execCommand("copy");
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    const text = button && document.getElementById(button.dataset.copy);
    if (!text) return;
    const said = (await copied(text)) ? button.dataset.copied : button.dataset.selected;
    button.parentElement.querySelector("[role=status]").textContent = said;
  });
  document.addEventListener("htmx:afterSettle", show);
  show();
})();
