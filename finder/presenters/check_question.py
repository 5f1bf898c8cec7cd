"""One screen of the questionnaire: its fields with what was entered, why it is asked, how far it goes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.check.acting import Shown, ticks
from finder.check.reading import Entered
from finder.presenters.check_fields import FieldView, Given, Option, field_views, rest_labels
from finder.presenters.words import number
from trials.questions import model as q
from trials.questions.model import Kind
from trials.vocab import Verdict


@dataclass(frozen=True, slots=True)
class QuestionView:
    """`whole` are the choices that say whether what is ticked is all."""

    slug: str
    text: str
    help: str
    fields: tuple[FieldView, ...]
    whole: tuple[Option, ...]
    problem: str
    for_doctor: bool
    settles: str
    has_back: bool
    count: str
    done: int
    of: int


def question_view(shown: Shown) -> QuestionView:
    question, position = shown.question, shown.position
    if question is None:
        raise ValueError("This screen asks nothing.")
    stored = position.state.entries.get(question.slug, {})
    entry: Mapping[str, Given] = shown.entered.entry if shown.entered else stored
    entered = shown.entered or Entered()
    offered = ticks(question, position.state.entries)
    done = _shown_before(shown)
    following = position.next
    left = following.left if following else 0
    return QuestionView(
        slug=question.slug,
        text=_(question.text),
        help=_(question.help) if question.help else "",
        fields=field_views(question, entry, entered, offered),
        whole=_whole(question, entry),
        problem=entered.problems.get("", ""),
        for_doctor=any(one.known_by is q.KnownBy.DOCTOR for one in question.fields),
        settles=_settles(shown),
        has_back=bool(position.state.before(question.slug)),
        count=_count(done + 1, left),
        done=done,
        of=done + max(left, 1),
    )


def _shown_before(shown: Shown) -> int:
    """How many screens came before this one."""
    entries, slug = list(shown.position.state.entries), shown.question.slug if shown.question else ""
    return entries.index(slug) if slug in entries else len(entries)


def _count(this: int, left: int) -> str:
    more = max(left - 1, 0)
    values = {"number": number(this), "more": number(more)}
    if not more:
        return _("Question %(number)s") % values
    return (
        ngettext("Question %(number)s, at most %(more)s more", "Question %(number)s, at most %(more)s more", more)
        % values
    )


def _settles(shown: Shown) -> str:
    """How many studies the answer can settle; empty for a question that was answered before."""
    following = shown.position.next
    if following is None or shown.question is None or following.question.slug != shown.question.slug:
        return ""
    if shown.position.state.study:
        return _("This study has a rule on it.")
    return ngettext(
        "Your answer can help to settle %(settles)s of the %(open)s study that is still open.",
        "Your answer can help to settle %(settles)s of the %(open)s studies that are still open.",
        following.open,
    ) % {"settles": number(following.settles), "open": number(following.open)}


def _whole(question: q.Question, entry: Mapping[str, Given]) -> tuple[Option, ...]:
    kind, given = question.fields[0].kind, entry.get(question.fields[0].attribute, {})
    if kind is Kind.CONDITIONS:
        return tuple(Option(value, label, chosen=given.get("v") == value) for value, label in rest_labels().items())
    if kind not in (Kind.KINDS, Kind.TREATMENTS):
        return ()
    labels = {"yes": _("This is all: none of the others"), "unknown": _("I don’t know about the others")}
    labels["declined"] = rest_labels()["declined"]
    chosen = "yes" if given.get("all") else given.get("v", "")
    return tuple(Option(value, label, chosen=value == chosen) for value, label in labels.items())


def counts(shown: Shown) -> dict[str, str]:
    """How many studies stand how, in words."""
    found = {verdict: shown.position.of(verdict).bit_count() for verdict in Verdict}
    fits, unknown, not_fit = found[Verdict.MAY_FIT], found[Verdict.UNKNOWN], found[Verdict.DOES_NOT_FIT]
    return {
        "fits": ngettext("%(count)s may fit", "%(count)s may fit", fits) % {"count": number(fits)},
        "unknown": ngettext("%(count)s not enough known", "%(count)s not enough known", unknown)
        % {"count": number(unknown)},
        "not_fit": ngettext("%(count)s probably does not fit", "%(count)s probably do not fit", not_fit)
        % {"count": number(not_fit)},
    }
