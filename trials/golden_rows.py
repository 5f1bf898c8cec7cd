"""Golden patients and studies as they are stored → what the matcher reads of them. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trials import vocab as v
from trials.criteria.model import criterion_from_json
from trials.golden.comparing import Person
from trials.matching.answers import AnswersError
from trials.matching.tree import Groups, Node
from trials.matching.verdict import Match, compiled, match
from trials.models import GoldenPatient, GoldenVerdict, Trial
from trials.records import Eligibility
from trials.summaries.drafts import criteria_of


def people() -> list[Person]:
    """The active patients."""
    return people_of(GoldenPatient.objects.active())


def people_of(patients: Iterable[GoldenPatient]) -> list[Person]:
    """The patients whose answers can be read: a change of the contract may leave some behind."""
    found = []
    for one in patients:
        try:
            found.append(Person(one.pk, one.name, one.parsed()))
        except AnswersError:
            continue
    return found


def stored_study(trial: Trial) -> Groups[Node]:
    """What the trial asks, as it is stored; its `criteria` are prefetched."""
    return compiled(criteria_of(trial), _limits(trial))


def proposed_study(trial: Trial, criteria: Sequence[Mapping[str, Any]]) -> Groups[Node]:
    """What the trial would ask with other criteria, in the contract's form."""
    return compiled(map(criterion_from_json, criteria), _limits(trial))


def _limits(trial: Trial) -> Eligibility:
    sex = v.Sex(trial.sex) if trial.sex else None
    return Eligibility(minimum_age_years=trial.minimum_age_years, below_age_years=trial.below_age_years, sex=sex)


def found_matches(verdicts: Sequence[GoldenVerdict]) -> dict[int, Match]:
    """What each of the studies finds now, by the key of the expected verdict.

    Nothing for a study that we do not hold, or for answers that cannot be read. The patients come with the verdicts.
    """
    ids = {one.nct_id for one in verdicts}
    trials = Trial.objects.filter(nct_id__in=ids).prefetch_related("criteria").order_by()
    studies = {trial.nct_id: stored_study(trial) for trial in trials}
    answers = {one.key: one.answers for one in people_of({one.patient_id: one.patient for one in verdicts}.values())}
    return {
        one.pk: match(studies[one.nct_id], answers[one.patient_id])
        for one in verdicts
        if one.nct_id in studies and one.patient_id in answers
    }
