"""A study's page: everything the registry says, in reading order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from finder.presenters import design as designed
from finder.presenters import words
from finder.presenters.age_limits import age_limits
from finder.presenters.cards import phase_words, place_summary, title_of
from finder.presenters.criteria import CriteriaView, criteria_view
from finder.presenters.freshness import Freshness, freshness
from finder.presenters.gaps import gaps
from finder.presenters.notes import NoteView, other_notes
from finder.presenters.places import ContactView, PlacesView, contact_views, places_view
from finder.presenters.status import StatusView, study_status
from finder.presenters.timeline import Timeline, timeline
from trials import conditions as vocabulary
from trials import labels
from trials import vocab as v
from trials.conditions import known
from trials.find import places_of
from trials.ingest.accepted import ORIGIN as ACCEPTED
from trials.models import Trial, TrialDate
from trials.text_blocks import Block, clean_text, text_blocks

REGISTRY_URL = "https://clinicaltrials.gov/study/"
LONGEST_DESCRIPTION = 160  # characters: what search engines show


@dataclass(frozen=True, slots=True)
class ConditionView:
    slug: str
    name: str
    clinical_name: str
    from_criteria: bool  # only the rules on who can join name it


@dataclass(frozen=True, slots=True)
class SponsorsView:
    lead: str
    lead_kind: words.Text
    collaborators: tuple[str, ...]
    officials: tuple[ContactView, ...]


@dataclass(frozen=True, slots=True)
class IdView:
    identifier: str
    kind: str


@dataclass(frozen=True, slots=True)
class StudyView:
    nct_id: str
    registry_url: str
    listing_url: str  # of a study that an editor entered: the page that its words come from
    is_sample: bool
    read_in_part: bool
    title: str
    official_title: str
    acronym: str
    meta_description: str
    status: StatusView
    why_stopped: str
    chips: tuple[words.Text, ...]
    freshness: Freshness
    public_note: str
    summary: tuple[Block, ...]
    description: tuple[Block, ...]
    arms: tuple[designed.ArmView, ...]
    interventions: tuple[designed.InterventionView, ...]
    design: tuple[designed.Fact, ...]
    joining: tuple[designed.Fact, ...]
    criteria: CriteriaView
    timeline: Timeline
    places: PlacesView
    outcomes: tuple[designed.OutcomeGroup, ...]
    sponsors: SponsorsView
    ids: tuple[IdView, ...]
    conditions: tuple[ConditionView, ...]
    listed_conditions: tuple[str, ...]
    keywords: tuple[str, ...]
    gaps: tuple[str, ...]
    notes: tuple[NoteView, ...]

    @property
    def accepted(self) -> tuple[ConditionView, ...]:
        """Conditions that only the rules on who can join name."""
        return tuple(condition for condition in self.conditions if condition.from_criteria)

    @property
    def by_hand(self) -> bool:
        return bool(self.listing_url)


def study_view(trial: Trial, today: date, stale_after_months: int) -> StudyView:
    """`trial` comes with all its parts (`TrialQuerySet.with_parts`)."""
    title = clean_text(title_of(trial))
    where = place_summary(places_of([trial.pk]).get(trial.pk, []))
    editorial = getattr(trial, "editorial", None)
    return StudyView(
        nct_id=str(trial.nct_id),
        registry_url=f"{REGISTRY_URL}{trial.nct_id}" if trial.registry == v.Registry.CTGOV else "",
        listing_url=trial.listing_url if trial.registry == v.Registry.HAND else "",
        is_sample=trial.is_sample,
        read_in_part=trial.read_in_part,
        title=title,
        official_title=_unless_same(clean_text(trial.official_title), title),
        acronym="" if trial.acronym in title else trial.acronym,
        meta_description=_shortened(clean_text(trial.brief_summary) or title),
        status=study_status(trial),
        why_stopped=clean_text(trial.why_stopped),
        chips=_chips(trial, where),
        freshness=freshness(trial, today, stale_after_months, _stated_end(trial)),
        public_note=editorial.public_note if editorial else "",
        summary=text_blocks(trial.brief_summary),
        description=text_blocks(_unless_same(trial.detailed_description, trial.brief_summary)),
        arms=designed.arm_views(trial),
        interventions=designed.intervention_views(trial),
        design=designed.design_facts(trial),
        joining=designed.joining_facts(trial),
        criteria=criteria_view(trial),
        timeline=timeline(list(trial.dates.all()), today),
        places=places_view(trial, where),
        outcomes=designed.outcome_groups(trial),
        sponsors=_sponsors(trial),
        ids=_ids(trial),
        conditions=tuple(_conditions(trial)),
        listed_conditions=tuple(dict.fromkeys(clean_text(c.text) for c in trial.listed_conditions.all())),
        keywords=tuple(dict.fromkeys(clean_text(keyword) for keyword in trial.keywords)),
        gaps=gaps(trial),
        notes=other_notes(trial),
    )


def _stated_end(trial: Trial) -> TrialDate | None:
    """As `Trial.ends_on`: the end of the study, else that of its main measurements."""
    stated = {one.kind: one for one in trial.dates.all()}
    return stated.get(v.DateKind.COMPLETION) or stated.get(v.DateKind.PRIMARY_COMPLETION)


def _unless_same(text: str, other: str) -> str:
    return "" if " ".join(text.split()).casefold() == " ".join(other.split()).casefold() else text


def _shortened(text: str) -> str:
    text = " ".join(text.split())
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


def _sponsors(trial: Trial) -> SponsorsView:
    sponsors = list(trial.sponsors.all())
    lead = next((s for s in sponsors if s.role == v.SponsorRole.LEAD), None)
    shown = lead is not None and lead.agency_class not in {"", v.AgencyClass.UNKNOWN, v.AgencyClass.AMBIG}
    officials = (c for c in trial.contacts.all() if c.kind == v.ContactKind.OFFICIAL and not c.hidden)
    return SponsorsView(
        lead=lead.name if lead else "",
        lead_kind=labels.label(v.AgencyClass, lead.agency_class) if lead and shown else "",
        collaborators=tuple(s.name for s in sponsors if s.role == v.SponsorRole.COLLABORATOR),
        officials=contact_views(officials),
    )


def _ids(trial: Trial) -> tuple[IdView, ...]:
    own = [IdView(trial.org_study_id, _("the sponsor's own id"))] if trial.org_study_id else []
    others = [IdView(other.identifier, _id_kind(other.type, other.domain)) for other in trial.secondary_ids.all()]
    return tuple(dict.fromkeys(own + others))


def _id_kind(kind: str, domain: str) -> str:
    known = {
        "EUDRACT_NUMBER": _("EudraCT number"),
        "CTIS": _("EU trial number (CTIS)"),
        "EU_CT_NUMBER": _("EU trial number (CTIS)"),
        "REGISTRY": _("another registry"),
        "NIH": _("US NIH grant"),
        "FDA": _("US FDA"),
        "VA": _("US Veterans Affairs"),
        "CDC": _("US CDC"),
        "AHRQ": _("US AHRQ"),
        "SAMHSA": _("US SAMHSA"),
        "OTHER_GRANT": _("grant"),
    }.get(kind, "")
    return ", ".join(part for part in (known, domain) if part)


def _conditions(trial: Trial) -> Iterable[ConditionView]:
    """Our conditions of the trial, the narrowest first; after them those that only the criteria name."""
    found = {link.condition_id: link.origin == ACCEPTED for link in trial.condition_links.all()}
    slugs = [slug for slug in found if known(slug)]
    for slug in sorted(slugs, key=lambda slug: (found[slug], -len(vocabulary.ancestors(slug)), slug)):
        condition = known(slug)
        if condition and condition.core:
            clinical = _unless_same(condition.clinical_name, condition.name)
            yield ConditionView(slug, condition.name, clinical, found[slug])
