"""The page about the addresses for programs: what it shows can be asked, as it stands."""

import json
import re
from html import unescape

import pytest

from finder.feeds.openapi import openapi_document
from finder.feeds.table import COLUMNS
from tests.finder.feeds.schema import faults
from tests.studies import store, study

pytestmark = pytest.mark.django_db

DOCUMENT = openapi_document("http://testserver")


@pytest.mark.parametrize("code", ["", "/es", "/zh-hans"])
def test_every_example_is_a_request_that_is_answered(client, code):
    store(study())
    html = client.get(f"{code}/api/").content.decode()
    addresses = [unescape(one) for one in re.findall(r'href="http://testserver(/[^"]*)"><code>', html)]
    assert len(addresses) == 8
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_answer_shown_is_the_real_one(client):
    store(study(), study("NCT90000002"))
    html = client.get("/api/").content.decode()
    shown = json.loads(unescape(re.search(r"<pre[^>]*><code[^>]*>(.*?)</code>", html, re.DOTALL).group(1)))
    query = "condition=sle&status=RECRUITING&page_size=1"
    assert shown == client.get(f"/api/v1/studies/?{query}").json()
    assert list(faults(DOCUMENT, DOCUMENT["components"]["schemas"]["StudyList"], shown)) == []


def test_it_names_the_limits_columns_and_kinds_of_problems(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 7
    html = client.get("/api/").content.decode()
    assert "7 times a minute" in html
    assert all(f"<code>{column}</code>" in html for column in COLUMNS)
    kinds = {client.get(path).json()["type"] for path in ("/api/v1/studies/?x=1", "/api/v1/studies/NCT99999999/")}
    assert all(f'id="{kind.partition("#")[2]}"' in html for kind in kinds) and len(kinds) == 2


def test_it_stands_without_a_study(client):
    assert client.get("/api/").status_code == 200


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow(client, django_assert_num_queries, number):
    store(*(study(f"NCT900000{n:02}") for n in range(number)))
    with django_assert_num_queries(6):
        client.get("/api/")
