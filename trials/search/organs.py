"""A disease and the organ that it harms, named side by side: "lupus affecting my kidneys" is lupus nephritis."""

from dataclasses import replace

from trials.conditions import ancestors
from trials.conditions.resolving import lung_disease_of
from trials.search.data import WORDS
from trials.search.draft import Claim, Draft
from trials.search.model import Kind
from trials.search.phrases import Phrase, longest_at, table_of, word_set

_LUNG_CONDITIONS = {"ild"}
LINKS = word_set(WORDS["organs"]["link"])
NOT_BEFORE = word_set(WORDS["organs"]["not_before"])
_FARTHEST = 5  # words between the two
# The phrases of organs; the values are the disease and what it gives there, empty for the lungs, which have a rule.
ORGANS = table_of((word, Phrase(None, (row["gives"],))) for row in WORDS["organ"] for word in row["words"])
_DISEASE_OF: dict[str, str] = {row["gives"]: row["disease"] for row in WORDS["organ"]}


def claim_organs(draft: Draft) -> None:
    """Join a disease with words of an organ beside it, or with lung scarring; one further off is a question."""
    for claim in [claim for claim in draft.claims if claim.kind is Kind.CONDITION and len(claim.values) == 1]:
        if claim in draft.claims:
            _join_lung_disease(draft, claim)
    for claim in [claim for claim in draft.claims if claim.kind is Kind.CONDITION and len(claim.values) == 1]:
        _join_organ(draft, claim)


def _join_lung_disease(draft: Draft, claim: Claim) -> None:
    """ "Esclerodermia y fibrosis pulmonar": two conditions that are one."""
    gives = lung_disease_of(claim.values[0])
    for other in draft.claims:
        if gives and other.kind is Kind.CONDITION and set(other.values) == _LUNG_CONDITIONS and other != claim:
            first, last = sorted((claim, other), key=lambda one: one.first)
            if _is_linked(draft, first.end, last.first):
                values = _with(claim, gives)
                _replace(draft, (claim, other), replace(claim, first=first.first, end=last.end, values=values))
                return


def _join_organ(draft: Draft, claim: Claim) -> None:
    for at in range(len(draft.tokens)):
        found = longest_at(draft.tokens, at, len(draft.tokens), ORGANS)
        if found is None or not draft.is_free(at, found[0]):
            continue
        end, phrase = found
        gives = _given(claim, phrase.values[0])
        if gives is None or any(draft.keys(end, end + n) in NOT_BEFORE for n in (1, 2, 3, 4)):
            continue
        between = (claim.end, at) if claim.end <= at else (end, claim.first)
        if _is_linked(draft, *between):
            joined = replace(claim, first=min(claim.first, at), end=max(claim.end, end), values=_with(claim, gives))
            _replace(draft, (claim,), joined)
        else:
            draft.claim(Claim(Kind.CONDITION, at, end, (gives,), certain=False))
        return


def _given(claim: Claim, gives: str) -> str | None:
    if not gives:
        return lung_disease_of(claim.values[0]) if claim.certain else None
    return gives if claim.values == (_DISEASE_OF[gives],) else None


def _with(claim: Claim, gives: str) -> tuple[str, ...]:
    """The joined condition, and the disease where that says more: antisynthetase syndrome with its lung disease."""
    return (gives, *(slug for slug in claim.values if slug not in ancestors(gives)))


def _is_linked(draft: Draft, first: int, end: int) -> bool:
    """Whether only words that join or link stand between, and no comma."""
    if end - first > _FARTHEST or any(draft.divides(at) for at in range(first, min(end + 1, len(draft.tokens)))):
        return False
    at = first
    while at < end:
        length = next((n for n in range(3, 0, -1) if draft.keys(at, at + n) in LINKS and at + n <= end), 0)
        if draft.taken[at] or not (length or draft.joining[at]):
            return False
        at += length or 1
    return True


def _replace(draft: Draft, old: tuple[Claim, ...], new: Claim) -> None:
    draft.claims[:] = [claim for claim in draft.claims if claim not in old]
    draft.taken[new.first : new.end] = [True] * (new.end - new.first)
    draft.claims.append(new)
