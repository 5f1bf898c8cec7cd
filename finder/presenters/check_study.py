"""One study for one person, rule by rule: what speaks against, what is open, what fits, what the team will check."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.check.acting import Shown
from finder.check.position import Position, before_one, shown_trial
from finder.presenters.cards import cards
from finder.presenters.check_asking import tests_to_ask
from finder.presenters.check_later import later_view
from finder.presenters.check_names import names_of
from finder.presenters.check_reasons import limit_words, why_not
from finder.presenters.check_results import FIELDS
from finder.presenters.criteria import CriterionView, criteria_view
from finder.presenters.study import StudyView, study_view
from finder.presenters.terms import ENGLISH, WordsOnPage
from trials.criteria.model import Kind
from trials.matching.marks import Mark, Marked, marked
from trials.matching.tree import Node
from trials.matching.verdict import match
from trials.models import Trial
from trials.summaries import shown_summary


@dataclass(frozen=True, slots=True)
class RuleView:
    """`words` stand for a limit that only a field of the record states; else `criterion` does. `note` is what it is
    to the person, `side` whether it lets in or keeps out.
    """

    criterion: CriterionView | None
    words: str
    note: str
    side: str


@dataclass(frozen=True, slots=True)
class MarkedRules:
    mark: Mark
    heading: str
    rules: tuple[RuleView, ...]


def study_parts(shown: Shown, today: date, stale_after_months: int) -> Mapping[str, Any]:
    """The study that the questionnaire is about, or that was chosen from the list. Raises StudyGone."""
    found = shown_trial(shown.position.state.study or shown.what)
    trial = Trial.objects.with_parts().get(pk=found.pk)
    position = before_one(shown.position, trial)
    tree, answers = position.studies.trees[0], position.answers
    card = cards([trial], today, stale_after_months)[0]
    return {
        "title": card.title,
        "card": card,
        "verdict": position.verdict(0),
        "silent": bool(position.studies.without_rules),
        "later": later_view(tree, answers, today),
        "groups": _groups(trial, position),
        "tests": tests_to_ask(shown.position) if shown.position.state.study else (),
        "settled": shown.position.next is None,
        "study": {"wording": _("Official wording")},
    }


def about_view(shown: Shown, today: date, stale_after_months: int, own_names: Sequence[str]) -> StudyView:
    """The study that was chosen from the list, as its own page tells it. Raises StudyGone."""
    trial = Trial.objects.with_parts().get(pk=shown_trial(shown.what).pk)
    return study_view(trial, today, stale_after_months, own_names=own_names)


def _groups(trial: Trial, position: Position) -> tuple[MarkedRules, ...]:
    tree, answers = position.studies.trees[0], position.answers
    criteria = criteria_view(trial, shown_summary(trial, get_language() or ENGLISH), WordsOnPage())
    views = {view.key: view for view in (*criteria.inclusion, *criteria.exclusion)}
    notes: dict[str, dict[str, None]] = {}
    for reason in match(tree, answers).reasons:
        notes.setdefault(reason.top, {})[why_not(reason, position.state.entries)] = None
    found: dict[Mark, list[RuleView]] = {mark: [] for mark in Mark}
    for one, group in zip(marked(tree, answers), tree, strict=True):
        found[one.mark].append(_rule(one, group, views, notes))
    headings = _headings()
    return tuple(MarkedRules(mark, headings[mark], tuple(rules)) for mark, rules in found.items() if rules)


def _headings() -> dict[Mark, str]:
    return {
        Mark.AGAINST: _("Speaks against it"),
        Mark.OPEN: _("Still open"),
        Mark.FITS: _("Fits, as far as you said"),
        Mark.TEAM: _("The study team will check"),
    }


def _rule(
    one: Marked, group: Iterable[Node], views: Mapping[str, CriterionView], notes: Mapping[str, Iterable[str]]
) -> RuleView:
    key = one.ids[0]
    note = ""
    if one.mark is Mark.AGAINST:
        note = " ".join(notes.get(key, ()))
    elif one.mark is Mark.OPEN:
        note = _("Not known yet: %(names)s.") % {"names": names_of(one.open)}
    if key in FIELDS:
        return RuleView(None, limit_words(next(iter(group)).rules[0][0]), note, "")
    side = _("Needed to join:") if next(iter(group)).kind is Kind.INCLUSION else _("Keeps people out:")
    return RuleView(views.get(key), "", note, side)
