"""Which studies a search finds, for machines: the same as on the page, and in the same order."""

from django.db.models import F
from django.utils import timezone

from finder.forms import StudySearch
from trials.find import find_trials, in_order_of, without_missing_words
from trials.models import Trial, TrialQuerySet
from trials.study_ids import nct_id_of


def listed(asked: StudySearch) -> TrialQuerySet:
    """In the order of the list of studies."""
    if nct_id_of(asked.text):
        return _found(asked)
    return in_order_of(without_missing_words(asked.search), timezone.localdate()).exclude(nct_id=None)


def newest(asked: StudySearch) -> TrialQuerySet:
    """What the registry changed last comes first; what has no date stands last."""
    changed, posted = F("last_update_posted_on"), F("first_posted_on")
    return _found(asked).order_by(changed.desc(nulls_last=True), posted.desc(nulls_last=True), "nct_id")


def _found(asked: StudySearch) -> TrialQuerySet:
    """A typed id leads people to the study's page; here it finds that study."""
    if nct_id := nct_id_of(asked.text):
        return Trial.objects.visible().filter(nct_id=nct_id)
    return find_trials(without_missing_words(asked.search)).exclude(nct_id=None)
