"""What was made of the words that somebody typed: each part said and removable, and what was only guessed, asked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.condition_list import name_of
from finder.presenters.filters import Chip
from trials import labels
from trials import vocab as v
from trials.search import Kind, Part

Parameters = tuple[tuple[str, str], ...]
MOST_CHIPS = 12
MOST_OTHERS = 3  # places of the same name


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the words may mean; empty `choices` never occur."""

    sentence: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A misspelled word that was read as another one, and the search for it as it was typed."""

    sentence: str
    as_typed: Choice


def text_chips(asked: StudySearch, path: str) -> Iterator[Chip]:
    """A chip for each part of the text that counts, and one for the words that are left."""
    number = 0
    # Each thing once, and no more than a person would take back one by one: each chip reads the text anew.
    told = {(part.kind, part.values): part for part in asked.typed.certain if not _is_overruled(part, asked)}
    for part in list(told.values())[:MOST_CHIPS]:
        number += 1
        yield Chip(f"read-{number}", _label(part, asked), _with_text(asked, path, asked.typed.without(part)))
    for free in asked.typed.reading.rest[:MOST_CHIPS]:
        number += 1
        label = _("Words: %(text)s") % {"text": free.text}
        yield Chip(f"read-{number}", label, _with_text(asked, path, asked.typed.without(free)))


# What is chosen in a field of its own wins over the words on the same.
_FIELDS = {
    Kind.STATUS: "status", Kind.PHASE: "phase", Kind.AGE: "age", Kind.SEX: "sex", Kind.STUDY_TYPE: "type",
    Kind.PLACE: "near", Kind.RADIUS: "radius", Kind.COUNTRY: "country",
}  # fmt: skip


def _is_overruled(part: Part, asked: StudySearch) -> bool:
    given = {name for name, _value in asked.parameters}
    if part.kind is Kind.RADIUS and not asked.place:
        return True
    in_near = part.kind is Kind.COUNTRY and bool(asked.near and asked.near.country_code)
    return in_near or _FIELDS.get(part.kind) in given


def corrections(asked: StudySearch, path: str) -> tuple[ReadAs, ...]:
    return tuple(
        ReadAs(
            _("We read “%(typed)s” as “%(read)s”.") % {"typed": part.matched, "read": part.corrected_to},
            Choice(
                _("Search for “%(typed)s” as you typed it") % {"typed": part.matched},
                _with_text(asked, path, f'{asked.typed.without(part)} "{part.matched}"'.strip()),
            ),
        )
        for part in asked.typed.certain
        if part.corrected_to
    )


def questions(asked: StudySearch, path: str) -> tuple[Question, ...]:
    """What each unsure part may mean, and a place that is not known."""
    found = [_question(part, asked, path) for part in asked.typed.unsure]
    return tuple(question for question in (*found, *_places(asked, path)) if question and question.choices)


def _question(part: Part, asked: StudySearch, path: str) -> Question:
    if part.kind in (Kind.DRUG, Kind.DRUG_KIND) and not part.corrected_to:
        may = _("“%(text)s” may be what you take. To see studies that test it, choose:")
    elif part.corrected_to:
        may = _("We do not know “%(text)s”. Did you mean:")
    else:
        may = _("“%(text)s” can mean more than one thing. Did you mean:")
    rest = asked.typed.without(part)
    choices = []
    for value in part.values:
        label = _value(part.kind, value)
        if part.kind is Kind.CONDITION:
            kept = _replaced(asked.parameters, "q", rest)
            url = _address(path, (*(p for p in kept if p[0] != "condition"), ("condition", value)))
        else:
            url = _with_text(asked, path, f"{rest} {label}".strip())
        choices.append(Choice(label, url))
    return Question(may % {"text": part.matched}, tuple(choices))


def _places(asked: StudySearch, path: str) -> Iterator[Question]:
    near = asked.near
    if near and asked.unknown_place:
        sentence = _("We do not know the place “%(text)s”. Did you mean:") % {"text": near.text}
        yield Question(sentence, tuple(Choice(p.label, _with(asked, path, "near", p.token)) for p in near.guesses))


def other_places(asked: StudySearch, path: str) -> tuple[Choice, ...]:
    """Others of the same name as the place from which is measured."""
    if not asked.place:
        return ()
    near = asked.near
    others = near.others if near and near.place else asked.typed.places_named[1:]
    return tuple(Choice(one.label, _with(asked, path, "near", one.token)) for one in others[:MOST_OTHERS])


def place_problem(asked: StudySearch) -> str:
    """What is said of a place that nothing is known of, not even something like it."""
    if not asked.near or not asked.unknown_place or asked.near.guesses:
        return ""
    sentence = _("We do not know the place “%(text)s”. Try a larger town near you, or a ZIP code.")
    return sentence % {"text": asked.unknown_place}


def _label(part: Part, asked: StudySearch) -> words.Text:
    said = words.listing(_value(part.kind, value) for value in part.values)
    if part.kind is Kind.DRUG_KIND:  # its names are whole explanations
        said = part.matched
    if part.kind is Kind.PLACE and asked.typed.places_named:
        said = asked.typed.places_named[0].label
    pattern = _LABELS.get(part.kind)
    return str(pattern()) % {"name": said} if pattern else said


_LABELS: dict[Kind, Callable[[], str]] = {
    Kind.CONDITION: lambda: _("Condition: %(name)s"),
    Kind.DRUG: lambda: _("Treatment: %(name)s"),
    Kind.DRUG_KIND: lambda: _("Treatment: %(name)s"),
    Kind.SPONSOR: lambda: _("Sponsor: %(name)s"),
    Kind.PLACE: lambda: _("Near: %(name)s"),
    Kind.RADIUS: lambda: _("Within %(name)s km"),
    Kind.COUNTRY: lambda: _("Country: %(name)s"),
    Kind.AGE: lambda: _("Age %(name)s"),
}
_VOCABULARIES = {Kind.STATUS: v.RecruitmentStatus, Kind.PHASE: v.Phase, Kind.STUDY_TYPE: v.StudyType}


def _value(kind: Kind, value: str) -> str:
    """What a value is called on the page."""
    if kind is Kind.CONDITION:
        return name_of(value)
    if kind in _VOCABULARIES:
        return str(labels.label(_VOCABULARIES[kind], value))
    if kind is Kind.DRUG:
        return _(value)
    if kind is Kind.COUNTRY:
        return words.country_name(value)
    if kind in (Kind.AGE, Kind.RADIUS):
        return words.number(float(value))
    if kind is Kind.SEX:
        return _("Open to women and girls") if value == v.Sex.FEMALE else _("Open to men and boys")
    return _("Takes children") if kind is Kind.CHILDREN else value


def _with_text(asked: StudySearch, path: str, text: str) -> str:
    return _address(path, _replaced(asked.parameters, "q", text))


def _with(asked: StudySearch, path: str, name: str, value: str) -> str:
    """The same search with another value of a parameter."""
    kept = tuple(p for p in asked.parameters if p[0] != name)
    return _address(path, (*kept, (name, value)))


def _replaced(parameters: Iterable[tuple[str, str]], name: str, value: str) -> Parameters:
    kept = [(key, value if key == name else old) for key, old in parameters]
    return tuple((key, given) for key, given in kept if given)


def _address(path: str, parameters: Parameters) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path
