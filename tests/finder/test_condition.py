import re

import pytest

from tests.studies import store, study
from trials.conditions import by_slug, conditions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", [condition.slug for condition in conditions()])
def test_each_condition_has_a_page_with_its_own_words(read, slug):
    page = read(f"/conditions/{slug}/")
    condition = by_slug(slug)
    assert condition.name in page and " ".join(condition.summary.split()) in page


def test_names_wider_and_narrower_conditions_and_other_names(client, read):
    html = client.get("/conditions/lupus-nephritis/").content.decode()
    assert 'href="/conditions/sle/"' in html
    assert 'href="/conditions/lupus-nephritis/"' in client.get("/conditions/sle/").content.decode()
    assert "Doctors call it: Systemic lupus erythematosus" in read("/conditions/sle/")


def test_shows_the_first_ten_open_studies_and_the_way_to_all(client):
    store(*(study(f"NCT900000{n:02}") for n in range(12)))
    html = client.get("/conditions/sle/").content.decode()
    assert len(re.findall("data-nct-id", html)) == 10
    assert "12 open studies" in html and 'href="/studies/?condition=sle"' in html


def test_without_an_open_study_says_so(read):
    store(study(statusModule={"overallStatus": "COMPLETED"}))
    assert "No open study now" in read("/conditions/sle/")


def test_an_unknown_condition_is_not_found_and_case_does_not_matter(client):
    assert client.get("/conditions/nope/").status_code == 404
    assert client.get("/conditions/SLE/").url == "/conditions/sle/"


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow(client, django_assert_num_queries, number):
    store(*(study(f"NCT900000{n:02}") for n in range(number)))
    with django_assert_num_queries(5):
        client.get("/conditions/sle/")
