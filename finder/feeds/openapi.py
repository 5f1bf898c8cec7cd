"""The JSON interface as `openapi.json` describes it, written by hand; a test holds requests and answers against it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("openapi.json")


def openapi_document(origin: str) -> dict[str, Any]:
    """The document, with this site as its server."""
    return {**_document(), "servers": [{"url": origin}]}


@cache
def _document() -> dict[str, Any]:
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))
