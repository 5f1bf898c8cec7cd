// "Forget everything", asked once more in words. It shows where something is kept.
(() => {
  const device = window.finderDevice;
  const place = document.getElementById("forget");
  if (!device?.available() || !place) return;
  const one = (name) => document.querySelector(`[data-forget="${name}"]`);
  const sure = (yes) => { one("sure").hidden = !yes; one("ask").hidden = yes; };
  const refresh = () => {
    place.hidden = !device.kept();
    one("unreadable").hidden = !device.unreadable();
    if (device.kept()) one("done").hidden = true;
  };
  one("ask").addEventListener("click", () => { sure(true); one("sure").focus(); });
  one("no").addEventListener("click", () => { sure(false); one("ask").focus(); });
  one("yes").addEventListener("click", () => {
    device.forget();
    sure(false);
    const done = one("done");
    done.hidden = false;
    done.tabIndex = -1;
    done.focus();
  });
  document.addEventListener("finder:device", refresh);
  refresh();
})();
