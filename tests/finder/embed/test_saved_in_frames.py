"""In a clinic's frame the short list lives in the address: every link of the journey carries it on."""

import re

import pytest
from django.test import Client

from finder.embed.addresses import embed_address
from tests.studies import store, study

pytestmark = pytest.mark.django_db
ONE, TWO = "NCT90000001", "NCT90000002"


@pytest.fixture(autouse=True)
def studies(db):
    store(study(), study(TWO))


def get(path: str):
    return Client().get(path)


def test_save_leads_to_the_same_page_with_the_study_in_its_address(partner):
    root = f"/embed/{partner.key}"
    html = get(f"{root}/en/studies/?q=lupus").content.decode()
    assert f'href="{root}/~{ONE}/en/studies/?q=lupus#{ONE}"' in html and f'id="{ONE}"' in html
    html = get(f"{root}/~{ONE}/en/studies/?q=lupus").content.decode()
    assert f'href="{root}/en/studies/?q=lupus#{ONE}"' in html and "Take off my list" in html
    assert f'href="{root}/~{ONE}.{TWO}/en/studies/?q=lupus#{TWO}"' in html
    assert "Saved<span data-saved-count>&nbsp;(1)" in html


@pytest.mark.parametrize("path", ["studies/", "studies/NCT90000001/", "check/", "learn/", "compare/", "saved/"])
def test_every_link_carries_the_list_on(partner, path):
    root = f"/embed/{partner.key}/~{ONE}.{TWO}/"
    answer = get(f"{root}en/{path}")
    assert answer.status_code == 200
    within = re.sub(r'<[^<>]+ target="_blank"[^<>]*>|<a [^<>]+data-save=[^<>]+>|<[^<>]+data-take-off[^<>]*>', "",
                    answer.content.decode())  # fmt: skip
    logo = f"/embed/{partner.key}/style.css"
    for address in re.findall(r'(?:href|action|hx-get|hx-post|data-suggest)="(/[^"]*)"', within):
        assert address.startswith((root, "/static/", logo)), address


def test_the_page_shows_the_list_of_the_address_and_takes_studies_off_it(partner):
    root = f"/embed/{partner.key}"
    html = get(f"{root}/~{TWO}.{ONE}/en/saved/").content.decode()
    assert re.findall(r'data-nct-id="([^"]+)"', html) == [TWO, ONE]
    assert f'href="{root}/~{TWO}/en/saved/" data-take-off="{ONE}"' in html
    assert f'href="/saved/?ids={TWO},{ONE}"' in html  # on the full site, in a new tab
    assert "localStorage" not in html and "saved.js" not in html


def test_a_number_that_is_typed_joins_the_list_of_the_address(partner):
    root = f"/embed/{partner.key}"
    assert get(f"{root}/~{ONE}/en/saved/?ids={ONE}&ids={TWO}").headers["Location"] == f"{root}/~{ONE}.{TWO}/en/saved/"
    assert get(f"{root}/~{ONE}/en/saved/?ids=").headers["Location"] == f"{root}/en/saved/"
    told = get(f"{root}/~{ONE}/en/saved/?ids={ONE}&ids=lupus")
    assert told.status_code == 200 and "This is no number of a study: lupus." in told.content.decode()


def test_a_full_list_says_so(partner):
    full = ".".join(f"NCT8{n:07}" for n in range(50))
    html = get(f"/embed/{partner.key}/~{full}/en/studies/").content.decode()
    [address] = re.findall(rf'<a [^>]*href="([^"]+)" rel="nofollow" data-save="{ONE}"', html)
    assert "A list holds 50 studies. We left out the last 1." in get(address).content.decode()


@pytest.mark.parametrize(
    ("text", "saved"),
    [
        ("~", ()), ("~x", ()), (f"~{ONE}.<b>", (ONE,)), (f"~{ONE.lower()}..{ONE}", (ONE,)), ("~%00", ()),
        ("~" + ".".join(f"NCT8{n:07}" for n in range(70)), tuple(f"NCT8{n:07}" for n in range(50))),
    ],
)  # fmt: skip
def test_whatever_stands_in_the_address_the_page_is_there(partner, text, saved):
    path = f"/embed/{partner.key}/{text}/en/saved/"
    found = embed_address(path)
    assert found and found.saved == saved and found.rest == "/en/saved/"
    answer = get(path)
    assert answer.status_code == 200 and "<b>" not in answer.content.decode()


def test_the_language_and_the_way_out_keep_and_leave_the_list(partner):
    root = f"/embed/{partner.key}/~{ONE}"
    html = get(f"{root}/en/studies/").content.decode()
    assert f'href="{root}/es/studies/"' in html
    assert get(f"{root}/en/studies/feed/?q=lupus").headers["Location"] == "/studies/feed/?q=lupus"
    handout = get(f"{root}/en/studies/{ONE}/handout/").content.decode()
    assert f"http://testserver/embed/{partner.key}/~" not in handout


def test_the_booklet_leads_to_the_site_itself(partner):
    html = get(f"/embed/{partner.key}/~{ONE}/en/booklet/").content.decode()
    assert f"http://testserver/studies/{TWO}/" in html and "/~NCT" not in re.sub(r"<(a|link|form)[^>]*>", "", html)


def test_a_page_with_a_list_is_not_kept_in_memory(partner):
    from django.test import RequestFactory

    from finder.caching.asked import asked

    assert asked(RequestFactory().get(f"/embed/{partner.key}/en/learn/")).key  # type: ignore[union-attr]
    assert asked(RequestFactory().get(f"/embed/{partner.key}/~{ONE}/en/learn/")).key is None  # type: ignore[union-attr]
