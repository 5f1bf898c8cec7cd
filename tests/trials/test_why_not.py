"""Why a study is on no list."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model

from tests.studies import stored
from trials.find import Search, find_trials
from trials.ingest.by_hand import Listing, store_by_hand
from trials.models import Trial, TrialEditorial
from trials.vocab import RecruitmentStatus
from trials.why_not import Place, whereabouts

pytestmark = pytest.mark.django_db

ID = "NCT90000001"
CLOSED = {"statusModule": {"overallStatus": "COMPLETED"}}
OTHERS = {
    "conditionsModule": {"conditions": ["Breast Cancer"], "keywords": []},
    "identificationModule": {"briefTitle": "Testumab in Breast Cancer", "officialTitle": "Testumab in Breast Cancer"},
    "descriptionModule": {"briefSummary": "The study tests testumab."},
    "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Breast cancer"},
}


def hide(trial):
    TrialEditorial.objects.update_or_create(trial=trial, defaults={"hidden": True, "hidden_reason": "Twice"})


def found(text=ID):
    one = whereabouts(text)
    return one.place, one.trial and one.trial.nct_id, one.status, one.since


@pytest.mark.parametrize(("text", "place", "in_registry"), [
    ("lupus", Place.NOT_AN_ID, False), ("", Place.NOT_AN_ID, False), ("\x00", Place.NOT_AN_ID, False),
    ("NCT90000002", Place.NOT_HELD, True), ("HAND-00017", Place.NOT_HELD, False),
])  # fmt: skip
def test_what_we_do_not_hold(text, place, in_registry):
    stored(ID)
    one = whereabouts(text)
    assert (one.place, one.trial, one.in_registry) == (place, None, in_registry)


@pytest.mark.parametrize("text", [ID, "nct 90000001", "90000001", f"https://clinicaltrials.gov/study/{ID}"])
def test_a_study_that_is_open_and_ours(text):
    trial = stored(ID)
    assert list(find_trials(Search(statuses=(RecruitmentStatus.RECRUITING,)))) == [trial]
    assert found(text) == (Place.LISTED, ID, RecruitmentStatus.RECRUITING, None)
    assert whereabouts(text).study_id == ID


@pytest.mark.parametrize("status", ["COMPLETED", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "UNKNOWN"])
def test_a_study_that_nobody_can_ask_to_join(status):
    stored(ID, statusModule={"overallStatus": status})
    assert found() == (Place.NOT_OPEN, ID, RecruitmentStatus(status), date(2026, 10, 1))


def test_a_study_whose_status_the_registry_does_not_say():
    Trial.objects.filter(pk=stored(ID).pk).update(overall_status="", recruiting=False)
    assert found()[:3] == (Place.NOT_OPEN, ID, None)


def test_a_study_of_other_diseases():
    stored(ID, **OTHERS)
    assert found() == (Place.OTHER_DISEASES, ID, RecruitmentStatus.RECRUITING, None)
    Trial.objects.update(recruiting=False)
    assert found()[0] is Place.NOT_OPEN


def test_a_study_that_has_left_the_registry():
    stored(ID, **CLOSED)
    Trial.objects.update(gone_since=datetime(2026, 11, 1, 12, tzinfo=UTC))
    assert found() == (Place.GONE, ID, RecruitmentStatus.COMPLETED, date(2026, 11, 1))


def test_a_study_that_an_editor_took_off_is_not_shown_here_either():
    hide(stored(ID, **CLOSED))
    assert found() == (Place.TAKEN_OFF, None, None, None)
    assert whereabouts(ID).in_registry


def test_a_study_entered_by_hand_counts_once_it_is_released():
    editor = get_user_model().objects.create_user("editor")
    trial = store_by_hand(Listing("A study", "Inclusion Criteria:\n\n* Lupus", "https://example.org"), editor=editor)
    assert found(trial.nct_id) == (Place.NOT_RELEASED, None, None, None)
    assert not whereabouts(trial.nct_id).in_registry
    TrialEditorial.objects.update(hidden=False, hidden_reason="")
    assert found(trial.nct_id)[:3] == (Place.NOT_OPEN, trial.nct_id, None)


def test_one_query_at_most(django_assert_num_queries):
    hide(stored(ID))
    with django_assert_num_queries(1):
        whereabouts(ID)
    with django_assert_num_queries(0):
        whereabouts("lupus")
