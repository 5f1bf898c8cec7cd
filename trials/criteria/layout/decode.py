"""Registry text → clean characters, each with the place in the record that it came from.

Registries send Markdown escapes (`\\>`, `1\\)`), HTML breaks and entities (some escaped twice), full-width
punctuation, Word's private bullets and invisible characters. Only markup is dropped; every letter and digit stays.
"""

import html
import html.entities
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_NAMES = r"(?:br|p|div|li|ul|ol|dl|dt|dd|tr|td|th|table|tbody|thead|h[1-6]|hr|span|font|strong|em|sup|sub|a|b|i|u|s)"
_SPECIAL = re.compile(
    r"(?=[<&*\\\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u206f\ufe00-\ufe0f\ufeff])(?:"  # most signs are plain
    rf"(?P<tag>(?:<|&lt;)/?{_NAMES}(?:\s+[a-z-]{{1,20}}\s?=[^<>]{{0,300}})?\s?/?(?:>|&gt;))"
    r"|(?P<entity>&(?:amp;){0,3}(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)"
    r"|(?P<stars>(?:\\?\*){2,}+)"
    r"|(?P<escape>(?<!\\)\\++(?=[^\w\s]|_))"
    r"|(?P<newline>(?:\r\n?)++)"
    r"|(?P<invisible>[\x00-\x08\x0e-\x1b\x7f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]++)"
    r"|(?P<windows>[\x80-\x9f]))",
    re.IGNORECASE,
)
# One sign for one sign, so that offsets stay: blanks, line ends, full-width signs, the bullets of Word's symbol font.
_ALIKE = (
    dict.fromkeys(map(ord, "\t\x1f\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))), " ")
    | dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
    | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(range(0xF000, 0xF100), "•")
    | {0x3002: "."}
)
_TAG_NAME = re.compile(r"[a-z][a-z0-9]*", re.IGNORECASE)
_LINES = {"br", "p", "div", "ul", "ol", "dl", "dt", "dd", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
_BREAKS_TWICE = {"p", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """`starts[i]`, `ends[i]`: the source span of `text[i]`; both are as long as `text`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of the decoded characters from `start` up to, not including, `end`."""
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return place, place
        return self.starts[start], self.ends[end - 1]


def decode(source: str) -> Decoded:
    """Undo markup and escapes. Never fails; lines and leading blanks are kept, for they show the layout."""
    source = source.translate(_ALIKE)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for match in _SPECIAL.finditer(source):
        at, end = match.span()
        parts.append(source[last:at])
        starts.extend(range(last, at))
        ends.extend(range(last + 1, at + 1))
        made = _meaning(match, source)
        parts.append(made)
        starts.extend([at] * len(made))
        ends.extend([end] * len(made))
        last = end
    parts.append(source[last:])
    starts.extend(range(last, len(source)))
    ends.extend(range(last + 1, len(source) + 1))
    return Decoded("".join(parts), starts, ends)


def _meaning(match: re.Match[str], source: str) -> str:
    """What a special stretch of the source stands for."""
    match match.lastgroup:
        case "tag":
            return _tag(match, source)
        case "entity":
            return _entity(match[0])
        case "newline":
            return "\n" * match[0].count("\r")
        case "windows":
            return match[0].encode("latin-1").decode("cp1252", errors="ignore")
        case _:
            return ""


def _tag(match: re.Match[str], source: str) -> str:
    written = match[0].replace("&lt;", "<")
    found = _TAG_NAME.search(written)
    name = found[0].lower() if found else ""
    if name == "li":
        return "" if written.startswith("</") else "\n• "
    if name in _BREAKS_TWICE:
        return "\n\n"
    if name in _LINES:
        return "\n"
    if name in {"td", "th"}:
        return " "
    follows = source[match.end() : match.end() + 1]
    raised = name == "sup" and not written.startswith("</") and follows.isdigit()
    return "^" if raised and source[match.start() - 1 : match.start()].isdigit() else ""


@lru_cache(maxsize=256)
def _entity(written: str) -> str:
    """The character of an entity, however often it was escaped; an unknown one stays as written."""
    name = written[1:].replace("amp;", "") or "amp;"
    meant = html.unescape(f"&{name}") if name[0] == "#" or name in html.entities.html5 else ""
    if not meant:
        return written
    return "".join(_clean(character) for character in meant.translate(_ALIKE))


def _clean(character: str) -> str:
    """What an entity stands for, unless that is a control or an invisible character."""
    if character == "\r":
        return "\n"
    special = _SPECIAL.match(character)
    return "" if special and special.lastgroup in {"invisible", "windows"} else character
