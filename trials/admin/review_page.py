"""What the desk's page on plain sentences shows: the state, what was found, the sentences by section, the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trials.admin.review_checks import HIGHEST_GRADE, LONGEST_SENTENCE, Checked, Study
from trials.admin.review_form import Line, Saved
from trials.drafting.drafts import drafts_for
from trials.ingest.summaries import state_key
from trials.language import number
from trials.models import PlainSentence, PlainSummary, Trial
from trials.plain_language.model import Section
from trials.registries.ledger import storable
from trials.summaries.sources import is_criterion

TEMPLATE = "admin/trials/reviewtrial/review.html"
URL_NAME = "admin:trials_reviewtrial_review"
PUBLISH = "trials.publish_plainsummary"
LONGEST_REASON = 1000
LONGEST_UNFOLDED = 500  # characters of official words

SECTIONS: dict[str, Promise] = {
    Section.HEADLINE: gettext_lazy("Headline"),
    Section.WHAT: gettext_lazy("What is tested"),
    Section.STAGE: gettext_lazy("Phase"),
    Section.HAPPENS: gettext_lazy("What happens"),
    Section.MAY_JOIN: gettext_lazy("You may be able to join if"),
    Section.MAY_NOT_JOIN: gettext_lazy("You may not be able to join if"),
    Section.SIZE: gettext_lazy("How many people"),
    Section.WHERE: gettext_lazy("Where"),
    Section.STATUS: gettext_lazy("Is it open"),
    Section.SPONSOR: gettext_lazy("Who runs it"),
    Section.NOT_STATED: gettext_lazy("What the registry does not say"),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """One trial in one language before one editor."""

    model_admin: admin.ModelAdmin
    request: HttpRequest
    trial: Trial
    lang: str
    study: Study
    saved: Saved
    lines: Sequence[Line]

    @property
    def may_edit(self) -> bool:
        return self.request.user.has_perm("trials.change_trial")

    @property
    def may_publish(self) -> bool:
        return self.may_edit and self.request.user.has_perm(PUBLISH)

    @property
    def based_on(self) -> str:
        return self.request.POST.get("based_on", "")

    @property
    def reason(self) -> str:
        return " ".join(storable(self.request.POST.get("reason", "")).split())[:LONGEST_REASON]


@dataclass(frozen=True, slots=True)
class Source:
    """Official words, and where they stand."""

    place: str
    words: str

    @property
    def is_long(self) -> bool:
        """Whether it is folded; the words of a criterion never are."""
        return len(self.words) > LONGEST_UNFOLDED and not is_criterion(self.place)


@dataclass(frozen=True, slots=True)
class Row:
    """A line with what stands beside it. `drafted` is what a language model suggests, unchecked."""

    line: Line
    sources: Sequence[Source]
    origin: str
    drafted: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page with its rows."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Gauge:
    """How hard the whole is to read, in figures. Empty in a language that the formulas are not made for."""

    grade: str = ""
    smog: str = ""
    longest: str = ""
    too_hard: bool = False
    too_long: bool = False


def review_page(desk: Desk, found: Checked, *, note: str = "", lost: Sequence[str] = ()) -> TemplateResponse:
    """`note` says why nothing was stored, `lost` holds what was typed for sentences that are gone."""
    work = desk.saved.work
    waiting = work is not None and work.state == PlainSummary.State.WAITING
    context = {
        **desk.model_admin.admin_site.each_context(desk.request),
        "opts": Trial._meta,
        "title": _("Plain sentences: %(nct_id)s") % {"nct_id": desk.trial.nct_id},
        "trial": desk.trial,
        "lang": desk.lang,
        "languages": _languages(desk),
        "published": desk.saved.published,
        "work": work,
        "waiting": waiting,
        "my_own": waiting and work is not None and work.checked_by_id == desk.request.user.pk,
        "unchecked": sum(not line.checked for line in desk.lines),
        "found": found,
        "gauge": _gauge(found, desk.lang),
        "parts": _parts(desk, found.lines),
        "stale": _stale(desk.saved),
        "note": note,
        "lost": lost,
        "reason": desk.reason or (work.reason if work else ""),
        "based_on": state_key(desk.trial, desk.lang),
        "may_edit": desk.may_edit,
        "may_publish": desk.may_publish,
        "two_persons": settings.TWO_PERSON_REVIEW,
        "history": _history(desk),
        "limits": {"grade": number(HIGHEST_GRADE), "words": LONGEST_SENTENCE},
    }
    return TemplateResponse(desk.request, TEMPLATE, context)


def _languages(desk: Desk) -> list[dict[str, object]]:
    return [
        {"name": name, "url": reverse(URL_NAME, args=[desk.trial.pk, code]), "current": code == desk.lang}
        for code, name in settings.LANGUAGES
    ]


def _gauge(found: Checked, lang: str) -> Gauge:
    if lang != "en":
        return Gauge()
    one = found.readable
    return Gauge(
        number(round(one.grade, 1)),
        number(round(one.smog, 1)),
        number(one.longest),
        round(one.grade, 1) > HIGHEST_GRADE,
        one.longest > LONGEST_SENTENCE,
    )


def _parts(desk: Desk, lines: Sequence[Line]) -> list[Part]:
    drafted = drafts_for(desk.trial, desk.lang)
    return [
        Part(str(SECTIONS[Section(section)]), [_row(desk, line, drafted) for line in group])
        for section, group in groupby(lines, key=lambda line: line.section)
    ]


def _row(desk: Desk, line: Line, drafted: dict[str, str]) -> Row:
    sources = [
        Source(source.removeprefix("protocolSection."), desk.study.sources.words(source)) for source in line.sources
    ]
    draft = drafted.get(line.sources[0], "") if line.origin == PlainSentence.OriginChoice.OFFICIAL else ""
    return Row(line, sources, str(PlainSentence.OriginChoice(line.origin).label), draft)


def _stale(saved: Saved) -> list[PlainSentence]:
    """Checked or drafted sentences that no longer stand, for what they are still good for."""
    summaries = [one for one in (saved.published, saved.work) if one]
    return [one for summary in summaries for one in summary.sentences.all() if one.stale and not one.left_out]


def _history(desk: Desk) -> list[PlainSummary]:
    past = desk.trial.plain_summaries.filter(language=desk.lang, ended_at__isnull=False)
    return list(past.select_related("edited_by", "checked_by", "second_by", "ended_by")[:20])
