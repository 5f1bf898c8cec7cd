"""What differs between two texts, word by word, in bounded time."""

import html
import re
from dataclasses import dataclass
from enum import StrEnum

from trials.changes.sequence import blocks

_WORD = re.compile(r"\S+\s*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


class Edit(StrEnum):
    SAME = "SAME"
    GONE = "GONE"
    NEW = "NEW"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that stayed, went or came. Without the GONE runs they give the newer text."""

    edit: Edit
    text: str


def readable(text: str) -> str:
    """The text as a reader sees it: registry escapes (`\\>`, `&#39;`) undone, white space and line ends folded."""
    if "&" in text or "\\" in text:
        text = _ESCAPED.sub(r"\1", html.unescape(text))
    return " ".join(text.split())


def word_diff(before: str, after: str) -> tuple[Run, ...]:
    """The runs that lead from one text to the other; white space and escapes alone are no difference."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    runs = []
    for same, (i1, i2, j1, j2) in blocks([readable(word) for word in old], [readable(word) for word in new]):
        if not same and i2 > i1:
            runs.append(Run(Edit.GONE, _joined(old[i1:i2])))
        if j2 > j1:
            runs.append(Run(Edit.SAME if same else Edit.NEW, _joined(new[j1:j2])))
    return tuple(runs)


def _joined(words: list[str]) -> str:
    """The words with what stands between them; the last of a text has no blank, but may get a neighbour."""
    text = "".join(words)
    return text if text[-1:].isspace() else f"{text} "
