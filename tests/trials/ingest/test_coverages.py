"""Under which conditions stored trials are found."""

import pytest

from tests.studies import store, study
from trials.coverage import Coverage
from trials.ingest.coverages import coverages
from trials.models import Criterion, Trial

pytestmark = pytest.mark.django_db


def about(nct_id, condition, criteria):
    return study(
        nct_id,
        identificationModule={"briefTitle": "A cell therapy", "officialTitle": ""},
        conditionsModule={"conditions": [condition], "keywords": []},
        eligibilityModule={"eligibilityCriteria": criteria},
    )


def of(nct_id) -> Coverage:
    key = Trial.objects.get(nct_id=nct_id).pk
    return coverages([key])[key]


def test_what_the_criteria_name_beside_the_name_of_the_record():
    store(about("NCT90000001", "CTD-ILD", "Inclusion Criteria:\n\n* Rheumatoid arthritis or systemic sclerosis\n"))
    found = of("NCT90000001")
    assert found.restricted_to == ("rheumatoid-arthritis", "systemic-sclerosis")
    assert {"systemic-sclerosis", "ssc-ild", "ra-ild", "ctd-ild"} <= found.slugs and "myositis" not in found.slugs
    assert found.named_in["systemic-sclerosis"] == Criterion.objects.get().key


def test_a_list_beneath_a_criterion_is_read_as_one():
    listed = "Inclusion Criteria:\n\n* One of these:\n  * Systemic lupus erythematosus\n  * Systemic sclerosis\n"
    store(about("NCT90000001", "Autoimmune Diseases", listed))
    assert Criterion.objects.exclude(parent=None).count() == 2
    found = of("NCT90000001")
    assert "sle" in found.by_criteria and "myositis" not in found.slugs


def test_criteria_that_ask_for_no_disease_leave_the_groups_as_they_are():
    store(about("NCT90000001", "Connective Tissue Diseases", "Inclusion Criteria:\n\n* Age over 18 years\n"))
    assert of("NCT90000001").by_umbrella["sle"] == "ctd"


def test_many_take_as_many_queries_as_one(django_assert_num_queries):
    text = "Inclusion Criteria:\n\n* Diagnosis of connective tissue disease\n"
    store(*(about(f"NCT9000000{number}", "Autoimmune Diseases", text) for number in range(1, 6)))
    keys = list(Trial.objects.values_list("pk", flat=True))
    with django_assert_num_queries(2):
        found = coverages([*keys, 0])
    assert found.keys() == {*keys, 0} and found[0] == Coverage()
    assert all("sle" in found[key].slugs for key in keys)
