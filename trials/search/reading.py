"""A typed search, read: the parts that we understand, each with its place, and the words that are left."""

from collections.abc import Iterator
from dataclasses import replace

from trials import conditions
from trials.search.asking import claim_patterns, claim_phrases
from trials.search.company import claim_company
from trials.search.draft import Claim, Draft
from trials.search.mending import slips_in
from trials.search.model import Free, Kind, Names, NoNames, Part, Reading
from trials.search.naming import claim_conditions, claim_drugs
from trials.search.organs import claim_organs
from trials.search.refusing import claim_refused
from trials.search.slips import Slip, is_known
from trials.search.towns import claim_rest, claim_towns
from trials.search.unplaced import claim_unknown_places
from trials.search.where import Remembered, claim_countries, claim_places, claim_sponsors

LONGEST_TEXT = 300  # signs that are read
_NAMING = (Kind.CONDITION, Kind.DRUG, Kind.DRUG_KIND)
_SHORTEST_GUESS = 5  # letters


def read(text: str, names: Names | None = None) -> Reading:
    """What a person who typed this looks for.

    `names` knows the places and sponsors of the database; each phrase is asked at most once. A part is certain only
    where its words mean one thing. Of a text longer than LONGEST_TEXT signs only the beginning is read.
    """
    known = Remembered(names or NoNames())
    draft = named(Draft(text[:LONGEST_TEXT]), known)
    slips = slips_in(draft)
    if slips:
        draft = _corrected(draft, slips, known)
    claim_rest(draft, known)
    claim_unknown_places(draft)
    claim_towns(draft, known)
    claim_sponsors(draft, known)
    _claim_guess(draft)
    return _reading(draft, text)


def named(draft: Draft, names: Names) -> Draft:
    """The draft with all that its words name as they stand."""
    claim_patterns(draft)
    claim_conditions(draft)
    claim_drugs(draft)
    claim_phrases(draft)
    claim_refused(draft)
    claim_company(draft)
    claim_organs(draft)
    claim_places(draft, names)
    claim_countries(draft)
    return draft


def _corrected(draft: Draft, slips: dict[int, Slip], names: Remembered) -> Draft:
    """The draft read with the words that were meant, where that names something; its places are those of the draft."""
    again = named(Draft(_with_words(draft, slips)), names)
    if len(again.tokens) != len(draft.tokens):
        return draft
    used = {
        at for claim in again.claims if claim.kind in _NAMING for at in range(claim.first, claim.end) if at in slips
    }
    if used != slips.keys():
        return _corrected(draft, {at: slips[at] for at in used}, names) if used else draft
    for number, claim in enumerate(again.claims):
        inside = [at for at in range(claim.first, claim.end) if at in slips]
        if inside:
            sure = claim.certain and all(slips[at].sure and not _is_name(draft, at, names) for at in inside)
            spelled = again.words(claim.first, claim.end)
            again.claims[number] = replace(claim, certain=sure, corrected_to=spelled)
    again.text, again.tokens = draft.text, draft.tokens
    return again


def _with_words(draft: Draft, slips: dict[int, Slip]) -> str:
    text = draft.text
    for at in sorted(slips, reverse=True):
        token = draft.tokens[at]
        text = text[: token.start] + slips[at].word + text[token.end :]
    return text


def _is_name(draft: Draft, at: int, names: Remembered) -> bool:
    """Whether the word, as written, is the name of a place or a sponsor: then nobody knows what was meant."""
    raw = draft.tokens[at].raw
    return bool(names.place(raw) or names.sponsor(raw))


def _claim_guess(draft: Draft) -> None:
    """Conditions that sound like what is left, as a question."""
    for run in list(draft.runs()):
        strange = any(
            len(token.key) >= _SHORTEST_GUESS and not is_known(token.key)
            for token in draft.tokens[run.start : run.stop]
        )
        if not strange or not draft.is_free(run.start, run.stop):
            continue
        words, offset = draft.words(run.start, run.stop), draft.tokens[run.start].start
        guesses = conditions.suggest(words, limit=2)
        if guesses:
            start = offset + words.index(guesses[0].text)
            place = draft.inside(start, start + len(guesses[0].text))
            slugs = tuple(guess.slug for guess in guesses if guess.text == guesses[0].text)
            draft.claim(Claim(Kind.CONDITION, place.start, place.stop, slugs, False, guesses[0].term))


def _reading(draft: Draft, text: str) -> Reading:
    parts = []
    for claim in sorted(draft.claims, key=lambda claim: claim.first):
        start, end = draft.tokens[claim.first].start, draft.tokens[claim.end - 1].end
        said = (claim.values, claim.certain, claim.corrected_to, claim.taken)
        parts.append(Part(claim.kind, start, end, text[start:end], *said))
    return Reading(tuple(parts), tuple(sorted(_rest(draft, text), key=lambda free: free.start)))


def _rest(draft: Draft, text: str) -> Iterator[Free]:
    for run in draft.quoted:
        if run:
            start, end = draft.tokens[run.start].start, draft.tokens[run.stop - 1].end
            yield Free(start, end, text[start:end], quoted=True)
    for run in draft.runs():
        start, end = draft.tokens[run.start].start, draft.tokens[run.stop - 1].end
        words = text[start:end]
        if not (words.isdigit() and len(words) <= 3) and not (len(words) == 1 and words.isascii()):
            yield Free(start, end, words)
