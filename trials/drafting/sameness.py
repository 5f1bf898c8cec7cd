"""Whether a draft says what the official words say: rules, limits, times, names, and what is denied."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from trials.conditions import find_in_text
from trials.criteria.model import Criterion, Rule, Study
from trials.criteria.quantities import comparisons, windows
from trials.criteria.quantities.reading import numbers as numbers_read
from trials.criteria.rules import with_rules
from trials.drugs.folding import words_of
from trials.drugs.lexicon import mentions_in
from trials.drugs.stems import by_stem
from trials.plain_language.eligibility.guard import numbers

# What turns a statement round, in registry texts and in plain words. A wrong count refuses a draft, no more.
_DENIES = re.compile(
    r"\b(?:no|not|non|never|none|neither|nor|without|cannot|unable|unwilling\w*|inabilit\w+|lack\w*|absen\w+|free of"
    r"|negative|refus\w+|\w+n['’]t|fail\w*|other than|except\w*|unless|exclud\w+|rule[sd]? out|declin\w+|intoleran\w+"
    r"|contraindicat\w+|uncontrolled|inadequate\w*|insufficien\w+|too little|instead)\b"
    r"|\b(?:in|un|non)-?(?=able|willing|complian|tolera|stable|adequate|sufficien|treated|controlled)",
    re.IGNORECASE,
)
# "Class III": the classes of a disease that are written in no other way. A lone I, V or X is a word or a letter too
# often, and IV is also a vein.
_ROMAN = re.compile(r"\b(?:II|III|VI{1,3}|IX|XI{1,2})\b")
_UNITS_END = " .;:,"  # a full stop behind "kg/m2" would be read as a part of the unit

Stated = tuple[frozenset[Rule], frozenset[frozenset[Rule]]]


@dataclass
class Reader:
    """Reads a study's criteria anew with a draft in the place of the official words, so that its context stays.

    Both sides are read by the same engine, whatever an editor has made of the rules since.
    """

    criteria: Sequence[Criterion]
    study: Study
    _official: list[Stated] | None = field(default=None, init=False)

    def reads_alike(self, source: str, text: str) -> bool:
        """Whether the rules of all criteria stay: attributes, comparisons, values, times, alternatives."""
        if self._official is None:
            self._official = self._read(self.criteria)
        changed = [replace(one, text=text) if one.id == source else one for one in self.criteria]
        return self._read(changed) == self._official

    def _read(self, criteria: Sequence[Criterion]) -> list[Stated]:
        bare = [replace(one, rules=()) for one in criteria]
        return [_stated(one) for one in with_rules(bare, self.study)]


def _stated(criterion: Criterion) -> Stated:
    """The rules that hold together, and the groups of alternatives; in what order and by what number is no matter."""
    groups: dict[int | None, set[Rule]] = {None: set()}
    for rule in criterion.rules:
        groups.setdefault(rule.any_of, set()).add(replace(rule, any_of=None))
    alone = frozenset(groups.pop(None))
    return alone, frozenset(map(frozenset, groups.values()))


def same_numbers(official: str, plain: str) -> bool:
    """Every number as often on both sides, in digits, in words, or Roman; "one" is too often no number."""
    return (
        numbers(official) == numbers(plain)
        and _in_words(official) == _in_words(plain)
        and set(_ROMAN.findall(official)) == set(_ROMAN.findall(plain))
    )


def same_limits(official: str, plain: str) -> bool:
    """Every limit with its direction and unit, every stretch of time with what it is counted from."""
    official, plain = official.rstrip(_UNITS_END), plain.rstrip(_UNITS_END)
    return _limits(official) == _limits(plain) and _same_times(_times(official), _times(plain))


def same_names(official: str, plain: str) -> bool:
    """The same diseases and medicines, by whatever names. "RA" alone may be no disease, and still answers one."""
    (sure, possible), (sure_in_plain, possible_in_plain) = _diseases(official), _diseases(plain)
    return sure <= possible_in_plain and sure_in_plain <= possible and _medicines(official) == _medicines(plain)


def denies_alike(official: str, plain: str) -> bool:
    return len(_DENIES.findall(official)) == len(_DENIES.findall(plain))


def _in_words(text: str) -> Counter[float]:
    return Counter(one.value for one in numbers_read(text)[1] if one.written[0].isalpha() and one.value != 1)


def _limits(text: str) -> Counter[tuple[str, float, str]]:
    return Counter((one.op, one.value, one.unit) for one in comparisons(text) if not one.window)


def _times(text: str) -> dict[tuple[float, str], list[str]]:
    """Each stretch of time with the sorts that it is of: a look-back, a duration, …"""
    times: dict[tuple[float, str], list[str]] = {}
    for one in windows(text):
        times.setdefault((one.amount, one.unit), []).append(one.sort)
    return times


def _same_times(official: dict[tuple[float, str], list[str]], plain: dict[tuple[float, str], list[str]]) -> bool:
    """As many of each, and of the same sorts; one of no sort ("12 weeks") may be any."""
    return official.keys() == plain.keys() and all(
        len(official[time]) == len(plain[time])
        and (sorted(official[time]) == sorted(plain[time]) or "bare" in (*official[time], *plain[time]))
        for time in official
    )


def _diseases(text: str) -> tuple[set[str], set[str]]:
    """Those that are certainly named, and all that may be."""
    found = find_in_text(text)
    return {one.slug for one in found if one.certain}, {one.slug for one in found}


def _medicines(text: str) -> set[str]:
    """Of those with a name of their own: a class may be put in other words, and our rules know the classes."""
    words = words_of(text)
    mentions = mentions_in(words)
    known = {at for mention in mentions for at in range(mention.start, mention.end)}
    new = {word for at, word in enumerate(words.keys) if at not in known and by_stem(word)}
    return new | {one.drug.name for one in mentions if one.drug is not None and not one.drug.generic}
