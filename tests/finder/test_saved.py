"""The short list as an address: what it shows, what has changed, and what it cannot show."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.finder.conftest import html_of, words_of
from tests.studies import store, study, updated
from trials.models import Trial, TrialEditorial

pytestmark = pytest.mark.django_db
ONE, TWO = "NCT90000001", "NCT90000002"
PART = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def studies(db):
    store(study(ONE), study(TWO))


def page(client, query: str = "") -> str:
    return html_of(client, f"/saved/{query}")


def shown(html: str) -> list[str]:
    return re.findall(r'data-nct-id="([^"]+)"', html)


def test_shows_the_studies_in_the_order_of_the_address(client):
    html = page(client, f"?ids={TWO},{ONE}")
    assert shown(html) == [TWO, ONE] and "2 saved studies" in words_of(html)
    assert f'href="/saved/?ids={ONE}"' in html and f'href="/saved/?ids={TWO}"' in html  # without the other
    assert 'name="robots" content="noindex"' in html


def test_an_empty_list_says_how_it_is_filled(client):
    words = words_of(page(client))
    assert "There is no study on this list yet" in words and "Look for studies" in words


def test_save_is_a_link_to_the_list_on_cards_and_pages(client):
    for path in ("/studies/", f"/studies/{ONE}/", "/conditions/sle/"):
        assert f'href="/saved/?ids={ONE}" rel="nofollow" data-save="{ONE}"' in html_of(client, path)


def test_the_form_adds_a_number_to_those_of_the_address(client):
    html = page(client, f"?ids={ONE}&ids=nct+9000+0002")
    assert shown(html) == [ONE, TWO]
    assert f'<input type="hidden" name="ids" value="{ONE},{TWO}">' in html


def test_what_cannot_be_shown_is_told(client):
    TrialEditorial.objects.update_or_create(
        trial=Trial.objects.get(nct_id=TWO), defaults={"hidden": True, "hidden_reason": "Wrong"}
    )
    many = ",".join(f"NCT8{n:07}" for n in range(60))
    words = words_of(page(client, f"?ids={ONE},{TWO},<b>lupus</b>,{many}"))
    assert f"{TWO}: An editor has taken this study off our pages." in words
    assert "NCT80000000: We do not have this study. The registry may have it." in words
    assert f"Take {TWO} off the list" in words
    assert "This is no number of a study: <b>lupus</b>." in words
    assert "A list holds 50 studies. We left out the last 12." in words


def test_tells_what_changed_since_each_was_saved(client):
    store(updated("2026-11-10", eligibilityModule={"minimumAge": "14 Years"}))
    part = client.get(f"/saved/?ids={ONE},{TWO}&since=2026-11-01,2026-11-12", headers=PART).content.decode()
    one, two = part.split('class="saved-about"')[:2]
    words = words_of(part)
    assert "<html" not in part and "Now also takes ages 14 to 17." in words_of(one)
    assert "You saved it on 1 November 2026." in words
    assert "You saved it on 12 November 2026." in words and "Now also takes" not in two


def test_a_change_that_we_read_after_it_was_saved_is_told_though_the_registry_dates_it_before(client):
    store(updated("2026-11-10", eligibilityModule={"minimumAge": "14 Years"}))
    part = client.get(f"/saved/?ids={ONE}&since=2026-11-12", headers=PART).content.decode()
    assert "Now also takes ages 14 to 17." in words_of(part) and "Compared with the version of" in words_of(part)


def test_days_stay_with_their_studies_where_a_number_cannot_be_read(client):
    part = client.get(f"/saved/?ids=lupus,{TWO},{ONE},{ONE}&since=2026-11-01,2026-11-02,2026-11-03,2026-11-03")
    text = words_of(part.content.decode())
    assert text.index("You saved it on 2 November 2026.") < text.index("You saved it on 3 November 2026.")
    assert "1 November" not in text


def test_a_list_of_which_nothing_can_be_shown_says_why_and_how_to_go_on(client):
    html = page(client, "?ids=NCT80000001")
    assert "NCT80000001: We do not have this study." in words_of(html)
    assert 'href="/saved/" data-take-off="NCT80000001"' in html and "no study on this list yet" not in words_of(html)


def test_a_day_to_come_is_not_told(client):
    assert "You saved it" not in words_of(client.get(f"/saved/?ids={ONE}&since=2999-01-01").content.decode())


@pytest.mark.parametrize("since", ["", "x", ",,,,", "9999-99-99", "0001-01-01,9999-12-31", "2026-11-01" * 50, "%00"])
def test_a_day_that_is_none_does_no_harm(client, since):
    assert client.get(f"/saved/?ids={ONE},{TWO}&since={since}").status_code == 200


def test_two_or_more_can_be_compared_at_most_four_at_first(client):
    assert "/compare/" not in page(client, f"?ids={ONE}")
    html = page(client, f"?ids={TWO},{ONE}")
    assert f'href="/compare/?ids={TWO},{ONE}">Compare these 2 studies<' in html and 'action="/compare/"' not in html
    store(*(study(f"NCT9000001{n}") for n in range(4)))
    html = page(client, "?ids=" + ",".join([ONE, TWO, *(f"NCT9000001{n}" for n in range(4))]))
    assert len(re.findall(r'<input type="checkbox" name="ids" value="NCT\d+" checked>', html)) == 4


def test_asks_as_often_for_one_study_as_for_many(client):
    store(*(study(f"NCT9000001{n}") for n in range(8)))
    counts = []
    for query in (ONE, ",".join(f"NCT9000001{n}" for n in range(8))):
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/saved/?ids={query}")
        counts.append(len(seen))
    assert counts[0] == counts[1] < 12
    with CaptureQueriesContext(connection) as seen:
        client.get(f"/saved/?ids={ONE},NCT80000001,NCT80000002")
    assert len(seen) == counts[0] + 1


@pytest.mark.parametrize("language", ["es", "zh-hans"])
def test_stands_in_every_language(client, language):
    html = html_of(client, f"/{language}/saved/?ids={ONE}")
    assert f'href="/{language}/studies/{ONE}/handout/"' in html


def test_a_list_stays_in_no_cache_and_the_page_without_one_may(client):
    store(study(ONE))
    assert client.get(f"/saved/?ids={ONE}")["Cache-Control"] == "no-store, private"
    assert "public" in client.get("/saved/")["Cache-Control"]
