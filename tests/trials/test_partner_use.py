"""The desk's page on a clinic's page views: what is counted together, what is kept back, for whom, and for how long."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from tests.studies import store, study
from trials.ingest.partner_views import KEPT_DAYS, forget_old_views
from trials.models import Partner, PartnerViews
from trials.partner_use import SPANS, partner_use
from trials.partners.bars import HEIGHT, bar_chart
from trials.partners.suppression import Shown

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
FEW = Shown(1, 4)


@pytest.fixture
def partner(db):
    return Partner.objects.create(name="Example Clinic", allowed_origins="https://clinic.example.org")


def viewed(partner, counts, today=TODAY):
    """`counts`: (days ago, study or nothing) → views."""
    rows = [
        PartnerViews(partner=partner, day=today - timedelta(days=ago), nct_id=nct_id, views=views)
        for (ago, nct_id), views in counts.items()
    ]
    PartnerViews.objects.bulk_create(rows)


def test_days_without_views_are_zero_and_those_with_few_are_not_told(partner):
    viewed(partner, {(0, ""): 99, (1, ""): 12, (1, "NCT90000001"): 6, (3, ""): 4, (30, ""): 5, (31, ""): 50})
    use = partner_use(partner, TODAY, 30)
    told = {(TODAY - one.first).days: one.views for one in use.stretches}
    assert len(told) == 30 and 0 not in told and 31 not in told
    assert (told[1], told[2], told[3], told[30]) == (Shown(18, 18), Shown(0, 0), FEW, Shown(5, 5))
    assert use.total == Shown(24, 27)


def test_a_year_is_shown_by_weeks_that_are_added_from_what_is_shown_of_days(partner):
    viewed(partner, {(1, ""): 3, (2, ""): 10, (8, ""): 2, (365, ""): 7})
    use = partner_use(partner, TODAY, 365)
    assert len(use.stretches) == 53
    assert [one.views for one in use.stretches[-2:]] == [FEW, Shown(11, 14)]
    assert use.stretches[0].first == use.stretches[0].last == use.first == TODAY - timedelta(days=365)
    assert use.stretches[0].views == Shown(7, 7)
    assert all((later.first - one.last).days == 1 for one, later in zip(use.stretches, use.stretches[1:], strict=False))


def test_studies_come_the_most_viewed_first_and_those_with_few_by_their_id(partner, django_assert_num_queries):
    views = {"NCT90000003": 1, "NCT90000002": 4, "NCT90000001": 2, "NCT90000004": 9}
    viewed(partner, {(1, ""): 200, (50, ""): 90, **{(2, nct_id): count for nct_id, count in views.items()}})
    viewed(partner, {(50, "NCT90000005"): 6})
    with django_assert_num_queries(2):
        use = partner_use(partner, TODAY, 30)
    ordered = [("NCT90000004", Shown(9, 9)), *((f"NCT9000000{n}", FEW) for n in (1, 2, 3))]
    assert list(use.studies) == ordered
    assert "NCT90000005" in dict(partner_use(partner, TODAY, 90).studies)


@pytest.mark.parametrize("span", SPANS)
def test_nothing_is_told_of_studies_that_the_days_would_give_away(partner, span):
    """Fourteen views on a day, each of another study: each study had one."""
    viewed(partner, {(1, f"NCT900000{n:02}"): 1 for n in range(14)})
    assert partner_use(partner, TODAY, span).studies is None


def test_bars_are_filled_as_far_as_is_certain():
    chart = bar_chart([Shown(0, 0), FEW, Shown(10, 10), Shown(11, 20)])
    assert [(bar.height, bar.open_height) for bar in chart.bars] == [(0, 0), (0, 32), (80, 0), (88, 72)]
    assert chart.marks == ((HEIGHT, 0), (HEIGHT / 2, 10), (0, 20))
    assert bar_chart([]).bars == ()


@pytest.fixture
def desk(db):
    """Somebody who may see clinics, and no more."""
    user = get_user_model().objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_partner"))
    client = Client()
    client.force_login(user)
    return client


def test_the_page_and_its_files_say_the_same(partner, desk):
    store(study(), study("NCT90000002", identificationModule={"briefTitle": "=1+1"}))
    now = timezone.localdate()
    viewed(partner, {(1, ""): 60, (2, ""): 3, (1, "NCT90000001"): 7, (1, "NCT90000002"): 2, (1, "GONE"): 5}, now)
    root = f"/admin/trials/partner/{partner.pk}/use/"
    page = desk.get(root)
    html = page.content.decode()
    assert page.status_code == 200 and "style=" not in html and "<svg" in html
    [of_days, of_studies] = re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    words = re.findall(r"<td>([^<]*)</td>", of_days)
    assert len(words) == 30 and words[-2:] == ["fewer than 5", "74"]
    assert '<a href="/studies/NCT90000001/">Testumab in Lupus</a>' in of_studies
    assert re.findall(r"<td>([^<]*)</td>", of_studies) == [
        "NCT90000001", "7", "GONE", "5", "NCT90000002", "fewer than 5",
    ]  # fmt: skip
    assert "75 to 78" in html
    for table, expected in (
        ("days", [(now - timedelta(days=2)).isoformat()] * 2 + ["1", "4"]),
        ("studies", ["NCT90000002", "'=1+1", "1", "4"]),
    ):
        answer = desk.get(f"{root}{table}.csv?days=90")
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert answer["Content-Type"].startswith("text/csv") and expected in lines
    assert len(list(csv.reader(io.StringIO(desk.get(f"{root}days.csv?days=365").content.decode("utf-8-sig"))))) == 54


@pytest.mark.parametrize("query", ["", "?days=7", "?days=x", "?days=%00", "?days=365"])
def test_any_span_that_is_asked_for_gets_a_page(partner, desk, query):
    answer = desk.get(f"/admin/trials/partner/{partner.pk}/use/{query}")
    assert answer.status_code == 200 and "No page of a study was shown" in answer.content.decode()


def test_only_who_may_see_clinics_sees_their_use(partner, desk):
    root = f"/admin/trials/partner/{partner.pk}/use/"
    stranger = Client()
    stranger.force_login(get_user_model().objects.create_user("stranger", is_staff=True))
    for path in (root, f"{root}days.csv", f"{root}studies.csv"):
        assert stranger.get(path).status_code == 403
        assert Client().get(path).status_code == 302
        assert desk.post(path).status_code == 405
    assert desk.get(f"{root}other.csv").status_code == 404
    assert desk.get("/admin/trials/partner/0/use/").status_code == 404


def test_days_that_are_too_old_are_forgotten(partner):
    viewed(partner, {(ago, ""): 1 for ago in (0, 365, KEPT_DAYS - 1, KEPT_DAYS, KEPT_DAYS + 30)})
    forget_old_views(TODAY)
    kept = {(TODAY - row.day).days for row in PartnerViews.objects.all()}
    assert kept == {0, 365, KEPT_DAYS - 1} and len(kept) <= KEPT_DAYS
