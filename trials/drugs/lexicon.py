"""All written forms of the list in one table, and where they occur in the words of a text."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from trials.drugs.catalogue import Drug, drugs
from trials.drugs.data import ROWS, WORDS
from trials.drugs.folding import Words, key, words_of, written

_LONG_ENOUGH = 4  # letters that a word has before its plural "s" is seen as one
_SHORT = 5  # capitals at most of an abbreviation that digits turn into a code: "CYC140" is not cyclophosphamide
_UNITS = frozenset({"mg", "mcg", "ug", "g", "kg", "iu", "ml"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` to `end` (exclusive) name the drug; None for a phrase that holds a name and means another thing."""

    drug: Drug | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Form:
    """`cased`: the only writings that count; empty where any case does. `letter`: the last word is one letter."""

    drug: Drug | None
    cased: frozenset[str] = frozenset()
    letter: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`forms` by key; `beginnings` of all keys tell when no more words can make one."""

    forms: dict[str, _Form]
    beginnings: frozenset[str]


def _ends_in_letter(term: str) -> bool:
    """Also of "onabotulinumtoxinA", which others write as three words."""
    return len(words_of(term).keys[-1]) == 1 or (term[-2:-1].islower() and term[-1:].isupper())


def _all_forms() -> Iterator[tuple[str, _Form]]:
    for term in WORDS["masks"]:
        yield key(term), _Form(None, letter=_ends_in_letter(term))
    for row, drug in zip(ROWS, drugs(), strict=True):
        # Named by the words of its own entry, "CD19 CAR-T cells" would hide "universal" before it; cells.py reads it.
        names = () if "car" in row else (row["name"],)
        for term in (*names, *row.get("spellings", ())):
            yield key(term), _Form(drug, letter=_ends_in_letter(term))
        for term in row.get("cased", ()):
            yield key(term), _Form(drug, frozenset({written(term), written(term) + "s"}), _ends_in_letter(term))


@cache
def lexicon() -> Lexicon:
    """The table, built once (about 30 ms)."""
    forms: dict[str, _Form] = {}
    for folded, form in _all_forms():
        known = forms.get(folded)
        if known and known.cased and form.cased:  # "SoC" and "SOC"
            form = _Form(known.drug, known.cased | form.cased, known.letter)
        if known is None or known.cased:
            forms[folded] = form
    beginnings = frozenset(folded[:length] for folded in forms for length in range(1, len(folded) + 1))
    return Lexicon(forms, beginnings)


def _form(joined: str, words: Words, start: int, end: int) -> _Form | None:
    forms = lexicon().forms
    form = forms.get(joined)
    if form is None and joined.endswith("s") and len(joined) > _LONG_ENOUGH:
        form = forms.get(joined[:-1])
    if form is None or (form.cased and "".join(words.raws[start:end]) not in form.cased):
        return None
    if _is_code(words, start, end) or _has_suffix(form, words, start, end):
        return None
    return form


def _is_code(words: Words, start: int, end: int) -> bool:
    """Whether digits right after an abbreviation make it the beginning of a code name; a dose does not."""
    if end == len(words) or words.gaps[end] not in ("", "-") or not words.keys[end].isdigit():
        return False
    raw = "".join(words.raws[start:end])
    dose = words.keys[end + 1 : end + 2]
    return raw.isalpha() and raw.isupper() and len(raw) <= _SHORT and not (dose and dose[0] in _UNITS)


def _has_suffix(form: _Form, words: Words, start: int, end: int) -> bool:
    """Whether a single letter has been drawn in that belongs to another name: "Mobi-C" is not Mobic."""
    return end - start > 1 and len(words.keys[end - 1]) == 1 and words.keys[end - 1] != "s" and not form.letter


def _longest(words: Words, start: int) -> Mention | None:
    beginnings = lexicon().beginnings
    joined = ""
    best: Mention | None = None
    for at in range(start, len(words)):
        joined += words.keys[at]
        form = _form(joined, words, start, at + 1)
        if form:
            best = Mention(form.drug, start, at + 1)
        if joined not in beginnings:
            break
    return best


def mentions_in(words: Words) -> list[Mention]:
    """The names of the list in the words of a text, the longest at each place, in order, masks left out."""
    found: list[Mention] = []
    at = 0
    while at < len(words):
        mention = _longest(words, at)
        if mention is None:
            at += 1
            continue
        found.append(mention)
        at = mention.end
    return found
