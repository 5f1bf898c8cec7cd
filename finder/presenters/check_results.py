"""The studies in question by verdict, each with its reasons and what is still open; and what one test would settle."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.check.acting import Shown
from finder.check.position import Position
from finder.presenters.cards import Card, Found, cards
from finder.presenters.check_asking import ValueToAsk, tests_to_ask
from finder.presenters.check_later import LaterView, later_view
from finder.presenters.check_names import choice_name, names_of
from finder.presenters.check_reasons import why_not
from finder.presenters.criteria import criterion_labels
from finder.presenters.titles import title_of
from finder.presenters.words import listing, number
from trials.kinship import Sibling
from trials.matching.marks import Mark, marked
from trials.matching.verdict import Match, match
from trials.models import Trial
from trials.open_studies import tree_of_trial
from trials.partner_sites import own_trials
from trials.questions.answering import named_conditions
from trials.vocab import Verdict

PER_PAGE = 10
MOST_SIBLINGS = 2  # of one study
FIELDS = {"minimumAge", "maximumAge", "sex"}  # reasons that no criterion is behind


@dataclass(frozen=True, slots=True)
class ReasonView:
    """What decided in one rule. `official` are the registry's words, `place` their number; both are empty for a field
    of the record.
    """

    sentences: tuple[str, ...]
    official: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class SiblingView:
    sentence: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """`later` says when a study that does not fit may fit; `siblings` are others of its drug or team that still may."""

    card: Card
    verdict: Verdict
    fits: str
    checked: str
    reasons: tuple[ReasonView, ...]
    open: str
    later: LaterView
    siblings: tuple[SiblingView, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    verdict: Verdict
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ResultsView:
    """`previous` and `next` are what the buttons to the pages before and after send, empty where there is none."""

    heading: str
    tabs: tuple[Tab, ...]
    chosen: Verdict
    results: tuple[ResultView, ...]
    tests: tuple[ValueToAsk, ...]
    settled: str
    page_note: str
    previous: str
    next: str


def results_view(shown: Shown, today: date, stale_after_months: int, own_names: Sequence[str] = ()) -> ResultsView:
    """`own_names` are those of a clinic: what is open there comes first among the studies of one verdict."""
    position = shown.position
    sets = {verdict: position.of(verdict) for verdict in (Verdict.MAY_FIT, Verdict.UNKNOWN, Verdict.DOES_NOT_FIT)}
    chosen = shown.verdict or next((verdict for verdict, found in sets.items() if found), Verdict.UNKNOWN)
    own = frozenset(own_trials(own_names))
    places = sorted(position.places(chosen), key=lambda place: position.studies.trial_ids[place] not in own)
    pages = max(ceil(len(places) / PER_PAGE), 1)
    page = min(shown.page, pages)
    of_page = places[(page - 1) * PER_PAGE : page * PER_PAGE]
    return ResultsView(
        heading=_heading(position),
        tabs=tuple(
            Tab(verdict, _tab(verdict, found.bit_count()), verdict is chosen) for verdict, found in sets.items()
        ),
        chosen=chosen,
        results=tuple(_results(position, chosen, of_page, today, stale_after_months, own)),
        tests=tests_to_ask(position),
        settled=_settled(position),
        page_note=_("Page %(page)s of %(pages)s") % {"page": number(page), "pages": number(pages)} if pages > 1 else "",
        previous=f"show:{chosen},{page - 1}" if page > 1 else "",
        next=f"show:{chosen},{page + 1}" if page < pages else "",
    )


def _settled(position: Position) -> str:
    """Why nothing more is asked; empty while there are questions."""
    if position.next is not None:
        return ""
    if position.standing.unknown & ~position.studies.without_rules:
        return _("What is still open waits for answers that you skipped or do not know. You can change them.")
    return _("No other question of ours would change this list.")


def _heading(position: Position) -> str:
    count = position.view.bit_count()
    named = named_conditions(position.state.entries)
    values = {"count": number(count), "conditions": listing(choice_name("diagnosis", slug) for slug in named)}
    if not named:
        return ngettext("%(count)s study", "%(count)s studies", count) % values
    return ngettext("%(count)s study for %(conditions)s", "%(count)s studies for %(conditions)s", count) % values


def _tab(verdict: Verdict, count: int) -> str:
    return {
        Verdict.MAY_FIT: _("May fit (%(count)s)"),
        Verdict.UNKNOWN: _("Not enough known (%(count)s)"),
        Verdict.DOES_NOT_FIT: _("Probably does not fit (%(count)s)"),
    }[verdict] % {"count": number(count)}


def _results(
    position: Position,
    chosen: Verdict,
    places: Sequence[int],
    today: date,
    stale_after_months: int,
    own: Container[int],
) -> list[ResultView]:
    """Of studies that all have the chosen verdict."""
    ids = [position.studies.trial_ids[place] for place in places]
    found_now = Trial.objects.visible().select_related("editorial").prefetch_related("interventions", "criteria")
    trials = found_now.in_bulk(ids)
    kept = [place for place in places if position.studies.trial_ids[place] in trials]
    rows = [trials[position.studies.trial_ids[place]] for place in kept]
    views = cards(rows, today, stale_after_months)
    # By the rows of this moment: a rule is told with its own words, though the studies are being made ready anew.
    trees = [tree_of_trial(trial) for trial in rows]
    matches = [match(tree, position.answers) for tree in trees]
    out = chosen is Verdict.DOES_NOT_FIT
    siblings = _siblings(position, [trial.pk for trial in rows]) if out else {}
    return [
        ResultView(
            card=replace(card, found=Found(own=trial.pk in own)),
            verdict=chosen,
            fits=_fits(found) if chosen is Verdict.MAY_FIT else "",
            checked=checked_words(position, place, chosen),
            reasons=reason_views(trial, found, position),
            open=names_of(found.open),
            later=later_view(tree, position.answers, today) if out else LaterView(),
            siblings=siblings.get(trial.pk, ()),
        )
        for place, trial, card, tree, found in zip(kept, rows, views, trees, matches, strict=True)
    ]


def _siblings(position: Position, trial_ids: Sequence[int]) -> dict[int, tuple[SiblingView, ...]]:
    """Of each trial those of the same drug or team, for the same conditions, that the answers do not rule out."""
    studies, left_open = position.studies, position.view & ~position.standing.does_not_fit
    places = {pk: place for place, pk in enumerate(studies.trial_ids)}
    left = {
        pk: [one for one in studies.siblings.get(pk, ()) if left_open >> places[one.trial_id] & 1][:MOST_SIBLINGS]
        for pk in trial_ids
    }
    shown = {one.trial_id for several in left.values() for one in several}
    trials = Trial.objects.visible().select_related("editorial").in_bulk(shown)
    return {
        pk: tuple(_sibling(one, trials[one.trial_id]) for one in several if one.trial_id in trials)
        for pk, several in left.items()
    }


def _sibling(one: Sibling, trial: Trial) -> SiblingView:
    if one.same == "drug":
        sentence = _("Another study of %(name)s is not ruled out for you:")
    else:
        sentence = _("Another study of the same team (%(name)s) is not ruled out for you:")
    return SiblingView(sentence % {"name": one.name}, title_of(trial), trial.get_absolute_url())


def _fits(found: Match) -> str:
    """What let the person in, in a few words."""
    return names_of(reason.attribute for reason in found.reasons)


def checked_words(position: Position, place: int, chosen: Verdict) -> str:
    """How many of the rules we could hold against the answers: "may fit" by two of twenty is not much."""
    if chosen is not Verdict.DOES_NOT_FIT and position.studies.without_rules >> place & 1:
        if position.studies.trees[place]:
            return _("Of its rules on who can join we can check only age and sex. Ask the study team about the others.")
        return _("We can check none of its rules on who can join. Ask the study team.")
    if chosen is not Verdict.MAY_FIT:
        return ""
    marks = [one.mark for one in marked(position.studies.trees[place], position.answers)]
    values = {"count": number(marks.count(Mark.FITS)), "all": number(len(marks))}
    sentence = ngettext(
        "We could check %(count)s of its %(all)s rules, at least in part. The study team will check the rest.",
        "We could check %(count)s of its %(all)s rules, at least in part. The study team will check the rest.",
        len(marks),
    )
    return sentence % values


def reason_views(trial: Trial, found: Match, position: Position) -> tuple[ReasonView, ...]:
    """What speaks against a study that does not fit, rule by rule; `trial` comes with its criteria."""
    if found.verdict is not Verdict.DOES_NOT_FIT:
        return ()
    rows = list(trial.criteria.all())
    texts, places = {row.key: row.text for row in rows}, criterion_labels(rows)
    sentences: dict[str, dict[str, None]] = {}
    for reason in found.reasons:
        sentences.setdefault(reason.criterion, {})[why_not(reason, position.state.entries)] = None
    return tuple(
        ReasonView(tuple(said), *(("", "") if key in FIELDS else (texts.get(key, ""), places.get(key, ""))))
        for key, said in sentences.items()
    )
