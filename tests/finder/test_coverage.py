"""What pages say of the diseases that a study takes, beyond its title."""

import re

import pytest

from finder.presenters.coverage import why_found
from tests.finder.conftest import PAGE, html_of, section, words_of
from tests.studies import store, study
from trials.ingest.coverages import coverages
from trials.models import Trial

pytestmark = pytest.mark.django_db

RA_OR_SSC = "Diagnosis of rheumatoid arthritis or systemic sclerosis with interstitial lung disease"
SUCH_AS = "Connective tissue diseases such as scleroderma, systemic lupus erythematosus or Sjogren's syndrome"
ONLY = "rules name only: Rheumatoid arthritis and Systemic sclerosis (scleroderma)."


def keep(title, inclusion, exclusion="Pregnancy", conditions=()):
    text = f"Inclusion Criteria:\n\n* {inclusion}\n\nExclusion Criteria:\n\n* {exclusion}\n"
    store(
        study(
            identificationModule={"briefTitle": title, "officialTitle": ""},
            conditionsModule={"conditions": list(conditions), "keywords": []},
            eligibilityModule={"eligibilityCriteria": text},
        )
    )
    return Trial.objects.get()


def why(trial, *searched):
    return why_found(coverages([trial.pk])[trial.pk], searched, trial.brief_title)


def diseases(client):
    return words_of(section(client, "joining").partition('id="diseases"')[2])


def test_a_title_wider_than_the_rules_is_told_so_with_the_official_words(client):
    """DQ19: a title of connective tissue disease, rules that take two diseases."""
    trial = keep("Testumab in Connective Tissue Disease-associated Interstitial Lung Disease", RA_OR_SSC)
    for searched in ("ctd-ild", "systemic-sclerosis", "rheumatoid-arthritis"):
        assert why(trial, searched) == f"Its title says: Lung scarring with CTD. But its {ONLY}"
    assert why(trial, "myositis") == why(trial, "sle") == ""
    words = diseases(client)
    assert f"Its title says: Lung scarring with CTD. But its {ONLY}" in words
    official = re.search(r'<details class="wording">(?:(?!</details>).)*</details>', section(client, "joining")
                         .partition('id="diseases"')[2], re.DOTALL)  # fmt: skip
    assert official and RA_OR_SSC in words_of(official.group())
    assert ONLY in words_of(html_of(client, f"{PAGE}handout/"))
    assert 'href="#rule-I1"' in official.group()


def test_a_group_of_the_registrys_list_is_not_called_a_title():
    trial = keep("A cell therapy", RA_OR_SSC, conditions=["CTD-ILD"])
    assert why(trial, "ctd-ild") == f"The registry files it under: Lung scarring with CTD. But its {ONLY}"


def test_a_disease_that_only_the_rules_name_is_told_to_who_searches_for_it(client):
    """DQ34: lists of two families, rules that name lupus."""
    trial = keep("A cell therapy", SUCH_AS, conditions=["Connective Tissue Diseases", "Interstitial Lung Disease"])
    assert why(trial, "sle") == "The study’s rules name: Lupus (SLE)."
    any_kind = "The study’s rules name a whole group: Connective tissue disease (CTD)."
    assert why(trial, "myositis") == any_kind
    assert why(trial, "ctd") == ""
    assert "The study’s rules name: Lupus (SLE), Sjögren’s disease and Systemic sclerosis (scleroderma)." in diseases(
        client
    )
    assert any_kind in diseases(client)


def test_what_the_rules_leave_out_of_a_group_is_named():
    trial = keep("Connective Tissue Disease", "Connective tissue disease", "Mixed connective tissue disease")
    assert why(trial, "sle") == "This study takes people with connective tissue diseases, but not: Mixed CTD."
    assert why(trial, "mctd") == ""


def test_a_group_without_a_list_is_told_as_what_it_is(client):
    trial = keep("Testumab in Autoimmune Diseases", "Age 18 or older")
    unsaid = "The study names a whole group: Autoimmune disease. It may not take every disease of it."
    assert why(trial, "sle") == why(trial, "gpa") == unsaid
    assert unsaid in diseases(client)


def test_a_group_beside_a_disease_names_that(client):
    trial = keep("Testumab in Autoimmune Diseases", "Age 18 or older", conditions=["Systemic Sclerosis"])
    assert why(trial, "sle") == (
        "The study names a whole group: Autoimmune disease. One by one it names: Systemic sclerosis (scleroderma)."
    )
    assert why(trial, "systemic-sclerosis") == ""
    assert "Which diseases may join" not in words_of(section(client, "joining"))


def test_a_group_of_another_kind_that_the_rules_name():
    trial = keep("Testumab in Myositis", "Idiopathic inflammatory myopathy")
    assert why(trial, "dermatomyositis") == "The study’s rules name a whole group: Myositis."


def test_a_study_that_names_the_disease_itself_needs_no_reason(client):
    trial = keep("Testumab in Lupus", "Systemic lupus erythematosus")
    assert why(trial, "sle") == why(trial, "ctd") == why(trial) == why(trial, "gone", "sle") == ""
    assert '<p class="which">' not in section(client, "joining")
