"""What a browser holds is not sent again, and what changed is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from finder.caching import state
from finder.views.render import VARIES_BY_HTMX
from tests.finder.caching.conftest import PAGE, public_paths
from trials.models import DataChange, Outcome, Trial, TrialEditorial

pytestmark = pytest.mark.usefixtures("shown")
NEVER = ["/healthz", "/check/", "/es/check/", "/admin/login/", "/no/such/page/", "/studies/NCT99999999/"]
HTMX = {"HX-Request": "true", "HX-Trigger": "filters"}
SWAPPED = ["/saved/", "/studies/", "/studies/map/", "/studies/?q=lupus&age=40"]  # htmx gets a part of these
GZIP = {"Accept-Encoding": "gzip"}
PATHS = [*public_paths(), "/es" + PAGE, "/zh-hans/", "/studies/?q=lupus&age=40", "/learn/words/?q=lung"]


def varies(response):
    return {name.strip() for name in response.headers["Vary"].split(",")}


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("path", PATHS)
def test_every_public_page_has_validators_and_heeds_them(client, path, method):
    ask = getattr(client, method)
    first = ask(path, headers=GZIP)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers["ETag"].startswith('W/"')
    assert varies(first) == {"Accept-Encoding", *(VARIES_BY_HTMX if path in SWAPPED else ())}
    modified = first.headers["Last-Modified"]
    for held in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": modified}, {"If-None-Match": "*"}):
        second = ask(path, headers={**GZIP, **held})
        assert (second.status_code, second.content) == (304, b""), held
        for name in ("ETag", "Cache-Control", "Vary"):
            assert second.headers[name] == first.headers[name]
        assert "Content-Type" not in second.headers


@pytest.mark.parametrize("path", NEVER)
def test_what_is_private_or_an_error_has_none(client, path):
    response = client.get(path, headers={"If-None-Match": "*", "If-Modified-Since": http_date()})
    assert response.status_code != 304
    assert not {"ETag", "Last-Modified"} & set(response.headers)


def test_a_redirect_has_none(client):
    response = client.get("/studies/nct90000001/", headers={"If-None-Match": "*"})
    assert response.status_code == 301 and "ETag" not in response.headers


def test_an_answer_to_a_form_has_none(client):
    assert "ETag" not in client.post("/check/", {}, headers={"If-None-Match": "*"}).headers


@pytest.mark.parametrize("held", ['"{}"', 'W/"{}"', '"other", W/"{}"', 'W/"{}" , "other"'])
def test_tags_come_in_lists_weak_or_strong(client, held):
    tag = client.get(PAGE).headers["ETag"].removeprefix('W/"').removesuffix('"')
    assert client.get(PAGE, headers={"If-None-Match": held.format(tag)}).status_code == 304


def test_another_tag_counts_before_the_right_date(client):
    modified = client.get(PAGE).headers["Last-Modified"]
    asked = {"If-None-Match": '"other"', "If-Modified-Since": modified}
    assert client.get(PAGE, headers=asked).status_code == 200


@pytest.mark.parametrize("days", [-1, 1, 365])
def test_only_our_own_date_counts(client, days):
    other = http_date((timezone.now() + timedelta(days=days)).timestamp())
    assert client.get(PAGE, headers={"If-Modified-Since": other}).status_code == 200


def test_a_date_is_no_word_that_a_page_is_there(client):
    modified = client.get(PAGE).headers["Last-Modified"]
    assert client.get("/studies/NCT99999999/", headers={"If-Modified-Since": modified}).status_code == 404


def test_the_part_for_htmx_is_another_page_than_the_whole(client):
    whole, part = client.get("/studies/"), client.get("/studies/", headers=HTMX)
    assert whole.headers["ETag"] != part.headers["ETag"]
    assert client.get("/studies/", headers={**HTMX, "If-None-Match": whole.headers["ETag"]}).status_code == 200
    assert client.get("/studies/", headers={"If-None-Match": part.headers["ETag"]}).status_code == 200
    again = client.get("/studies/", headers={**HTMX, "If-None-Match": part.headers["ETag"]})
    assert again.status_code == 304 and "HX-Request" in varies(again)


def test_tags_are_of_one_address(client):
    paths = ["/", "/es/", "/studies/", "/studies/?q=lupus", "/studies/?q=SLE", PAGE]
    assert len({client.get(path).headers["ETag"] for path in paths}) == len(paths)


def test_processes_agree(client, another):
    tags = [(one.get(PAGE).headers["ETag"], one.get(PAGE).headers["Last-Modified"]) for one in (client, another)]
    assert tags[0] == tags[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Outcome.objects.update(measure="Another"),
        lambda: Trial.objects.update(last_read_at=timezone.now()),
        lambda: TrialEditorial.objects.create(trial=Trial.objects.get(), public_note="New"),
    ],
    ids=["a part", "read again", "an editor's note"],
)
def test_a_change_of_the_data_is_seen_at_once(client, change):
    first = client.get(PAGE)
    change()
    DataChange.objects.filter(changed_at__gt=timezone.now() - timedelta(days=9)).update(
        changed_at=timezone.now() - timedelta(seconds=10)
    )
    second = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200 and second.content != first.content
    assert client.get(PAGE, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 200
    assert second.headers["ETag"] != first.headers["ETag"]


def test_a_change_that_is_too_young_has_no_date_yet(client):
    Outcome.objects.update(measure="Another")
    first = client.get(PAGE)
    assert "Last-Modified" not in first.headers and "ETag" in first.headers
    DataChange.objects.update(changed_at=timezone.now() - timedelta(seconds=10))
    assert "Last-Modified" in client.get(PAGE).headers


def test_no_date_lies_in_the_future(client):
    DataChange.objects.update(changed_at=timezone.now() + timedelta(hours=1))
    assert "Last-Modified" not in client.get(PAGE).headers


def test_a_new_day_is_another_page(client, monkeypatch):
    first = client.get(PAGE)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)
    second = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200 and second.headers["ETag"] != first.headers["ETag"]


def test_after_an_upgrade_an_old_tab_gets_the_new_page(client, monkeypatch):
    first = client.get(PAGE)
    monkeypatch.setattr(state, "code_version", lambda: b"another release")
    monkeypatch.setattr(state, "_next_step", lambda _seconds: timezone.now() - timedelta(seconds=5))
    upgraded = Client()
    assert upgraded.get(PAGE, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert upgraded.get(PAGE, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 200
