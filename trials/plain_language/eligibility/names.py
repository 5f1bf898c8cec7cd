"""Names that other lists of ours hold: which message stands for a whole text, if one does."""

from functools import cache

from trials.drugs import drugs
from trials.plain_language.eligibility.lexicon import folded
from trials.plain_language.glossary import terms


def glossary_term(text: str) -> str | None:
    """The glossary's word that means the same as the text; not one that only covers it."""
    return _cased().get(text) or _words().get(folded(text))


def drug_name(text: str) -> str | None:
    """The drug of exactly this name, with no dose or way of giving beside it."""
    return _drugs().get(folded(text))


@cache
def _words() -> dict[str, str]:
    return {
        folded(form): term.term for term in terms() for form in (term.term, *term.spellings) if form not in term.cased
    }


@cache
def _cased() -> dict[str, str]:
    return {form: term.term for term in terms() for form in (term.term, *term.spellings) if form in term.cased}


@cache
def _drugs() -> dict[str, str]:
    return {folded(drug.name): drug.name for drug in drugs() if not drug.generic}
