"""Which site this process is: pages of another release, or of another configuration, are other pages."""

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

_PARTS = ("finder", "trials", "templates", "static", "locale")


@cache
def code_version() -> bytes:
    """A hash over all files that a page can come from, the pins of the packages, Python and the site's variables."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in (settings.BASE_DIR / "requirements.txt", *_files(settings.BASE_DIR)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(settings.BASE_DIR)}\0{len(content)}\0".encode() + content)
    digest.update(repr(_variables()).encode())
    return digest.digest()


def _files(root: Path) -> Iterator[Path]:
    for part in _PARTS:
        for folder, inside, names in os.walk(root / part):
            inside[:] = sorted(name for name in inside if name != "__pycache__")
            yield from (Path(folder) / name for name in sorted(names))


def _variables() -> list[tuple[str, str]]:
    """Every setting that differs between two servers comes from one of these; no secret shows on a page."""
    return sorted((n, value) for n, value in os.environ.items() if n.startswith("FINDER_") and "KEY" not in n)
