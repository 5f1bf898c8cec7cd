"""What the index finds: words, terms, ages, days, and that it follows every way of writing."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from tests.studies import store, study
from trials.find import Search, find_trials, keys_of_page
from trials.find.terms import drug_term, kind_term, sponsor_term
from trials.ingest.editorial import EditorialText, save_editorial
from trials.ingest.index import VERSION, index_missing, missing
from trials.models import Trial, TrialIndex

pytestmark = pytest.mark.django_db


def found(**asked) -> list[str]:
    return sorted(find_trials(Search(**asked)).values_list("nct_id", flat=True))


def titled(nct_id: str, title: str, **modules) -> dict:
    return study(nct_id, identificationModule={"briefTitle": title, "officialTitle": ""}, **modules)


def test_words_are_found_in_titles_summaries_and_criteria_by_their_stem_and_without_accents():
    store(
        titled("NCT90000001", "Fatigue in Sjögren's"),
        study("NCT90000002", descriptionModule={"briefSummary": "We ask how fatigued people are."}),
        study("NCT90000003", eligibilityModule={"eligibilityCriteria": "Inclusion Criteria:\n* Fatigue"}),
    )
    assert found(text="fatigue") == ["NCT90000001", "NCT90000002", "NCT90000003"]
    assert found(text="sjogren") == ["NCT90000001"]
    assert found(text='"fatigued people"') == ["NCT90000002"]
    assert found(text="fatigue zebrafish") == []


def test_words_in_a_title_come_first():
    later = {"lastUpdatePostDateStruct": {"date": "2026-11-01"}}
    store(
        study("NCT90000001", statusModule=later, descriptionModule={"briefSummary": "About fatigue."}),
        titled("NCT90000002", "Fatigue in lupus"),
    )
    keys = keys_of_page(Search(text="fatigue"), first=0, count=9, today=date(2026, 11, 22))
    assert [Trial.objects.get(pk=key).nct_id for key in keys] == ["NCT90000002", "NCT90000001"]


def test_a_drug_is_found_by_any_of_its_names_and_by_its_kind():
    def testing(nct_id: str, name: str) -> dict:
        return study(nct_id, armsInterventionsModule={"interventions": [{"type": "DRUG", "name": name}]})

    store(testing("NCT90000001", "MEDI-546"), testing("NCT90000002", "Saphnelo"), testing("NCT90000003", "Aspirin"))
    assert found(terms=(frozenset({drug_term("anifrolumab")}),)) == ["NCT90000001", "NCT90000002"]
    assert found(terms=(frozenset({kind_term("antibody")}),)) == ["NCT90000001", "NCT90000002"]


def test_a_sponsor_is_found_in_any_case():
    store(study(sponsorCollaboratorsModule={"leadSponsor": {"name": "Universität ZÜRICH", "class": "OTHER"}}))
    assert found(terms=(frozenset({sponsor_term("universitat zurich")}),)) == ["NCT90000001"]


def test_days_since_which_a_study_was_posted_or_changed():
    store(study())  # posted 2025-01-15, changed 2026-10-01
    assert found(posted_since=date(2025, 1, 15)) == ["NCT90000001"] and found(posted_since=date(2025, 1, 16)) == []
    assert found(changed_since=date(2026, 10, 1)) == ["NCT90000001"] and found(changed_since=date(2026, 10, 2)) == []


def test_what_an_editor_takes_off_or_names_anew_is_so_in_the_search_at_once():
    editor = User.objects.create_user("editor")
    store(study())
    trial = Trial.objects.get()
    save_editorial(trial, EditorialText(plain_title="What zebrafish teach us"), editor=editor)
    assert found(text="zebrafish") == ["NCT90000001"]
    save_editorial(trial, EditorialText(hidden=True, hidden_reason="doubtful"), editor=editor)
    assert found() == [] and TrialIndex.objects.get().hidden


def test_rows_of_another_version_and_missing_ones_are_made_anew():
    store(study("NCT90000001"), study("NCT90000002"))
    TrialIndex.objects.filter(nct_id="NCT90000001").update(version=VERSION + 1)
    TrialIndex.objects.filter(nct_id="NCT90000002").delete()
    assert missing().count() == 2
    index_missing()
    assert not missing().exists() and found() == ["NCT90000001", "NCT90000002"]
