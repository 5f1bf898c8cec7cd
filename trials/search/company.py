"""What words mean in company: "PAH" beside a drug for it, heart block in a baby, lupus from a medicine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trials.conditions import ancestors
from trials.conditions.lexicon import key, lexicon
from trials.search.data import LAY
from trials.search.draft import Claim, Draft
from trials.search.model import Kind
from trials.search.phrases import DENIED, Phrase, Table, longest_at, table_of, word_set

_FEW = 3  # words among which the medicine begins that has caused a lupus
_LONGEST = 6  # words of a phrase that joins
_NAMING = (Kind.DRUG, Kind.DRUG_KIND)


def _table(words: Sequence[str]) -> Table:
    return table_of((word, Phrase(None)) for word in words)


@dataclass(frozen=True, slots=True)
class _Company:
    """What makes an abbreviation certain: words, drugs, or other conditions that are certain."""

    words: Table
    drugs: frozenset[str]
    conditions: frozenset[str]


_COMPANY = {
    slug: _Company(_table(row["words"]), frozenset(row.get("drugs", ())), frozenset(row.get("conditions", ())))
    for row in LAY["company"]
    for slug in row["slugs"]
}
_TOGETHER = tuple((row["gives"], row.get("unsure", False), tuple(map(_table, row["all"]))) for row in LAY["together"])
_CAUSE_BEFORE = word_set(LAY["caused"]["after_lupus"])
_CAUSE_AFTER = word_set(LAY["caused"]["before_lupus"])
_MEDICINES = _table(LAY["caused"]["medicines"])
_OVERLAP = word_set(LAY["overlap"]["words"])


def claim_company(draft: Draft) -> None:
    """Settle abbreviations by their company, and read descriptions that only mean something together."""
    for at, claim in enumerate(draft.claims):
        if claim.kind is Kind.CONDITION and not claim.certain and len(claim.values) == 1 and _in_company(draft, claim):
            draft.claims[at] = replace(claim, certain=True)
    for at, claim in enumerate(draft.claims):
        if claim.kind is Kind.CONDITION and claim.values == ("sle",) and claim.certain:
            _claim_cause(draft, at)
    _claim_overlap(draft)
    for gives, unsure, groups in _TOGETHER:
        _claim_together(draft, gives, unsure, groups)


def _found(draft: Draft, among: Table, outside: range = range(0)) -> Iterator[range]:
    """Where phrases of a table stand, outside of some words."""
    for at in range(len(draft.tokens)):
        if (
            draft.tokens[at].key in among.longest
            and at not in outside
            and (found := longest_at(draft.tokens, at, len(draft.tokens), among))
        ):
            yield range(at, found[0])


def _said(draft: Draft) -> set[str]:
    """The conditions that are certain, with the wider ones."""
    said = {slug for one in draft.claims if one.kind is Kind.CONDITION and one.certain for slug in one.values}
    return said.union(*map(ancestors, said))


def _in_company(draft: Draft, claim: Claim) -> bool:
    company = _COMPANY.get(claim.values[0])
    if company is None or draft.preceded_by(claim.first, DENIED) or _is_other(draft, claim):
        return False
    drugs = {value for one in draft.claims if one.kind in _NAMING for value in one.values}
    if company.drugs & drugs or company.conditions & _said(draft):
        return True
    return any(_found(draft, company.words, range(claim.first, claim.end)))


def _is_other(draft: Draft, claim: Claim) -> bool:
    """Whether a word speaks for something else that the abbreviation means: "dm" with "insulin"."""
    entries = lexicon().entries.get(key(draft.words(claim.first, claim.end)), ())
    never = tuple(start for entry in entries if entry.rule for start in entry.rule.never_near)
    return bool(never) and any(token.key.startswith(never) for token in draft.tokens)


def _claim_cause(draft: Draft, number: int) -> None:
    """ "Lupus from hydralazine" is not the lupus that comes by itself, and the medicine is not looked for."""
    claim = draft.claims[number]
    after = _length_at(draft, claim.end, _CAUSE_BEFORE)
    before = draft.preceded_by(claim.first, _CAUSE_AFTER, _LONGEST)
    first, end = claim.first - before, claim.end + after
    if any(draft.taken[first : claim.first]) or any(draft.taken[claim.end : end]):
        return
    behind = range(end, min(end + _FEW, len(draft.tokens)) if after else end)
    ahead = range(max(first - _FEW, 0) if before else first, first)
    beyond = [*ahead, *behind]
    if any(map(draft.divides, [*behind, *ahead[1:]])):
        return
    drugs = [at for at, one in enumerate(draft.claims) if one.kind in _NAMING and one.first in beyond]
    if drugs or any(one.start in beyond for one in _found(draft, _MEDICINES)):
        draft.taken[first:end] = [True] * (end - first)
        draft.claims[number] = replace(claim, first=first, end=end, values=("drug-induced-lupus",))
        for at in drugs:
            draft.claims[at] = replace(draft.claims[at], certain=False, taken=True)


def _length_at(draft: Draft, at: int, phrases: frozenset[tuple[str, ...]]) -> int:
    """How many words from here on are the longest of the phrases; 0 if none."""
    most = min(_LONGEST, len(draft.tokens) - at)
    return next((n for n in range(most, 0, -1) if draft.keys(at, at + n) in phrases), 0)


def _claim_overlap(draft: Draft) -> None:
    """ "Scleroderma and myositis overlap": an overlap syndrome of both."""
    named = {claim.values for claim in draft.claims if claim.kind is Kind.CONDITION and claim.certain}
    for at in range(len(draft.tokens) if len(named) > 1 and "overlap-syndrome" not in _said(draft) else 0):
        length = _length_at(draft, at, _OVERLAP)
        if length and draft.claim(Claim(Kind.CONDITION, at, at + length, ("overlap-syndrome",))):
            return


def _claim_together(draft: Draft, gives: str, unsure: bool, groups: tuple[Table, ...]) -> None:
    if gives in _said(draft):
        return
    places = [next(_found(draft, group), None) for group in groups]
    if None in places:
        return
    for place in places:
        if place and draft.claim(Claim(Kind.CONDITION, place.start, place.stop, (gives,), not unsure)):
            return
