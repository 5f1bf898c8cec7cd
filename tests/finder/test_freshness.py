"""Which records are old: the page and the editors' desk agree, to the day."""

from datetime import date

import pytest

from finder.presenters.freshness import freshness
from tests.studies import store, stored, study
from trials.admin.filters import is_stale
from trials.freshness import stale_before
from trials.models import Trial

PAGE = "/studies/NCT90000001/"


@pytest.mark.parametrize(
    ("today", "months", "day"),
    [
        (date(2026, 11, 21), 12, date(2025, 11, 21)),
        (date(2026, 3, 31), 12, date(2025, 3, 31)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_so_many_months_before(today, months, day):
    assert stale_before(today, months) == day


@pytest.mark.django_db
def test_the_desk_and_the_page_agree_at_the_end_of_a_month(monkeypatch, settings):
    today = date(2026, 3, 31)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: today)
    trial = stored()
    for changed in (date(2025, 3, 27), date(2025, 3, 29), date(2025, 3, 30), date(2025, 3, 31)):
        Trial.objects.update(last_update_posted_on=changed)
        trial.refresh_from_db()
        on_desk = Trial.objects.filter(is_stale()).exists()
        assert freshness(trial, today, settings.STALE_AFTER_MONTHS).is_old is on_desk is (changed < date(2025, 3, 31))


@pytest.mark.django_db
def test_call_first_says_both_dates(read):
    store(study(statusModule={"overallStatus": "UNKNOWN"}))
    page = read(PAGE)
    assert "Call first." in page
    assert "The registry last changed this record on 1 October 2026. We last read it on 20 November 2026." in page


@pytest.mark.django_db
def test_an_old_record_says_its_date_once(read):
    store(study(statusModule={"lastUpdatePostDateStruct": {"date": "2024-01-02", "type": "ACTUAL"}}))
    assert read(PAGE).count("The registry last changed this record on") == 1
