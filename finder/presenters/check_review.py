"""All that a person has answered, in the order of the questions, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from finder.check.state import State
from finder.presenters.check_fields import rest_labels
from finder.presenters.check_reasons import choice_name
from finder.presenters.words import listing, number
from trials.language import time_span
from trials.questions import model as q
from trials.questions.answering import unit_of
from trials.questions.model import Kind
from trials.questions.reading import question_of

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One answer; the label is empty where the question has one field."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Answered:
    slug: str
    text: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    questions: tuple[Answered, ...]


def review_groups(state: State) -> tuple[Group, ...]:
    groups: dict[str, list[Answered]] = {}
    for slug, entry in state.entries.items():
        question = question_of(slug)
        answered = Answered(slug, _(question.text), tuple(_lines(question, entry)))
        groups.setdefault(question.group, []).append(answered)
    return tuple(Group(_(heading), tuple(answers)) for heading, answers in groups.items())


def _lines(question: q.Question, entry: Mapping[str, Given]) -> Iterator[Line]:
    if not entry:
        yield Line("", _("Skipped"))
        return
    for one in question.fields:
        given = entry.get(one.attribute)
        if given:
            yield Line(_(one.text) if one.text and len(question.fields) > 1 else "", value_words(one, given))


def value_words(one: q.Field, given: Given) -> str:
    """What was entered, in the units in which it was."""
    if given.get("v") in rest_labels():
        return rest_labels()[given["v"]]
    if one.kind in (Kind.NUMBER, Kind.STEROID_DOSE):
        return _measure(one, given)
    if one.kind is Kind.TREATMENTS:
        return _medicines(given)
    if one.kind in (Kind.CONDITIONS, Kind.KINDS):
        return _ticked([choice_name("diagnosis", slug) for slug in given.get("c", ())], whole=bool(given.get("all")))
    words = {"yes": _("Yes"), "no": _("No"), "female": _("Female"), "male": _("Male")}[given["v"]]
    return _with_time(words, given)


def _measure(one: q.Field, given: Given) -> str:
    unit = unit_of(one, given["u"])
    values = {"number": number(given["n"]), "unit": _(unit.name) if unit else ""}
    if one.kind is Kind.STEROID_DOSE:
        return _("%(number)s mg a day of %(unit)s") % values if unit else _("No steroid")
    return _("%(number)s %(unit)s") % values if unit else number(given["n"])


def _medicines(given: Given) -> str:
    words = []
    for slug, use in given.get("t", {}).items():
        name = choice_name("treatment", slug)
        if use.get("w") == "now":
            words.append(_("%(answer)s (now)") % {"answer": name})
        else:
            words.append(_with_time(name, use))
    return _ticked(words, whole=bool(given.get("all")))


def _with_time(words: str, given: Given) -> str:
    if "n" not in given:
        return words
    if given["n"] == 0:
        return _("%(answer)s (now)") % {"answer": words}
    return _("%(answer)s (%(time)s ago)") % {"answer": words, "time": time_span(given["n"], given["u"])}


def _ticked(words: list[str], *, whole: bool) -> str:
    if not words:
        return _("None of the list")
    if whole:
        return _("%(answers)s; none of the others") % {"answers": listing(words)}
    return listing(words)
