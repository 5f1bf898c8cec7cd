"""What is wrong with a catalogue: against the messages of the site, in its own words, and against its compiled file."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message

from finder.languages.catalogues import (
    as_mo,
    collected,
    forms,
    is_translated,
    messages_of,
    mo_path,
    read,
)
from finder.languages.sources import Found

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_TAG = re.compile(r"</?[a-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Problem:
    language: str
    message: str
    what: str

    def __str__(self) -> str:
        return f"{self.language}: {self.what}: {self.message}" if self.message else f"{self.language}: {self.what}"


def problems(language: str, messages: Iterable[Found]) -> list[Problem]:
    """All that is wrong with a catalogue but what is not translated yet."""
    catalog = read(language)
    said = [*_out_of_step(catalog, collected(language, messages)), *_badly_worded(catalog), *_not_compiled(language)]
    return [Problem(language, message, what) for message, what in said]


def untranslated(language: str) -> list[str]:
    """The messages that pages still say in English."""
    return [_english(message) for message in messages_of(read(language)) if not is_translated(message)]


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _out_of_step(catalog: Catalog, wanted: Catalog) -> Iterator[tuple[str, str]]:
    have, want = ({(one.id, one.context): one for one in messages_of(c)} for c in (catalog, wanted))
    for key in (key for key in want if key not in have):
        yield _english(want[key]), "not in the catalogue, run `catalogues extract`"
    for key in (key for key in have if key not in want):
        yield _english(have[key]), "nobody says this any more, run `catalogues extract`"


def _badly_worded(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for message in messages_of(catalog):
        if message.fuzzy:
            yield _english(message), "marked as fuzzy: translate it and take the mark away"
        if is_translated(message):
            for place, form in enumerate(forms(message)):
                yield from ((_english(message), what) for what in _faults(message, form, place, catalog.num_plurals))


def _faults(message: Message, form: str, place: int, plurals: int) -> Iterator[str]:
    """What one form of a translation loses or invents. The first of several forms is that of one thing."""
    one, several = (message.id, message.id) if isinstance(message.id, str) else (message.id[0], message.id[1])
    source = one if place == 0 and plurals > 1 else several
    there = set(_PLACEHOLDER.findall(form))
    for name in sorted(set(_PLACEHOLDER.findall(source)) - there):
        yield f"the translation loses %({name})s"
    for name in sorted(there - set(_PLACEHOLDER.findall(one + several))):
        yield f"the translation invents %({name})s"
    if "%(" in source and re.search(r"%(?!%|\(\w+\)[sd])", form.replace("%%", "")):
        yield "the translation has a % that is neither a placeholder nor doubled"
    tags, wanted = Counter(_TAG.findall(form)), Counter(_TAG.findall(source))
    for tag in sorted((wanted - tags) | (tags - wanted)):
        yield f"the translation does not have {tag} as often as the message"


def _not_compiled(language: str) -> Iterator[tuple[str, str]]:
    path = mo_path(language)
    if not path.exists() or path.read_bytes() != as_mo(read(language), language):
        yield "", f"{path.name} is not what django.po says, run `catalogues compile`"
