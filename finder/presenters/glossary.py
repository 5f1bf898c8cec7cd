"""All words that the pages explain: by the alphabet, one kind of them, or those that somebody looks for."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from finder.presenters.terms import ENGLISH
from finder.presenters.words import number
from trials.language import Text, name_key
from trials.plain_language.glossary import KINDS, Term, by_slug, key, terms

_KINDS: Mapping[str, Text] = {
    "disease": gettext_lazy("Diseases"),
    "symptom": gettext_lazy("Symptoms and signs"),
    "body": gettext_lazy("The body"),
    "test": gettext_lazy("Tests"),
    "score": gettext_lazy("Scores"),
    "criteria": gettext_lazy("Lists that define a disease"),
    "antibody": gettext_lazy("Antibodies"),
    "treatment": gettext_lazy("Medicines and treatments"),
    "infection": gettext_lazy("Infections"),
    "pregnancy": gettext_lazy("Pregnancy and birth control"),
    "trial": gettext_lazy("Words of studies"),
    "course": gettext_lazy("How an illness goes"),
}
_LONGEST_SEARCH = 200
_SHORT = 6  # letters: what is not longer is an abbreviation
_OTHERS = "#"  # the heading of what begins with no Latin letter


@dataclass(frozen=True, slots=True)
class Entry:
    """`also` are the other writings in registries' English: of all words at once only the abbreviations."""

    slug: str
    term: str
    also: tuple[str, ...]
    definition: str
    see: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    letter: str
    anchor: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class KindLink:
    label: Text
    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class GlossaryView:
    query: str
    kind: str
    kinds: tuple[KindLink, ...]
    summary: str
    letters: tuple[Letter, ...]

    @property
    def is_whole(self) -> bool:
        return not self.query and not self.kind


def glossary_view(query: str, kind: str) -> GlossaryView:
    """`query` and `kind` are what stands in the address; an unknown kind counts as none."""
    query, kind = " ".join(query[:_LONGEST_SEARCH].replace("\0", "").split()), kind if kind in KINDS else ""
    found = [term for term in terms() if kind in ("", term.kind) and _answers(term, query)]
    shown = {term.slug for term in found}
    entries = [_entry(term, shown, whole=not query and not kind) for term in found]
    count = ngettext("%(count)s word", "%(count)s words", len(entries)) % {"count": number(len(entries))}
    return GlossaryView(query, kind, tuple(_kind_links(kind, query)), count, tuple(_letters(entries)))


def _answers(term: Term, query: str) -> bool:
    """Whether the search stands in one of its writings, or in what it is called in the language of the page."""
    if not query:
        return True
    asked, folded = " ".join(key(query)), query.casefold()
    written = (" ".join(key(form)) for form in term.forms)
    return folded in _(term.term).casefold() or (bool(asked) and any(asked in form for form in written))


def _entry(term: Term, shown: set[str], *, whole: bool) -> Entry:
    name = _(term.term)
    in_english = [term.term] if name != term.term and get_language() != ENGLISH else []
    others = [form for form in term.spellings if not whole or len(form) <= _SHORT or form in term.cased]
    see = ((f"#{slug}" if slug in shown else f"{reverse('words')}#{slug}", _(by_slug(slug).term)) for slug in term.see)
    return Entry(term.slug, name, tuple(in_english + others), _(term.definition), tuple(see))


def _kind_links(kind: str, query: str) -> Iterable[KindLink]:
    def address(**asked: str) -> str:
        given = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('words')}?{given}" if given else reverse("words")

    yield KindLink(_("All kinds"), address(q=query), not kind)
    for one in KINDS:
        yield KindLink(_KINDS[one], address(q=query, kind=one), one == kind)


def _letters(entries: Iterable[Entry]) -> Iterable[Letter]:
    """The entries under their first letters; what begins with none comes last, in its own order."""
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (name_key(entry.term), entry.slug)):
        groups.setdefault(_first_letter(entry.term), []).append(entry)
    for letter in sorted(groups, key=lambda letter: (letter == _OTHERS, letter)):
        yield Letter(letter, "letter-others" if letter == _OTHERS else f"letter-{letter}", tuple(groups[letter]))


def _first_letter(term: str) -> str:
    first = unicodedata.normalize("NFKD", term)[:1].upper()
    return first if first.isascii() and first.isalpha() else _OTHERS
