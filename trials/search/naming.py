"""The conditions and drugs that a draft names."""

from collections.abc import Iterator
from itertools import groupby

from trials import conditions, drugs
from trials.drugs.cells import is_car
from trials.drugs.folding import places_of
from trials.drugs.reading import read as read_drugs
from trials.search.data import WORDS
from trials.search.draft import Claim, Draft
from trials.search.kinds import is_read
from trials.search.model import Kind
from trials.search.phrases import DENIED, DOUBTS, JOINING, TAKEN, UNLESS, drug_phrase, longest_at, table, word_set
from trials.search.tokens import keys_of

# What belongs to the name of a CAR product around the "CAR" itself.
_CAR_BEFORE = frozenset(
    {
        "anti",
        "cd",
        "bcma",
        "baff",
        "allogeneic",
        "universal",
        "autologous",
        "donor",
        "own",
        "your",
        "vivo",
        "in",
        "dual",
    }
)
_CAR_AFTER = frozenset({"t", "nk", "treg", "tregs", "cell", "cells", "tcell", "tcells", "therapy"})
_FAILED = word_set(WORDS["taken"]["after"])
_LONGEST_FAILED = max(map(len, _FAILED))
_BETWEEN = 2  # joining words between "taking" and the drug


def claim_conditions(draft: Draft) -> None:
    """Conditions in the words that are free; then those that only count as the whole of what is left."""
    for claim in _conditions(draft, draft.blanked(), 0):
        draft.claim(claim)
    for run in list(draft.runs()):
        for claim in _conditions(draft, draft.words(run.start, run.stop), draft.tokens[run.start].start):
            draft.claim(claim)


def _conditions(draft: Draft, text: str, offset: int) -> Iterator[Claim]:
    found = conditions.resolve(text, typed=True)
    for (start, end, certain), group in groupby(found, key=lambda one: (one.start, one.end, one.certain)):
        words = draft.inside(start + offset, end + offset)
        slugs = tuple(one.slug for one in group)
        if words:
            first, last = _without_children(draft, words, slugs)
            sure = certain and not _is_denied(draft, first)
            yield Claim(Kind.CONDITION, first, last, slugs, sure)


def _is_denied(draft: Draft, at: int) -> bool:
    """ "I don't have lupus", but not "有没有狼疮"."""
    denied = draft.preceded_by(at, DENIED)
    return bool(denied) and draft.preceded_by(at, JOINING) <= denied


def _without_children(draft: Draft, words: range, slugs: tuple[str, ...]) -> tuple[int, int]:
    """ "Pediatric lupus" is lupus, for children; "juvenile dermatomyositis" is a condition of its own."""
    first, end = words.start, words.stop
    left = longest_at(draft.tokens, first, end, table())
    if left and left[1].kind is Kind.CHILDREN:
        first = left[0]
    for at in range(first, end):
        right = longest_at(draft.tokens, at, end, table())
        if right and right[0] == end and right[1].kind is Kind.CHILDREN:
            end = at
            break
    while first < end and draft.joining[end - 1] and end < words.stop:
        end -= 1
    if (first, end) == (words.start, words.stop) or first >= end:
        return words.start, words.stop
    inner = {one.slug for one in conditions.resolve(draft.words(first, end), typed=True)}
    return (first, end) if inner == set(slugs) else (words.start, words.stop)


def claim_drugs(draft: Draft) -> None:
    """Drugs in the words that are free. One that somebody takes already is a question: they may want another."""
    text = draft.blanked()
    reading, places = read_drugs(text), places_of(text)
    if len(places) != len(reading.words):
        return
    for mention in reading.mentions:
        if mention.drug and is_read(mention.drug):
            words = draft.inside(places[mention.start][0], places[mention.end - 1][1])
            claim_drug(draft, mention.drug, words)


def claim_drug(draft: Draft, drug: drugs.Drug, words: range) -> None:
    first, end = words.start, words.stop
    if is_car(drug):
        first, end = _car(draft, first, end)
    phrase = drug_phrase(drug)
    if phrase.kind:
        doubtful, taken = keys_of(draft.words(first, end)) in DOUBTS, not is_wanted(draft, first, end)
        draft.claim(Claim(phrase.kind, first, end, phrase.values, not doubtful and not taken, taken=taken))


def _car(draft: Draft, first: int, end: int) -> tuple[int, int]:
    while first and draft.is_free(first - 1, first):
        before = draft.tokens[first - 1].key
        if before not in _CAR_BEFORE and not before.isdigit():
            break
        first -= 1
    while end < len(draft.tokens) and draft.tokens[end].key in _CAR_AFTER and draft.is_free(end, end + 1):
        end += 1
    return first, end


def is_wanted(draft: Draft, first: int, end: int) -> bool:
    """Whether a drug is looked for, as far as the words beside it tell: not "on", "failed" or "allergic to" it.

    Nobody looks for the words that tell so, either: from here on they only join.
    """
    if end < len(draft.tokens) and not draft.divides(end):
        for length in range(_LONGEST_FAILED, 0, -1):
            if draft.keys(end, end + length) in _FAILED:
                draft.joining[end : end + length] = [True] * length
                return False
    for skipped in range(_BETWEEN + 1):
        at = first - skipped
        if at < 1 or draft.divides(at):
            break
        length = draft.preceded_by(at, TAKEN)
        if length and draft.preceded_by(at - length, UNLESS):
            return True
        if length:
            draft.joining[at - length : at] = [True] * length
            return False
        if not draft.joining[at - 1]:
            break
    return not _listed_with_unwanted(draft, first)


def _listed_with_unwanted(draft: Draft, first: int) -> bool:
    """ "Failed methotrexate and rituximab": neither is looked for."""
    at = first - 1 if first and draft.joining[first - 1] else first
    return any(
        claim.kind in (Kind.DRUG, Kind.DRUG_KIND) and claim.end == at and not claim.certain for claim in draft.claims
    )
