"""The versions that we hold of a record: which are compared, and what is new since a day."""

from datetime import UTC, date, datetime

import pytest

from tests.studies import site, store, study, updated
from trials import history
from trials.change_words import sentence
from trials.changes import Change, ChangeKind, matters
from trials.models import RecordVersion, Trial
from trials.records import Contact, RecordDate, Site
from trials.vocab import ContactKind, DateKind, DatePrecision, RecruitmentStatus

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 1)
K = ChangeKind


def aged(day: str, years: int, nct_id: str = "NCT90000001", **modules):
    record = updated(day, eligibilityModule={"minimumAge": f"{years} Years"}, **modules)
    record["protocolSection"]["identificationModule"]["nctId"] = nct_id
    return record


def said_since(day: date = DAY) -> dict[str, list[str]]:
    """What each study changed, by its id."""
    ids = dict(Trial.objects.values_list("pk", "nct_id"))
    return {ids[key]: [sentence(one) for one in found] for key, found in history.changed_since(list(ids), day).items()}


def test_each_version_is_compared_with_the_one_before_it_by_the_registrys_date():
    store(aged("2026-11-03", 14), aged("2026-10-01", 18), aged("2026-11-02", 16))
    trial = Trial.objects.get()
    told = history.steps(history.versions_of(trial.pk))
    assert [[sentence(one) for one in step.changes or ()] for step in told] == [
        ["Now also takes ages 14 to 15."],
        ["Now also takes ages 16 to 17."],
    ]
    assert [step.before.version_date for step in told] == [date(2026, 11, 2), date(2026, 10, 1)]
    assert not any(step.in_part for step in told)


def test_since_a_day_the_newest_version_is_compared_with_the_last_one_before_it():
    store(aged("2026-09-01", 21), aged("2026-10-31", 18), aged("2026-11-01", 16), aged("2026-11-20", 14))
    assert said_since() == {"NCT90000001": ["Now also takes ages 14 to 17."]}
    assert said_since(date(2026, 11, 20)) == {"NCT90000001": ["Now also takes ages 14 to 15."]}
    assert said_since(date(2026, 11, 21)) == {}


def test_what_was_dated_back_or_read_late_is_new_since_the_day_before_it_was_stored():
    store(aged("2026-10-01", 18))
    RecordVersion.objects.update(stored_at=datetime(2026, 10, 2, tzinfo=UTC))
    store(aged("2026-10-20", 16))
    RecordVersion.objects.filter(version_date=date(2026, 10, 20)).update(stored_at=datetime(2026, 11, 5, tzinfo=UTC))
    assert said_since() == {"NCT90000001": ["Now also takes ages 16 to 17."]}
    assert said_since(date(2026, 11, 6)) == {}


def test_what_came_and_went_since_the_day_is_no_change():
    store(aged("2026-10-31", 18), aged("2026-11-05", 16), aged("2026-11-20", 18))
    assert said_since() == {}


def test_a_study_first_read_after_the_day_is_compared_with_that_first_version():
    store(aged("2026-11-05", 18), aged("2026-11-20", 14), aged("2026-11-20", 18, "NCT90000002"))
    assert said_since() == {"NCT90000001": ["Now also takes ages 14 to 17."]}


def test_a_version_without_a_date_tells_nothing_of_when():
    undated = study(statusModule={"lastUpdatePostDateStruct": {}})
    store(undated, aged("2026-11-20", 14))
    assert said_since() == {}
    assert len(history.versions_of(Trial.objects.get().pk)) == 2


def test_a_bundled_sample_is_compared_with_no_record_of_the_registry():
    store(aged("2026-10-01", 18), source="sample:NCT90000001.json")
    store(aged("2026-11-20", 14))
    assert said_since() == {}
    store(aged("2026-11-20", 16, "NCT90000002"), aged("2026-10-01", 18, "NCT90000002"), source="sample:x.json")
    assert said_since() == {"NCT90000002": ["Now also takes ages 16 to 17."]}


def test_dates_and_texts_are_not_told_since_a_day():
    store(aged("2026-10-01", 18), aged("2026-11-20", 18, descriptionModule={"briefSummary": "Other words."}))
    assert said_since() == {}


def test_versions_that_cannot_be_compared_are_told_as_such_and_break_no_list(caplog):
    store(aged("2026-10-01", 18), aged("2026-11-20", 14), aged("2026-10-01", 18, "NCT90000002"))
    store(aged("2026-11-20", 14, "NCT90000002"))
    spoilt = RecordVersion.objects.get(trial__nct_id="NCT90000001", version_date="2026-10-01")
    RecordVersion.objects.filter(pk=spoilt.pk).update(payload="{}")
    assert said_since() == {"NCT90000002": ["Now also takes ages 14 to 17."]}
    [step] = history.steps(history.versions_of(spoilt.trial_id))
    assert step.changes is None and "cannot be compared" in caplog.text


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_of_studies_costs_two_queries(django_assert_num_queries, number):
    ids = [f"NCT900000{n:02}" for n in range(number)]
    store(*(aged(day, years, one) for one in ids for day, years in (("2026-10-01", 18), ("2026-11-20", 14))))
    keys = list(Trial.objects.values_list("pk", flat=True))
    with django_assert_num_queries(2):
        assert len(history.changed_since(keys, DAY)) == number


def test_no_study_costs_no_more_than_a_look():
    assert history.changed_since([], DAY) == {}


def test_sites_that_open_are_told_since_a_day():
    waiting, open_now = ({"locations": [site(status=one)]} for one in ("NOT_YET_RECRUITING", "RECRUITING"))
    store(aged("2026-10-01", 18, contactsLocationsModule=waiting))
    store(aged("2026-11-20", 18, contactsLocationsModule=open_now))
    assert said_since() == {"NCT90000001": ["This site now takes people: Charité, Berlin, Germany."]}


STARTED = RecordDate(DateKind.START, date(2026, 3, 1), DatePrecision.DAY)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Change(K.STATUS, RecruitmentStatus.RECRUITING, RecruitmentStatus.SUSPENDED), True),
        (Change(K.OTHER, False, True, "healthy_volunteers"), True),
        (Change(K.SITE_CHANGED, Site("A"), Site("A"), "status"), True),
        (Change(K.SITE_CHANGED, Site("A"), Site("B"), "facility"), False),
        (Change(K.CONTACT, Contact(ContactKind.CENTRAL, "A"), None), True),
        (Change(K.CONTACT, Contact(ContactKind.OFFICIAL, "A"), None), False),
        (Change(K.DATE, None, STARTED, "START"), False),
        (Change(K.OTHER, None, "lupus", "keywords"), False),
    ],
)
def test_what_matters_is_who_can_join_where_and_whom_to_ask(change, expected):
    assert matters(change) is expected
