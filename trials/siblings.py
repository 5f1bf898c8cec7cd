"""The siblings of stored studies, read in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Q

from trials import models as m
from trials import records as r
from trials import vocab as v
from trials.kinship import Sibling, siblings_among, ties_of

T = TypeVar("T")
MOST_LOOKED_AT = 60  # studies that share a name with one


def siblings_of(trial_ids: Sequence[int]) -> Mapping[int, tuple[Sibling, ...]]:
    """For each of the trials its siblings among them, in the order given; one that does not exist has none."""
    records = _records(list(dict.fromkeys(trial_ids)))
    return siblings_among({trial_id: ties_of(records[trial_id]) for trial_id in trial_ids if trial_id in records})


def siblings_of_one(trial_id: int) -> tuple[Sibling, ...]:
    """The siblings of one visible study of our diseases among those that share a name with it, open ones first.

    Only where an intervention or the lead sponsor has the very same name; of very many, some of the open ones.
    """
    drugs = m.Intervention.objects.filter(trial_id=trial_id).values("name")
    leads = m.TrialSponsor.objects.filter(role=v.SponsorRole.LEAD)
    sponsors = leads.filter(trial_id=trial_id).values("name")
    alike = Q(pk__in=m.Intervention.objects.filter(name__in=drugs).values("trial"))
    alike |= Q(pk__in=leads.filter(name__in=sponsors).values("trial"))
    others = m.Trial.objects.visible().in_scope().filter(alike).exclude(pk=trial_id).exclude(nct_id=None)
    found = others.values_list("pk", flat=True)[:MOST_LOOKED_AT]
    return siblings_of([trial_id, *found])[trial_id]


def _records(trial_ids: list[int]) -> dict[int, r.StudyRecord]:
    """As much of each record as tells what is tested and who leads it."""
    studies = m.Trial.objects.filter(pk__in=trial_ids).order_by().values_list("pk", "nct_id", "study_type")
    arms, interventions = _arms_and_interventions(trial_ids)
    leads = m.TrialSponsor.objects.filter(trial_id__in=trial_ids, role=v.SponsorRole.LEAD).order_by()
    sponsors = {
        trial_id: r.Sponsor(v.SponsorRole.LEAD, name, v.AgencyClass(agency) if agency else None)
        for trial_id, name, agency in leads.values_list("trial_id", "name", "agency_class")
    }
    heads = m.Contact.objects.filter(trial_id__in=trial_ids, kind=v.ContactKind.OFFICIAL, hidden="")
    officials = _grouped(
        (trial_id, r.Contact(v.ContactKind.OFFICIAL, name, affiliation=affiliation))
        for trial_id, name, affiliation in heads.values_list("trial_id", "name", "affiliation")
    )
    return {
        key: r.StudyRecord(
            nct_id or "",
            design=r.Design(v.StudyType(study_type) if study_type else None),
            arms=tuple(arms[key]),
            interventions=tuple(interventions[key]),
            sponsors=(sponsors[key],) if key in sponsors else (),
            contacts=tuple(officials[key]),
        )
        for key, nct_id, study_type in studies
    }


def _arms_and_interventions(trial_ids: list[int]) -> tuple[dict[int, list[r.Arm]], dict[int, list[r.Intervention]]]:
    """An intervention names its arms by their places in the trial."""
    arms: dict[int, list[r.Arm]] = defaultdict(list)
    places: dict[int, int] = {}
    rows: Any = m.Arm.objects.filter(trial_id__in=trial_ids).values_list("pk", "trial_id", "label", "type")
    for pk, trial_id, label, kind in rows:
        places[pk] = len(arms[trial_id])
        arms[trial_id].append(r.Arm(label, v.ArmType(kind) if kind else None))
    links = m.ArmIntervention.objects.filter(arm__trial_id__in=trial_ids).order_by("arm__position")
    given = _grouped((pk, places[arm]) for pk, arm in links.values_list("intervention_id", "arm_id"))
    rows = m.Intervention.objects.filter(trial_id__in=trial_ids)
    rows = rows.values_list("pk", "trial_id", "name", "type", "other_names")
    interventions = _grouped(
        (
            trial_id,
            r.Intervention(
                name, v.InterventionType(kind) if kind else None, other_names=tuple(others), arms=tuple(given[pk])
            ),
        )
        for pk, trial_id, name, kind, others in rows
    )
    return arms, interventions


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for key, item in pairs:
        found[key].append(item)
    return found
