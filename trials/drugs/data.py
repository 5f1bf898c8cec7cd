"""The data files, each read once."""

import tomllib
from pathlib import Path
from typing import Any


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


DATA: dict[str, Any] = _read("drugs.toml")
WORDS: dict[str, Any] = _read("words.toml")
ROWS: tuple[dict[str, Any], ...] = (*DATA["drug"], *_read("cells.toml")["drug"], *_read("general.toml")["drug"])
