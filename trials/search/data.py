"""The data files, read once."""

import tomllib
from pathlib import Path
from typing import Any


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


WORDS = _read("words.toml")
LAY = _read("lay.toml")
