"""One criterion's words → the words as meant, and the list of what was repaired or should be looked at."""

from trials.criteria.repair.brackets import open_brackets
from trials.criteria.repair.doubled import doubled_words, stray_stops, words_said_twice
from trials.criteria.repair.fix import Finder, Fix, WayBack, apart, laid_over
from trials.criteria.repair.names import Names, known_names, misspelt_names
from trials.criteria.repair.phrases import wrong_phrases
from trials.criteria.repair.pointers import dangling_pointers
from trials.criteria.repair.powers import lost_powers, unsure_powers
from trials.criteria.repair.signs import broken_signs, lost_signs, spelled_signs, symbol_font
from trials.criteria.repair.spaces import missing_spaces
from trials.criteria.repair.units import missing_times, unit_case

MAKERS: tuple[Finder, ...] = (
    broken_signs,
    symbol_font,
    spelled_signs,
    lost_powers,
    missing_times,
    unit_case,
    missing_spaces,
    doubled_words,
)
PROPOSERS: tuple[Finder, ...] = (
    lost_signs,
    unsure_powers,
    words_said_twice,
    stray_stops,
    wrong_phrases,
    dangling_pointers,
    open_brackets,
)
_LONGEST = 20_000  # ClinicalTrials.gov takes no more characters for all criteria of a study: beyond is no criterion
_ROUNDS = 4  # one repair can bring another to light: first the sign is decoded, then ">/=" is one sign


def repaired(text: str, names: Names | None = None) -> tuple[str, tuple[Fix, ...]]:
    """Repair one criterion's text (decoded, white space collapsed): the new text and every fix, made and proposed.

    Offsets of the fixes count characters of the given text. Numbers are never changed. Repairing the new text again
    changes nothing. `names` are the drug and disease names that misspelt words are compared with. A text too long
    for one criterion stays as it is.
    """
    if len(text) > _LONGEST:
        return text, ()
    new, rounds = _made(text)
    fixes: list[Fix] = proposals(new, names)
    for made in reversed(rounds):
        back = WayBack(made)
        fixes = [back.of(fix) for fix in fixes] + made
    return new, tuple(sorted(fixes, key=lambda fix: (fix.start, fix.end)))


def proposals(text: str, names: Names | None = None) -> list[Fix]:
    """What an editor should look at in a text that needs no certain repair (or has had it)."""
    names = names or known_names()
    fixes = [fix for find in PROPOSERS for fix in find(text)]
    fixes += misspelt_names(text, names)
    return sorted(fixes, key=lambda fix: (fix.start, fix.end))


def _made(text: str) -> tuple[str, list[list[Fix]]]:
    """The text with all certain repairs, and these by rounds; each round's offsets count the text it began with."""
    rounds: list[list[Fix]] = []
    new = text
    while fixes := apart(fix for find in MAKERS for fix in find(new)):
        if len(rounds) == _ROUNDS:  # repairs that never come to rest are not certain: all are withdrawn
            return text, []
        rounds.append(fixes)
        new = laid_over(new, fixes)
    return new, rounds
