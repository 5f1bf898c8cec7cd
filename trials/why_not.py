"""Why a study is not on somebody's list, as far as that is no matter of their answers. Nothing vanishes silently."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from trials import vocab as v
from trials.models import Trial
from trials.study_ids import study_id_of


class Place(StrEnum):
    """Where a study is. Of several reasons why it is on no list, the first one counts."""

    NOT_AN_ID = "not_an_id"
    NOT_HELD = "not_held"
    NOT_RELEASED = "not_released"  # entered by hand; no editor has released it yet
    TAKEN_OFF = "taken_off"  # by an editor
    GONE = "gone"  # the registry no longer lists it
    NOT_OPEN = "not_open"  # nobody can ask to join today
    OTHER_DISEASES = "other_diseases"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`study_id` is as the registry writes it, empty where the text is no id. `trial` is set for what a page may show.

    `status` is the registry's last word, None where it says nothing. `since`: of a study that is gone the day on which
    it was missed, of one that is not open the day of that last word.
    """

    place: Place
    study_id: str = ""
    trial: Trial | None = None
    status: v.RecruitmentStatus | None = None
    since: date | None = None

    @property
    def in_registry(self) -> bool:
        """Whether the registry may have a page on it: its id is of the registry's form."""
        return self.study_id.startswith("NCT")


def whereabouts(text: str) -> Whereabouts:
    """Where the study is whose id somebody typed, in any writing of it, or pasted an address of."""
    study_id = study_id_of(text)
    if not study_id:
        return Whereabouts(Place.NOT_AN_ID)
    return whereabouts_of([study_id])[study_id]


def whereabouts_of(study_ids: Collection[str]) -> dict[str, Whereabouts]:
    """The same for many ids as the registry writes them. One query, none for none."""
    trials = Trial.objects.select_related("editorial").filter(nct_id__in=study_ids) if study_ids else ()
    held = {str(trial.nct_id): trial for trial in trials}
    return {study_id: _whereabouts(study_id, held.get(study_id)) for study_id in study_ids}


def _whereabouts(study_id: str, trial: Trial | None) -> Whereabouts:
    if trial is None:
        return Whereabouts(Place.NOT_HELD, study_id)
    editorial = getattr(trial, "editorial", None)
    if editorial and editorial.hidden:
        by_hand = trial.registry == v.Registry.HAND
        return Whereabouts(Place.NOT_RELEASED if by_hand else Place.TAKEN_OFF, study_id)
    place, since = _place(trial)
    status = v.RecruitmentStatus(trial.overall_status) if trial.overall_status else None
    return Whereabouts(place, study_id, trial, status, since)


def _place(trial: Trial) -> tuple[Place, date | None]:
    if trial.gone_since:
        return Place.GONE, timezone.localdate(trial.gone_since)
    if not trial.recruiting:
        return Place.NOT_OPEN, trial.last_update_posted_on
    return (Place.LISTED if trial.in_scope else Place.OTHER_DISEASES), None
