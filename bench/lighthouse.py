"""`manage.py bench lighthouse [desktop]`: what Lighthouse says of the pages, as seen on a slow phone unless told.

Needs `npm` and Chromium; Lighthouse itself is installed beside the measurement and thrown away with it. Printed are
the scores of 100 for performance, accessibility and best practices, and the audits that cost something. The first load
of each page, nothing in the browser's cache; the network and the processor are slowed down by calculation.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.serving.site import answer, site

LIGHTHOUSE = "lighthouse@12"  # the last that runs on Node 20
CATEGORIES = ("performance", "accessibility", "best-practices")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = "--headless=new --no-sandbox --disable-gpu"
MOST_SECONDS = 180  # for a page


def pages(port: int) -> Iterator[str]:
    listed = answer(port, "/studies/?q=lupus", {})[2].decode()
    first = re.findall(r'data-nct-id="([^"]+)"', listed)[0]
    yield from ("/", "/conditions/", "/studies/", "/studies/?q=lupus+near+Leeds", "/studies/map/?q=lupus")
    yield from (f"/studies/{first}/", f"/studies/{first}/changes/", "/check/", "/es/", "/zh-hans/studies/?q=lupus")


def installed(folder: str) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("Lighthouse needs npm. Install Node.js and try again.")
    install = [npm, "install", "--no-audit", "--no-fund", "--silent", "--prefix", folder, LIGHTHOUSE]
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
    return Path(folder) / "node_modules" / ".bin" / "lighthouse"


def report(program: Path, url: str, options: list[str]) -> dict[str, Any]:
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("Lighthouse needs Chromium. Install it and try again.")
    command = [
        str(program), url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}",
        f"--only-categories={','.join(CATEGORIES)}", *options,
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": browser}
    done = subprocess.run(command, check=True, env=environment, timeout=MOST_SECONDS, capture_output=True)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def lost(found: Mapping[str, Any]) -> list[str]:
    """The audits that count in a score and are not full."""
    counted = {one["id"] for name in CATEGORIES for one in found["categories"][name]["auditRefs"] if one["weight"] > 0}
    audits = found["audits"]
    return [name for name in sorted(counted) if audits[name]["score"] is not None and audits[name]["score"] < 0.9]


def main() -> None:
    options = ["--preset=desktop"] if sys.argv[1:] == ["desktop"] else []
    with tempfile.TemporaryDirectory() as folder, site() as port:
        program = installed(folder)
        print("".join(f"{name:>16}" for name in CATEGORIES))
        for path in pages(port):
            found = report(program, f"http://localhost:{port}{path}", options)
            scores = "".join(f"{round(found['categories'][name]['score'] * 100):16}" for name in CATEGORIES)
            print(f"{scores}  {path}  {', '.join(lost(found))}", flush=True)


if __name__ == "__main__":
    main()
