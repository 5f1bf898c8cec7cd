"""What the registry changed in a study's record: the whole history, the newest change, and what is new since a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.presenters import words
from finder.presenters.change_lines import LineView, Piece, change_lines
from finder.presenters.filters import page_url
from finder.presenters.freshness import Freshness, freshness
from finder.presenters.titles import title_of
from trials import vocab as v
from trials.changes import matters
from trials.history import Step, steps, versions_of
from trials.models import RecordVersion, Trial

VERSIONS_PER_PAGE = 5  # each is a whole record that is read anew
SENTENCES_ON_CARD = 2
HISTORY_URL = "https://clinicaltrials.gov/study/%(nct_id)s?tab=history"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What programs know a version by: `key` of its content, `changed_on` the registry's day, `read_at` ours."""

    key: str
    changed_on: date | None
    read_at: datetime


@dataclass(frozen=True, slots=True)
class VersionView:
    """`number` counts from the oldest. `compared_with` is the day of the version before. A day is the registry's
    own, and empty where the record states none. `unread`: the two cannot be compared.
    """

    number: int
    day: str
    read_on: str
    compared_with: str
    lines: tuple[LineView, ...]
    others: tuple[LineView, ...]
    in_part: bool
    unread: bool
    stamp: Stamp

    @property
    def is_first(self) -> bool:
        return self.number == 1


@dataclass(frozen=True, slots=True)
class ChangesView:
    """`history_url` is the registry's own page of all versions; a study entered by hand has none."""

    nct_id: str
    title: str
    canonical: str
    freshness: Freshness
    is_sample: bool
    history_url: str
    unchanged: str
    versions: tuple[VersionView, ...]
    page_note: str
    newer_url: str
    older_url: str


@dataclass(frozen=True, slots=True)
class NewestView:
    """The newest change in one line; `day` is empty where nothing has changed since we first read the record."""

    day: str
    pieces: tuple[Piece, ...]
    more: str


@dataclass(frozen=True, slots=True)
class SinceView:
    """`compared` says with which version; then at most two sentences, and how many more there are."""

    compared: str
    sentences: tuple[tuple[Piece, ...], ...]
    more: str


def changes_view(trial: Trial, number: str, today: date, stale_after_months: int) -> ChangesView:
    """`number` is the page that is asked for; an unknown one gives the nearest."""
    found = versions_of(trial.pk)
    page = Paginator(found, VERSIONS_PER_PAGE).get_page(number)
    path = reverse("changes", args=[trial.nct_id])
    start = page.start_index() - 1 if found else 0
    shown = found[start : start + VERSIONS_PER_PAGE + 1]  # and the one that the last is compared with
    told = steps(shown)
    views = [_version(step, len(found) - start - place) for place, step in enumerate(told)]
    if found and not page.has_next():
        views.append(_first(found[-1]))
    return ChangesView(
        nct_id=str(trial.nct_id),
        title=title_of(trial),
        canonical=page_url(path, (), page.number),
        freshness=freshness(trial, today, stale_after_months),
        is_sample=trial.is_sample,
        history_url=_history_url(trial),
        unchanged=_unchanged(trial, found[0]) if len(found) == 1 else "",
        versions=tuple(views),
        page_note=_page_note(page.number, page.paginator.num_pages),
        newer_url=page_url(path, (), page.number - 1) if page.has_previous() else "",
        older_url=page_url(path, (), page.number + 1) if page.has_next() else "",
    )


def newest_change(trial: Trial) -> NewestView | None:
    """None without any version: a study that was entered by hand."""
    found = versions_of(trial.pk)
    if len(found) < 2:
        return NewestView("", (Piece(_unchanged(trial, found[0])),), "") if found else None
    [step] = steps(found[:2])
    lines = change_lines(step.changes or ())
    told = lines[0].pieces if lines else (Piece(_nothing(step)),)
    return NewestView(_day(step.after), told, _more(len(lines) - 1))


def since_views(found: Mapping[int, Step]) -> dict[int, SinceView]:
    """What a card says of each trial that `trials.history.since` found."""
    return {trial_id: _since(step) for trial_id, step in found.items()}


def _since(step: Step) -> SinceView:
    lines = change_lines(filter(matters, step.changes or ()))
    return SinceView(
        compared=_("Compared with the version of %(date)s:") % {"date": _day(step.before)},
        sentences=tuple(line.pieces for line in lines[:SENTENCES_ON_CARD]),
        more=_more(len(lines) - SENTENCES_ON_CARD),
    )


def _version(step: Step, number: int) -> VersionView:
    found = step.changes or ()
    return VersionView(
        number=number,
        day=_day(step.after),
        read_on=words.long_date(step.after.fetched_at.date()),
        compared_with=_day(step.before),
        lines=tuple(change_lines(filter(matters, found))),
        others=tuple(change_lines(change for change in found if not matters(change))),
        in_part=step.in_part,
        unread=step.changes is None,
        stamp=_stamp(step.after),
    )


def _first(version: RecordVersion) -> VersionView:
    read_on = words.long_date(version.fetched_at.date())
    part = not version.is_complete
    return VersionView(1, _day(version), read_on, "", (), (), in_part=part, unread=False, stamp=_stamp(version))


def _stamp(version: RecordVersion) -> Stamp:
    return Stamp(version.content_hash, version.version_date, version.fetched_at)


def _day(version: RecordVersion) -> str:
    return words.long_date(version.version_date) if version.version_date else ""


def _page_note(number: int, pages: int) -> str:
    if pages < 2:
        return ""
    return _("Page %(page)s of %(pages)s") % {"page": words.number(number), "pages": words.number(pages)}


def _history_url(trial: Trial) -> str:
    return HISTORY_URL % {"nct_id": trial.nct_id} if trial.registry == v.Registry.CTGOV else ""


def _unchanged(trial: Trial, version: RecordVersion) -> str:
    return _("No change since we first read it on %(first)s. We last read it on %(last)s.") % {
        "first": words.long_date(version.fetched_at.date()),
        "last": words.long_date(trial.last_read_at.date()),
    }


def _nothing(step: Step) -> str:
    if step.changes is None:
        return _("We cannot compare this version with the one before it.")
    return _("Nothing changed that a reader would notice.")


def _more(count: int) -> str:
    if count < 1:
        return ""
    return ngettext("And %(count)s more change.", "And %(count)s more changes.", count) % {"count": words.number(count)}
