"""A study's page: first in plain words, then everything that the registry says, in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.languages.addresses import outside_frames
from finder.places_asked import PlaceAsked
from finder.presenters import design as designed
from finder.presenters import words
from finder.presenters.about import (
    ConditionView,
    IdView,
    SponsorsView,
    condition_views,
    id_views,
    sponsors_view,
)
from finder.presenters.age_limits import age_limits
from finder.presenters.cards import phase_words, place_summary
from finder.presenters.coverage import WhichDiseases, which_diseases
from finder.presenters.criteria import CriteriaView, criteria_view
from finder.presenters.freshness import Freshness, freshness
from finder.presenters.gaps import gaps
from finder.presenters.notes import NoteView, other_notes
from finder.presenters.places import PlacesView, places_view
from finder.presenters.plain import PlainView, plain_view, review_words
from finder.presenters.questions import questions
from finder.presenters.record import RecordView, record_view, unless_same
from finder.presenters.status import StatusView, study_status
from finder.presenters.terms import ENGLISH, WordsOnPage, WordView, text_of
from finder.presenters.timeline import Timeline, timeline
from trials import labels
from trials import vocab as v
from trials.find import places_of
from trials.models import Trial, TrialDate
from trials.summaries import shown_summary
from trials.text_blocks import clean_text

REGISTRY_URL = "https://clinicaltrials.gov/study/"
LONGEST_DESCRIPTION = 160  # characters: what search engines show


@dataclass(frozen=True, slots=True)
class StudyView:
    nct_id: str
    registry_url: str
    listing_url: str  # of a study that an editor entered: the page that its words come from
    is_sample: bool
    read_in_part: bool
    plain: PlainView
    state: tuple[str, ...]  # in a sentence or two, who wrote the text and who has checked it
    registry_title: str
    acronym: str
    meta_description: str
    status: StatusView
    why_stopped: str
    chips: tuple[words.Text, ...]
    freshness: Freshness
    public_note: str
    wording: str  # what the official words of a criterion are called
    joining: tuple[designed.Fact, ...]
    criteria: CriteriaView
    diseases: WhichDiseases
    gaps: tuple[str, ...]
    questions: tuple[words.Text, ...]
    places: PlacesView
    timeline: Timeline
    sponsors: SponsorsView
    ids: tuple[IdView, ...]
    conditions: tuple[ConditionView, ...]
    notes: tuple[NoteView, ...]
    record: RecordView
    words: tuple[WordView, ...]

    @property
    def accepted(self) -> tuple[ConditionView, ...]:
        """Conditions that only the rules on who can join name."""
        return tuple(condition for condition in self.conditions if condition.from_criteria)

    @property
    def by_hand(self) -> bool:
        return bool(self.listing_url)

    @property
    def dates_url(self) -> str:
        """Of its calendar file; in a frame, that browsers save no file out of, of its page on the site itself."""
        page = reverse("study", args=[self.nct_id])
        outside = outside_frames(page)
        return reverse("study_dates_ics", args=[self.nct_id]) if outside == page else f"{outside}#dates"


def study_view(
    trial: Trial, today: date, stale_after_months: int, asked: PlaceAsked | None = None, own_names: Sequence[str] = ()
) -> StudyView:
    """`trial` is `with_parts`; its sites nearest to `asked` come first, before these a clinic's own (`own_names`)."""
    summary, on_page = shown_summary(trial, get_language() or ENGLISH), WordsOnPage()
    plain, criteria = plain_view(trial, summary, on_page), criteria_view(trial, summary, on_page)
    title, where = clean_text(trial.brief_title), place_summary(places_of([trial.pk]).get(trial.pk, []))
    fresh = freshness(trial, today, stale_after_months, stated_end(trial))
    unchecked, by_hand = plain.unchecked + criteria.unchecked, trial.registry == v.Registry.HAND
    return StudyView(
        nct_id=str(trial.nct_id),
        registry_url=f"{REGISTRY_URL}{trial.nct_id}" if trial.registry == v.Registry.CTGOV else "",
        listing_url=trial.listing_url if by_hand else "",
        is_sample=trial.is_sample,
        read_in_part=trial.read_in_part,
        plain=plain,
        state=tuple(review_words(summary, unchecked, by_hand=by_hand)),
        registry_title=unless_same(title, plain.headline.text),
        acronym="" if trial.acronym in f"{title} {plain.headline.text}" else trial.acronym,
        meta_description=_meta_description(plain),
        status=study_status(trial),
        why_stopped=clean_text(trial.why_stopped),
        chips=_chips(trial, where),
        freshness=fresh,
        public_note=_public_note(trial),
        wording=official_wording(trial),
        joining=designed.joining_facts(trial),
        criteria=criteria,
        diseases=which_diseases(trial, criteria),
        gaps=gaps(trial),
        questions=questions(trial),
        places=places_view(trial, where, asked, own_names, call_first=fresh.call_first),
        timeline=timeline(list(trial.dates.all()), today),
        sponsors=sponsors_view(trial),
        ids=id_views(trial),
        conditions=tuple(condition_views(trial)),
        notes=other_notes(trial),
        record=record_view(trial),
        words=on_page.views(),
    )


def _public_note(trial: Trial) -> str:
    editorial = getattr(trial, "editorial", None)
    return editorial.public_note if editorial else ""


def stated_end(trial: Trial) -> TrialDate | None:
    """As `Trial.ends_on`: the end of the study, else that of its main measurements."""
    stated = {one.kind: one for one in trial.dates.all()}
    return stated.get(v.DateKind.COMPLETION) or stated.get(v.DateKind.PRIMARY_COMPLETION)


def official_wording(trial: Trial) -> str:
    """What the official words of a criterion are called."""
    if trial.is_sample:
        return _("Wording of the sample record")
    return _("Wording of the listing") if trial.registry == v.Registry.HAND else _("Official wording")


def _meta_description(plain: PlainView) -> str:
    """The headline and what is tested, as far as search engines show them."""
    sentences = (text_of(sentence.pieces) for sentence in plain.what.sentences if not sentence.official)
    text = " ".join(" · ".join((plain.headline.text, " ".join(sentences))).split()).removesuffix(" ·")
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"


def _chips(trial: Trial, where: str) -> tuple[words.Text, ...]:
    count = trial.enrollment_count
    chips = (
        phase_words(trial.phases, trial.study_type),
        words.ages(*age_limits(trial)),
        labels.label(v.Sex, trial.sex) if trial.sex else "",
        words.people(count, trial.enrollment_type) if count is not None else "",
        where,
    )
    return tuple(chip for chip in chips if chip)
