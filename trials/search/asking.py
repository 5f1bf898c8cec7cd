"""The words of a draft that say what kind of study is looked for, and for whom."""

from trials.conditions import ancestors
from trials.search.draft import Claim, Draft
from trials.search.model import Kind
from trials.search.naming import is_wanted
from trials.search.patterns import READERS
from trials.search.phrases import STUDY, Phrase, longest_at, table


def claim_patterns(draft: Draft) -> None:
    """Ids, ages, phases and distances."""
    for reader in READERS:
        for kind, start, end, values, certain in reader(draft.blanked()):
            words = draft.inside(start, end)
            if words:
                draft.claim(Claim(kind, words.start, words.stop, values, certain))


def claim_phrases(draft: Draft) -> None:
    """Statuses, sexes, kinds of treatment and whatever else the table has, the longest at each place."""
    at = 0
    while at < len(draft.tokens):
        found = longest_at(draft.tokens, at, _free_until(draft, at), table())
        if found is None:
            at += 1
            continue
        end, phrase = found
        if phrase.kind and not (phrase.kind is Kind.CONDITION and _is_said(draft, phrase)):
            taken = phrase.kind in (Kind.DRUG, Kind.DRUG_KIND) and not is_wanted(draft, at, end)
            sure = not taken and _is_sure(draft, at, end, phrase)
            draft.claim(Claim(phrase.kind, at, end, phrase.values, sure, taken=taken))
        at = end


def _is_said(draft: Draft, phrase: Phrase) -> bool:
    """Whether the condition that the words may mean is named for certain anyway, or a narrower one."""
    said = {value for claim in draft.claims if claim.kind is Kind.CONDITION and claim.certain for value in claim.values}
    return any(slug in said or slug in ancestors(other) for slug in phrase.values for other in said)


def _free_until(draft: Draft, at: int) -> int:
    """The first word from here on that is taken or stands behind a comma."""
    end = at
    while end < len(draft.tokens) and not draft.taken[end] and (end == at or not draft.divides(end)):
        end += 1
    return end


def _is_sure(draft: Draft, first: int, end: int, phrase: Phrase) -> bool:
    return not phrase.unsure and (not phrase.beside or _beside_study(draft, first, end))


def _beside_study(draft: Draft, first: int, end: int) -> bool:
    """Whether a word for a study is the next thing on either side, or nothing else is there at all."""
    before = _next_study(draft, range(first - 1, -1, -1))
    after = _next_study(draft, range(end, len(draft.tokens)))
    return bool(before or after) or (before is None and after is None)


def _next_study(draft: Draft, way: range) -> bool | None:
    """True where a word for a study comes before any free word, False where a free word does, None at the edge."""
    for at in way:
        if (draft.tokens[at].key,) in STUDY or draft.keys(at, at + 2) in STUDY or draft.keys(at - 1, at + 1) in STUDY:
            return True
        if not draft.taken[at] and not draft.joining[at]:
            return False
    return None
