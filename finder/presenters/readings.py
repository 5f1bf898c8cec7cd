"""What was made of the words that somebody typed: each part said and removable, and what was only guessed, asked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from finder.forms import StudySearch
from finder.presenters.filters import Chip
from finder.presenters.part_names import part_label, value_name
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
        yield Chip(f"read-{number}", part_label(part, asked), _with_text(asked, path, asked.typed.without(part)))
    for free in asked.typed.reading.rest[:MOST_CHIPS]:
        number += 1
        label = _("Words: %(text)s") % {"text": free.text}
        yield Chip(f"read-{number}", label, _with_text(asked, path, asked.typed.without(free)))


# What is chosen in a field of its own wins over the words on the same.
_FIELDS = {
    Kind.STATUS: "status", Kind.PHASE: "phase", Kind.AGE: "age", Kind.SEX: "sex", Kind.STUDY_TYPE: "type",
    Kind.PLACE: "near", Kind.RADIUS: "radius", Kind.COUNTRY: "country", Kind.PLACEBO: "placebo",
    Kind.OVER_AGE: "age", Kind.UNKNOWN_PLACE: "near",
}  # fmt: skip


def _is_overruled(part: Part, asked: StudySearch) -> bool:
    given = {name for name, _value in asked.parameters}
    if part.kind is Kind.PLACE and part.values[0] != asked.typed.values(Kind.PLACE)[0]:
        return True
    if part.kind is Kind.RADIUS and not asked.place:
        return True
    in_near = part.kind is Kind.COUNTRY and bool(asked.near and asked.near.country_code)
    return in_near or _FIELDS.get(part.kind) in given


def corrections(asked: StudySearch, path: str) -> tuple[ReadAs, ...]:
    """What was read otherwise than it stands, or not used at all, each with a way out."""
    read = (
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
    return (*_not_used(asked, path), *read)


def _not_used(asked: StudySearch, path: str) -> Iterator[ReadAs]:
    """What somebody does not want, and limits of age, which no search can ask for as they are."""
    for part in asked.typed.certain:
        if part.kind is Kind.STUDY_ID:
            to_study = Choice(_("Open that study"), reverse("study", args=[part.values[0]]))
            yield ReadAs(_("“%(text)s” is the number of one study.") % {"text": part.matched}, to_study)
        if part.kind is Kind.PLACE and _is_overruled(part, asked) and not (asked.near and asked.near.text):
            near = _with(asked, path, "near", part.values[0])
            sentence = _("We measure from one place, so we did not use “%(text)s”.") % {"text": part.matched}
            yield ReadAs(sentence, Choice(_("Measure from there"), near))
        said = _NOT_USED.get(part.values[0], _cannot_leave_out) if part.kind is Kind.SET_ASIDE else None
        said = _near_that_age if part.kind is Kind.OVER_AGE and not _is_overruled(part, asked) else said
        if said:
            sentence = said() % {"text": part.matched, "age": part.values[0]}
            yield ReadAs(sentence, Choice(_("Remove these words"), _with_text(asked, path, asked.typed.without(part))))


def _cannot_leave_out() -> str:
    return _("We did not use “%(text)s”. Our search cannot leave things out.")


def _cannot_leave_out_places() -> str:
    return _("We did not use “%(text)s”. We cannot leave places out; the country filter picks the one you want.")


def _age_unknown() -> str:
    return _("We did not use “%(text)s”. For studies that fit an age, type that age.")


def _near_that_age() -> str:
    return _("You typed “%(text)s”, so we looked for studies that take people aged %(age)s. You can type an exact age.")


_NOT_USED: dict[str, Callable[[], str]] = {
    Kind.COUNTRY: _cannot_leave_out_places,
    Kind.PLACE: _cannot_leave_out_places,
    Kind.AGE: _age_unknown,
}


def questions(asked: StudySearch, path: str) -> tuple[Question, ...]:
    """What each unsure part may mean, and a place that is not known."""
    found = [_question(part, asked, path) for part in asked.typed.unsure]
    return tuple(question for question in (*found, *_places(asked, path)) if question and question.choices)


def _question(part: Part, asked: StudySearch, path: str) -> Question:
    if part.taken and not part.corrected_to:
        may = _("“%(text)s” may be what you take. To see studies that test it, choose:")
    elif part.corrected_to:
        may = _("We do not know “%(text)s”. Did you mean:")
    elif len(part.values) == 1 and part.matched in asked.search.text:
        may = _("We looked for the word “%(text)s” itself. Did you mean:")
    elif len(part.values) == 1:
        may = _("We are not sure what “%(text)s” means. Did you mean:")
    else:
        may = _("“%(text)s” can mean more than one thing. Did you mean:")
    return Question(may % {"text": part.matched}, tuple(_choices(part, asked, path)))


def _choices(part: Part, asked: StudySearch, path: str) -> Iterator[Choice]:
    """The same search for each value; a kind of treatment is one thing, however many kinds of ours it holds."""
    rest = asked.typed.without(part)
    if part.kind is Kind.DRUG_KIND:
        label = part.corrected_to or part.matched
        yield Choice(label, _with_text(asked, path, _and(rest, label)))
        return
    for value in part.values:
        known = asked.typed.places.get(value)
        label = known[0].label if known else str(value_name(part.kind, value))
        if parameter := _AS_PARAMETER.get(part.kind):
            kept = [one for one in _replaced(asked.parameters, "q", rest) if one[0] != parameter]
            yield Choice(label, _address(path, (*kept, (parameter, value))))
        else:
            yield Choice(label, _with_text(asked, path, _and(rest, label)))


# What is chosen as a parameter of the address; anything else as words, behind a comma: what stands before it in the
# text says nothing of it any more ("failed, rituximab").
_AS_PARAMETER = {Kind.CONDITION: "condition", Kind.AGE: "age", Kind.PHASE: "phase", Kind.PLACE: "near"}


def _and(rest: str, words_: str) -> str:
    return f"{rest}, {words_}" if rest else words_


def _places(asked: StudySearch, path: str) -> Iterator[Question]:
    near = asked.near
    if near and asked.unknown_place:
        sentence = _("We do not know the place “%(text)s”. Did you mean:") % {"text": near.text}
        unknown = [part for part in asked.typed.certain if part.kind is Kind.UNKNOWN_PLACE]
        kept = _replaced(asked.parameters, "q", asked.typed.without(unknown[0])) if unknown else asked.parameters
        others = tuple(one for one in kept if one[0] != "near")
        choices = (Choice(place.label, _address(path, (*others, ("near", place.token)))) for place in near.guesses)
        yield Question(sentence, tuple(choices))
    named = asked.typed.places_named
    if near and near.place and named and near.place.token not in {one.token for one in named}:
        values = {"typed": named[0].label, "place": near.place.label}
        sentence = (
            _("Your words name %(typed)s, but the list is near %(place)s. Look near this place instead:") % values
        )
        yield Question(sentence, (Choice(named[0].label, _with(asked, path, "near", named[0].token)),))


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
