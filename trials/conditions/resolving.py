"""From places in a text to conditions: the company of abbreviations, "X (Y)", and a disease with its lung disease."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from trials.conditions.data import DATA
from trials.conditions.lexicon import Kind, Rule, word_list
from trials.conditions.scanning import Scan, scan
from trials.conditions.vocabulary import ancestors, by_slug

_LINKS = word_list("links")
_LUNG = frozenset({"ild", "progressive-pulmonary-fibrosis"})
_WIDE = frozenset({"autoimmune-disease", "rheumatic-disease"})
_FARTHEST = 6  # words between a disease and its lung disease
COMBINATIONS: dict[str, str] = {row["disease"]: row["gives"] for row in DATA["combination"]}


@dataclass(frozen=True, slots=True)
class Found:
    """A condition named in a text: `matched` is `text[start:end]`.

    `certain` is False only for words typed into a search box that may mean something else ("dm"): ask, do not assume.
    """

    slug: str
    matched: str
    start: int
    end: int
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """What else a text, or all texts of a study, speak of: conditions with their wider ones, and all words."""

    slugs: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One or more conditions in the same words (`first` to `last` word of the text)."""

    slugs: tuple[str, ...]
    first: int
    last: int
    start: int
    end: int
    certain: bool = True


_NO_CONTEXT = Context(frozenset(), frozenset())


def context_of(scans: Collection[Scan]) -> Context:
    """The company that the texts of one study, or one text alone, give to an abbreviation."""
    if all(one.is_sure for one in scans):
        return _NO_CONTEXT
    slugs: set[str] = set()
    keys: set[str] = set()
    for one in scans:
        keys.update(one.words.keys)
        for match in one.matches:
            if match.entry.kind is not Kind.AMBIGUOUS:
                for slug in match.entry.slugs:
                    slugs.add(slug)
                    slugs |= ancestors(slug)
    return Context(frozenset(slugs), frozenset(keys))


def _in_company(rule: Rule, context: Context, *, crowd: bool) -> bool:
    if any(word.startswith(rule.never_near) for word in context.words if rule.never_near):
        return False
    if rule.near and any(word.startswith(rule.near) for word in context.words):
        return True
    return crowd or bool(context.slugs & rule.company)


def _is_crowd(slug: str, unsure: set[str]) -> bool:
    """ "RA, SS, DM" or the siblings "DM, PM" keep each other company."""
    family = set(by_slug(slug).parents) - _WIDE
    return len(unsure) >= 3 or any(family & set(by_slug(other).parents) for other in unsure - {slug})


def _readings(one: Scan, context: Context, *, typed: bool) -> Iterator[Reading]:
    unsure = {match.entry.slugs[0] for match in one.matches if match.entry.kind is Kind.AMBIGUOUS}
    for match in one.matches:
        rule = match.entry.rule
        certain = rule is None or _in_company(rule, context, crowd=_is_crowd(match.entry.slugs[0], unsure))
        if certain or typed:
            yield Reading(match.entry.slugs, match.first, match.last, match.start, match.end, certain)


def _repeats(reading: Reading, last: Reading, *, aside: bool) -> bool:
    wider = {slug for one in last.slugs for slug in ancestors(one)} if aside else set()
    return set(reading.slugs) <= wider | set(last.slugs)


def _joined_repeats(found: list[Reading], one: Scan, text: str) -> list[Reading]:
    """ "Systemic sclerosis (SSc)" names one condition, not two."""
    joined: list[Reading] = []
    for reading in found:
        last = joined[-1] if joined else None
        gap = one.words.gaps[reading.first]
        if last and reading.first == last.last + 1 and "|" not in gap and _repeats(reading, last, aside="(" in gap):
            in_brackets = "(" in gap and text[reading.end : reading.end + 1] == ")"
            joined[-1] = replace(last, last=reading.last, end=reading.end + in_brackets)
            continue
        joined.append(reading)
    return joined


def lung_disease_of(slug: str) -> str | None:
    """The lung disease that belongs to a disease: "systemic-sclerosis" → "ssc-ild"; None if it has none of its own."""
    wider = ancestors(slug) | {slug}
    return next((gives for disease, gives in COMBINATIONS.items() if disease in wider), None)


def _linked(left: Reading, right: Reading, one: Scan) -> bool:
    between = one.words.keys[left.last + 1 : right.first]
    gaps = one.words.gaps[left.last + 1 : right.first + 1]
    return len(between) <= _FARTHEST and {"", "(", ")"}.issuperset(gaps) and _LINKS.issuperset(between)


def _with_lung(disease: Reading, lung: Reading, *, certain: bool) -> Reading | None:
    gives = next((found for found in map(lung_disease_of, disease.slugs) if found), None)
    if gives is None or not _LUNG & set(lung.slugs):
        return None
    first, last = sorted((disease, lung), key=lambda reading: reading.first)
    kept = tuple(slug for slug in disease.slugs + lung.slugs if slug not in ancestors(gives) and slug != gives)
    return Reading((gives, *kept), first.first, last.last, first.start, last.end, certain)


def _combined(found: list[Reading], one: Scan) -> list[Reading]:
    """ "Interstitial lung disease in scleroderma" is one condition."""
    done: list[Reading] = []
    for reading in found:
        last = done[-1] if done else None
        if last and _linked(last, reading, one):
            certain = last.certain and reading.certain
            pair = _with_lung(last, reading, certain=certain) or _with_lung(reading, last, certain=certain)
            if pair:
                done[-1] = pair
                continue
        done.append(reading)
    return done


def _same_words_once(slugs: tuple[str, ...]) -> tuple[str, ...]:
    """A parent is implied by its child in the same words."""
    return tuple(slug for slug in slugs if not any(slug in ancestors(other) for other in slugs))


def settle(text: str, one: Scan, context: Context, *, typed: bool = False) -> list[Reading]:
    """The conditions of a scanned text, given the company that the whole study keeps."""
    if not one.matches:
        return []
    found = list(_readings(one, context, typed=typed))
    found = _combined(_joined_repeats(found, one, text), one)
    return [replace(reading, slugs=_same_words_once(reading.slugs)) for reading in found]


def resolve(text: str, *, typed: bool = False) -> list[Found]:
    """All conditions named in a short text, in reading order, the most specific in the same words.

    The text is one registry term, keyword or MeSH term, or with `typed` the words that somebody searched for: then
    abbreviations count in small letters, and those that mean other things too come back with `certain` False.
    """
    one = scan(text, typed=typed)
    readings = settle(text, one, context_of((one,)), typed=typed)
    return [
        Found(slug, text[reading.start : reading.end], reading.start, reading.end, reading.certain)
        for reading in readings
        for slug in reading.slugs
    ]


def find_in_text(text: str) -> list[Found]:
    """All conditions named in a title or a longer text, in reading order; "without lupus" names none."""
    return resolve(text)


def whole_term(one: Scan, readings: Iterable[Reading], fillers: frozenset[str]) -> bool:
    """Whether a term is the name of a condition and no more, apart from words such as "active" or "patients"."""
    covered = {index for reading in readings for index in range(reading.first, reading.last + 1)}
    return all(index in covered or key in fillers for index, key in enumerate(one.words.keys))
