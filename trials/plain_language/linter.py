"""Honest wording: what a sentence for patients promises, pushes or has left over, by the rules of `data/wording.toml`.

Only our own and editors' sentences are held against it, never the registry's words. Pure Python.
"""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trials.plain_language.tongue import mark as _
from trials.plain_language.tongue import tongue

_DATA: dict[str, Any] = tomllib.loads((Path(__file__).with_name("data") / "wording.toml").read_text(encoding="utf-8"))
VERSION: str = _DATA["version"]
EVERY_LANGUAGE = "all"
_END_OF_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|(?<=[。！？；：])|\n+")

# Why each rule is there, for editors. The pages translate it.
REASONS: dict[str, str] = {
    "new-treatment": _("Say “investigational”: “new” alone sounds like an approved treatment."),
    "safe": _("Do not call it safe: the study is there to find that out."),
    "effective": _("Do not say that it is effective: the study is there to find that out."),
    "better": _("Do not say that it is better: the study is there to find that out."),
    "better-than": _("Do not set it above another treatment: the study is there to find that out."),
    "cure": _("Do not speak of a cure."),
    "praise": _("Leave the praise out: it promises something."),
    "innovative": _("Leave “innovative” out, or say “investigational”: it promises something."),
    "early-access": _("Do not offer access as a gain: nobody knows yet whether it is one."),
    "will-help": _("Do not say that it helps: the study is there to find that out."),
    "benefit-alone": _("Speak of benefits only together with risks."),
    "guarantee": _("Nobody can guarantee anything in a study."),
    "free": _("Do not draw people with something that is free."),
    "pay": _("Do not draw people with money. Say only whether the registry speaks of it."),
    "urgency": _("Do not press people for time."),
    "advice": _("Do not advise anyone to take part."),
    "template": _("Something of a template is left over."),
    "raw-token": _("This is a word of the registry's software. Write it in plain words."),
    "placeholder": _("A gap was not filled in."),
    "markup": _("Signs of a layout are left over."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a text breaks: `text[start:end]` are the words, `reason` is a message of the catalogues."""

    rule: str
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A rule in one language. `fails` and `passes` are its examples."""

    rule: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    fails: tuple[str, ...]
    passes: tuple[str, ...]


def findings(text: str, lang: str = "en", names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What is wrong with a text, in reading order. Raises ValueError on a language that is not ours.

    Within `names`, those of the study's sponsor and of what it tests, any word may stand.
    """
    named = [place.span() for name in names if name for place in re.finditer(re.escape(name), text, re.IGNORECASE)]
    found = {
        (start, end, one.rule)
        for one in wordings(lang)
        for start, end in _places(one, text)
        if not any(first <= start and end <= last for first, last in named)
    }
    return tuple(Finding(rule, REASONS[rule], start, end) for start, end, rule in sorted(found))


@cache
def wordings(lang: str) -> tuple[Wording, ...]:
    """The rules of a language, in the order of the data file."""
    spoken = (tongue(lang).lang, EVERY_LANGUAGE)
    return tuple(_wording(row["id"], row[one]) for row in _DATA["rule"] for one in spoken if one in row)


def _wording(rule: str, row: dict[str, Any]) -> Wording:
    case = re.NOFLAG if row.get("cased") else re.IGNORECASE
    unless = re.compile(row["unless"], re.IGNORECASE) if "unless" in row else None
    return Wording(rule, re.compile(row["pattern"], case), unless, tuple(row["fails"]), tuple(row.get("passes", ())))


def _places(one: Wording, text: str) -> Iterator[tuple[int, int]]:
    stops = _stops(text) if one.unless else []
    honest: dict[tuple[int, int], bool] = {}
    for found in one.pattern.finditer(text):
        if one.unless:
            sentence = _sentence_of(found, stops)
            if sentence not in honest:
                honest[sentence] = one.unless.search(text, *sentence) is not None
            if honest[sentence]:
                continue
        yield found.span()


def _stops(text: str) -> list[int]:
    """Where the sentences of a text begin, and its end."""
    return [0, *(stop.end() for stop in _END_OF_SENTENCE.finditer(text)), len(text)]


def _sentence_of(found: re.Match[str], stops: Sequence[int]) -> tuple[int, int]:
    """From where to where the sentence, or the sentences, of the found words reach."""
    return stops[bisect_right(stops, found.start()) - 1], stops[bisect_left(stops, found.end())]


def study_words(name: str, lang: str) -> str:
    """The pattern of this name by which whole summaries are checked; the English where a language has none."""
    words: dict[str, str] = _DATA["study"][name]
    return words.get(tongue(lang).lang, words["en"])
