"""What a press of a button means: which screen comes next, and what was entered on the one before."""

from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext as _

from finder.check.position import Position, position_of
from finder.check.reading import Entered, read_screen
from finder.check.state import State, StateError, read_state
from trials.questions import model as q
from trials.questions.answering import KINDS, Entries, named_conditions
from trials.questions.model import Kind
from trials.questions.reading import question_of, questions
from trials.questions.unticked import offered
from trials.vocab import Verdict

MOST_INPUTS = 300  # of one screen; the longest of ours has some 120
LONGEST_INPUT = 200  # characters


class Screen(StrEnum):
    QUESTION = "question"
    RESULTS = "results"
    REVIEW = "review"
    STUDY = "study"  # one study of the list, criterion by criterion
    ABOUT = "about"  # the page of a study, where no second tab can show it
    WHY = "why"  # why a study is not on the list
    HANDOUT = "handout"
    CALENDAR = "calendar"  # the day on which to look at a study again
    CALENDAR_FILE = "calendar_file"


@dataclass(frozen=True, slots=True)
class Shown:
    """What to show. `entered` is what stood on the question's screen when it could not be used, else None.

    `what` is the NCT id of the study, or what was typed for it; `verdict` and `page` choose a part of the results.
    """

    screen: Screen
    position: Position
    question: q.Question | None = None
    entered: Entered | None = None
    what: str = ""
    verdict: Verdict | None = None
    page: int = 1


def start(study: str = "") -> Shown:
    """The first screen; `study` is an id as somebody typed it. Raises StudyGone on one that we do not show."""
    return _next(position_of(State(study=study.strip().upper())))


def act(form: QueryDict) -> Shown:
    """Raises StateError with a sentence on a form that is not one of ours."""
    _bound(form)
    state = read_state(form.get("state", ""))
    do, _colon, what = form.get("do", "next").partition(":")
    question = _asked(form.get("at", ""))
    if do == "go":  # the Enter key
        do = "next" if question else "stay"
    entered = read_screen(question, ticks(question, state.entries), form) if question else None
    if question and entered and do == "next":
        if entered.is_empty:
            entered.problems[""] = _("Please choose an answer. You can also skip this question.")
        if entered.problems:  # also what was right on this screen waits
            return Shown(Screen.QUESTION, position_of(state), question, entered)
    if question and do == "skip":
        state = state.with_entry(question.slug, {})
    elif question and entered and (entered.entry or (question.slug in state.entries and not entered.problems)):
        state = state.with_entry(question.slug, entered.entry)
    return _shown(do, what, question, position_of(state), form)


def _bound(form: QueryDict) -> None:
    given = [value for name, values in form.lists() for value in values if name != "state"]
    if len(given) > MOST_INPUTS or any(len(value) > LONGEST_INPUT for value in given):
        raise StateError(_("This form holds more than a questionnaire can. Please start again."))


def _asked(slug: str) -> q.Question | None:
    """The question that stood on the screen; None for a screen that asks nothing, or what is no longer asked."""
    return question_of(slug) if slug in {question.slug for question in questions()} else None


def ticks(question: q.Question, entries: Entries) -> dict[str, list[str]]:
    """What may be ticked on the screen of a question, per attribute."""
    named = named_conditions(entries)
    if question.slug == KINDS:
        return {"diagnosis": [choice.slug for choice in offered(question.fields[0], named)]}
    return {
        one.attribute: [choice.slug for choice in one.choices]
        for one in question.fields
        if one.kind in (Kind.CONDITIONS, Kind.TREATMENTS)
    }


def _shown(do: str, what: str, question: q.Question | None, position: Position, form: QueryDict) -> Shown:
    if do == "stay":  # the same screen, in another language
        if question:
            return _question(position, question.slug)
        do, _colon, what = form.get("screen", "").partition(":")
    if do == "back":
        before = position.state.before(question.slug if question else "")
        waits = not question and position.next  # the results were looked at before the questions came to an end
        return _question(position, before) if before and not waits else _next(position)
    if do == "change" and what in position.state.entries:
        return _question(position, what)
    if do in ("results", "show"):
        return _results(position, what)
    if do in (Screen.REVIEW, Screen.HANDOUT):
        return Shown(Screen(do), position)
    if do in (Screen.STUDY, Screen.ABOUT, Screen.CALENDAR, Screen.CALENDAR_FILE):
        return Shown(Screen(do), position, what=what)
    if do == Screen.WHY:
        return Shown(Screen.WHY, position, what=form.get("why", "").strip())
    return _next(position)


def _question(position: Position, slug: str) -> Shown:
    return Shown(Screen.QUESTION, position, question_of(slug))


def _next(position: Position) -> Shown:
    if position.next is None:
        return _results(position, "")
    return Shown(Screen.QUESTION, position, position.next.question)


def _results(position: Position, what: str) -> Shown:
    verdict, _comma, page = what.partition(",")
    chosen = Verdict(verdict) if verdict in set(Verdict) else None
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    return Shown(Screen.RESULTS, position, verdict=chosen, page=max(number, 1))
