"""A language in which every message is its own English in brackets, so that what is not translated stands out.

It takes the place of Chinese: names of countries and months are then in Chinese letters, and every Latin letter outside
the brackets is a text of ours that no translation reaches, or a text of the registry that is not marked as English.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

from finder.languages.catalogues import as_mo, collected, messages_of, mo_path
from finder.languages.sources import found

LANGUAGE = "zh-hans"
_KEPT = re.compile(r"(%\(\w+\)s|%%|<[^<>]+>)")
_VOID = {"br", "circle", "hr", "img", "input", "line", "link", "meta", "path", "rect", "col"}
_CODE = {"script", "style", "code"}
_SPOKEN = {"alt", "title", "aria-label", "aria-description", "placeholder", "data-label"}
# What is the same in every language: ids, addresses for e-mail, the registry's own name.
_NAMES = re.compile(r"NCT\d{8}|[\w.+-]+@[\w.-]+|ClinicalTrials\.gov|GeoNames|Creative Commons Attribution 4\.0")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")


def marked(text: str) -> str:
    """The text in brackets; placeholders and tags stay outside, so that what fills them must be translated itself."""
    parts = _KEPT.split(text)
    return "".join(part if place % 2 or not part.strip() else f"⟦{part}⟧" for place, part in enumerate(parts))


def write_catalogue(folder: Path) -> None:
    """Compile the pseudo-language into a folder of catalogues, from the messages that are found in the sources."""
    catalogue = collected(LANGUAGE, found())
    for message in messages_of(catalogue):
        one = message.id if isinstance(message.id, str) else message.id[1]
        message.string = marked(one) if isinstance(message.id, str) else (marked(one),)
    path = mo_path(LANGUAGE, folder)
    path.parent.mkdir(parents=True)
    path.write_bytes(as_mo(catalogue, LANGUAGE))


class Shown(HTMLParser):
    """Every text that a page shows or speaks in its own language: not what is marked as another, nor code or names."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.open: list[tuple[str, bool]] = []  # each element, and whether what is in it is to be left out

    @property
    def left_out(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        foreign = values["lang"] != LANGUAGE if "lang" in values else self.left_out
        left_out = foreign or tag in _CODE or values.get("translate") == "no"
        if not left_out:
            self.texts += [value for name, value in values.items() if name in self._spoken(tag, values)]
        if tag not in _VOID:
            self.open.append((tag, left_out))

    def _spoken(self, tag: str, values: dict[str, str]) -> set[str]:
        if tag == "meta" and values.get("name") == "description":
            return {"content"}
        if tag == "option" and self.open[-1][0] == "datalist":
            return {"value"}
        return _SPOKEN

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.left_out:
            self.texts.append(data.strip())


def untranslated(html: str, *, said: str = "") -> list[str]:
    """The shown texts in which Latin letters stand outside the brackets; `said` are words of the visitor's own."""
    shown = Shown()
    shown.feed(html)
    return [text for text in shown.texts if _LATIN.search(_bare(text, said))]


def _bare(text: str, said: str) -> str:
    text = text.replace(said, "") if said else text
    return _NAMES.sub("", re.sub(r"⟦[^⟦⟧]*⟧", "", text))
