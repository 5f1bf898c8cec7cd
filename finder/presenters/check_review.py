"""All that a person has answered, in the order of the questions, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from finder.check.state import State
from finder.presenters.check_said import value_words
from trials.questions import model as q
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
