import pytest

from tests.studies import store, study
from trials.conditions import conditions

pytestmark = pytest.mark.django_db


def test_lists_every_condition_of_ours_once_as_a_link(client):
    html = client.get("/conditions/").content.decode()
    for condition in conditions():
        assert (f'href="/conditions/{condition.slug}/"' in html) == condition.core, condition.slug


def test_counts_open_studies(read):
    store(study("NCT90000001"), study("NCT90000002", statusModule={"overallStatus": "COMPLETED"}))
    assert "Lupus (SLE) 1 " in read("/conditions/")


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow(client, django_assert_num_queries, number):
    store(*(study(f"NCT900000{n:02}") for n in range(number)))
    with django_assert_num_queries(2):
        client.get("/conditions/")
