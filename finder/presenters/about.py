"""Who runs a study, under which ids it is known, and which of our conditions it is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from finder.presenters import words
from finder.presenters.condition_list import condition_name
from finder.presenters.contacts import ContactView, contact_views
from trials import conditions as vocabulary
from trials import labels
from trials import vocab as v
from trials.conditions import known
from trials.models import Trial, TrialCondition


@dataclass(frozen=True, slots=True)
class ConditionView:
    slug: str
    name: str
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


def sponsors_view(trial: Trial) -> SponsorsView:
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


def id_views(trial: Trial) -> tuple[IdView, ...]:
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


def condition_views(trial: Trial) -> Iterable[ConditionView]:
    """Our conditions of the trial, the narrowest first; after them those that only the criteria name."""
    return in_reading_order((link.condition_id, link.origin) for link in trial.condition_links.all())


def in_reading_order(links: Iterable[tuple[str, str]]) -> Iterable[ConditionView]:
    """The same from the slugs of the conditions, each with the origin of its link."""
    found = {slug: origin == TrialCondition.FROM_CRITERIA for slug, origin in links}
    slugs = [slug for slug in found if known(slug)]
    for slug in sorted(slugs, key=lambda slug: (found[slug], -len(vocabulary.ancestors(slug)), slug)):
        condition = known(slug)
        if condition and condition.core:
            yield ConditionView(slug, condition_name(condition), found[slug])
