"""Studies that an editor enters from a listing: same engine, same tables, an id of our own. No import touches them."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trials import vocab as v
from trials.criteria.model import Study
from trials.ingest.bulk import next_ids
from trials.ingest.conditions import editor_terms, load_conditions, mapping_of
from trials.ingest.index import index_trials
from trials.ingest.readings import study_of_record
from trials.ingest.turns import writers_turn
from trials.ingest.versions import Version
from trials.ingest.write import Shown, write_without_versions
from trials.models import Trial, TrialEditorial
from trials.records import Eligibility, StudyRecord
from trials.registries.ledger import storable


@dataclass(frozen=True, slots=True)
class Listing:
    """What an editor takes from a listing. Ages are the first and the last age in years that may join."""

    title: str
    text: str
    listing_url: str
    conditions: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    sex: v.Sex | None = None


def record_of(listing: Listing, study_id: str = "") -> StudyRecord:
    """The listing as a record, like a registry's."""
    text = listing.text.replace("\r\n", "\n").replace("\r", "\n")
    low, high = listing.minimum_age, listing.maximum_age
    return StudyRecord(
        nct_id=study_id,
        registry=v.Registry.HAND,
        listing_url=listing.listing_url,
        brief_title=storable(listing.title),
        conditions=tuple(dict.fromkeys(storable(name) for name in listing.conditions)),
        eligibility=Eligibility(
            criteria_text=storable(text),
            minimum_age_years=None if low is None else float(low),
            below_age_years=None if high is None else float(high + 1),
            minimum_age_text="" if low is None else f"{low} Years",
            maximum_age_text="" if high is None else f"{high} Years",
            sex=listing.sex,
        ),
    )


def study_of_listing(listing: Listing) -> Study:
    """What the engine reads of a listing."""
    return study_of_record(record_of(listing))


@transaction.atomic
def store_by_hand(listing: Listing, *, editor: AbstractBaseUser, trial: Trial | None = None) -> Trial:
    """Store a listing as a study of its own, off the pages until an editor releases it; or anew, over `trial`.

    Raises ValueError when `trial` comes from a registry.
    """
    if trial and trial.registry != v.Registry.HAND:
        raise ValueError(f"{trial.nct_id} comes from a registry and is not written by hand.")
    writers_turn()
    load_conditions()
    key = trial.pk if trial else next_ids(Trial, 1)[0]
    record, now = record_of(listing, f"HAND-{key:05}"), timezone.now()
    entered = Version(id=0, content_hash="", version_date=None, is_complete=True, fetched_at=now, source="hand:")
    write_without_versions([Shown(key, trial is None, record, entered, (), mapping_of(record, editor_terms()))])
    if trial is None:
        reason = _("Entered by hand and not released yet.")
        TrialEditorial.objects.create(trial_id=key, hidden=True, hidden_reason=reason, edited_by_id=editor.pk)
        index_trials([key])
    else:
        Trial.objects.filter(pk=key).update(last_read_at=now)
    return Trial.objects.get(pk=key)


def listing_of(trial: Trial) -> Listing:
    """A stored study as the listing that it was entered from."""
    below, low = trial.below_age_years, trial.minimum_age_years
    return Listing(
        title=trial.brief_title,
        text=trial.eligibility_criteria,
        listing_url=trial.listing_url,
        conditions=tuple(listed.text for listed in trial.listed_conditions.all()),
        minimum_age=None if low is None else int(low),
        maximum_age=None if below is None else int(below) - 1,
        sex=v.Sex(trial.sex) if trial.sex else None,
    )
