"""The studies in question: which they are, and that no change of the data is missed."""

import time

import pytest

from tests.studies import store, study
from trials.ingest.coverages import coverages
from trials.models import Criterion, DataChange, Trial, TrialEditorial
from trials.open_studies import one_study, open_studies

pytestmark = pytest.mark.django_db


def status(value):
    return {"statusModule": {"overallStatus": value}}


def test_those_that_are_open_or_about_to_open():
    store(
        study("NCT90000001"),
        study("NCT90000002", **status("NOT_YET_RECRUITING")),
        study("NCT90000003", **status("COMPLETED")),
        study("NCT90000004", designModule={"studyType": "EXPANDED_ACCESS"}, **status("AVAILABLE")),
    )
    assert set(open_studies().nct_ids) == {"NCT90000001", "NCT90000002"}


def test_stay_the_same_while_the_data_do(django_assert_num_queries):
    store(study())
    first = open_studies()
    with django_assert_num_queries(1):
        assert open_studies() is first


def hide():
    TrialEditorial.objects.create(trial=Trial.objects.get(), hidden=True, hidden_reason="Withdrawn")


@pytest.mark.parametrize(
    "change",
    [
        lambda: store(study("NCT90000002")),
        lambda: Trial.objects.update(minimum_age_years=21),
        lambda: Criterion.objects.update(rules=[]),
        lambda: Criterion.objects.all().delete(),
        hide,
    ],
    ids=["another study", "an age limit", "rules", "no criteria", "taken off"],
)
def test_are_made_anew_after_every_change(change):
    store(study(eligibilityModule={"eligibilityCriteria": "Inclusion Criteria:\n\n* SLEDAI of 6 or more"}))
    first = open_studies()
    change()
    assert open_studies() is not first
    assert open_studies().trees != first.trees


def test_marks_of_old_changes_are_forgotten_and_the_version_still_moves():
    store(study())
    before = DataChange.version()
    DataChange.forget_old(keep=1)
    assert DataChange.objects.filter(shown_only=False).count() == 1
    assert DataChange.version() != before
    kept = DataChange.version()
    store(study("NCT90000002"))
    assert DataChange.version() != kept


def test_while_new_ones_are_made_visitors_get_the_former(transactional_db, settings, monkeypatch):
    monkeypatch.setattr("trials.open_studies._AGE_SECONDS", 0)
    store(study("NCT90000001"))
    first = open_studies()
    settings.STUDIES_MADE_ASIDE = True
    store(study("NCT90000002"))
    assert open_studies() is first
    for _ in range(100):
        if len(open_studies().nct_ids) == 2:
            break
        time.sleep(0.05)
    assert set(open_studies().nct_ids) == {"NCT90000001", "NCT90000002"}


def test_a_condition_brings_its_kinds_and_wider_ones():
    def about(nct_id, condition):
        return study(
            nct_id,
            identificationModule={"briefTitle": "A study", "officialTitle": ""},
            descriptionModule={"briefSummary": ""},
            conditionsModule={"conditions": [condition], "keywords": []},
        )

    store(
        about("NCT90000001", "Systemic Lupus Erythematosus"),
        about("NCT90000002", "Lupus Nephritis"),
        about("NCT90000003", "Systemic Sclerosis"),
        about("NCT90000004", "Connective Tissue Diseases"),
    )
    studies = open_studies()

    def concerning(*slugs):
        return set(studies.catalogue.named(studies.concerning(slugs)))

    assert concerning("sle") == {"NCT90000001", "NCT90000002", "NCT90000004"}
    assert concerning("lupus-nephritis") == {"NCT90000001", "NCT90000002", "NCT90000004"}
    assert concerning("systemic-sclerosis") == {"NCT90000003", "NCT90000004"}
    assert len(concerning("sle", "systemic-sclerosis")) == len(concerning()) == 4


def test_who_a_search_offers_a_study_is_asked_about_it_and_nobody_else():
    def about(nct_id, condition, criteria):
        return study(
            nct_id,
            identificationModule={"briefTitle": "A study", "officialTitle": ""},
            descriptionModule={"briefSummary": ""},
            conditionsModule={"conditions": [condition], "keywords": []},
            eligibilityModule={"eligibilityCriteria": f"Inclusion Criteria:\n\n* {criteria}\n"},
        )

    store(
        about("NCT90000001", "CTD-ILD", "Rheumatoid arthritis or systemic sclerosis"),
        about("NCT90000002", "CTD-ILD", "Connective tissue disease"),
        about("NCT90000003", "Autoimmune Diseases", "Systemic lupus erythematosus"),
        about("NCT90000004", "Autoimmune Diseases", "Adults"),
    )
    studies = open_studies()
    covered = coverages(studies.trial_ids)
    for slug in ("sle", "systemic-sclerosis", "dermatomyositis", "myositis", "sjogren", "rheumatoid-arthritis", "ctd"):
        found = {nct_id for nct_id, key in zip(studies.nct_ids, studies.trial_ids, strict=True)
                 if slug in covered[key].slugs}  # fmt: skip
        assert set(studies.catalogue.named(studies.concerning([slug]))) == found, slug
    assert set(studies.catalogue.named(studies.concerning(["dermatomyositis"]))) == {"NCT90000002", "NCT90000004"}


def test_a_study_that_names_no_condition_concerns_everybody():
    silent = {
        "identificationModule": {"briefTitle": "A study", "officialTitle": ""},
        "descriptionModule": {"briefSummary": ""},
        "conditionsModule": {"conditions": [], "keywords": []},
    }
    store(study("NCT90000001", **silent))
    assert open_studies().concerning(["systemic-sclerosis"]) == 1


def test_one_study_alone_whatever_its_status():
    store(study("NCT90000003", **status("COMPLETED")))
    assert one_study(Trial.objects.get()).nct_ids == ("NCT90000003",)


def test_a_fault_while_they_are_made_is_logged_and_leaves_the_former(transactional_db, settings, monkeypatch, caplog):
    store(study("NCT90000001"))
    first = open_studies()
    settings.STUDIES_MADE_ASIDE = True
    monkeypatch.setattr("trials.open_studies._AGE_SECONDS", 0)
    monkeypatch.setattr("trials.open_studies._studies", lambda *_arguments, **_named: 1 / 0)
    store(study("NCT90000002"))
    assert open_studies() is first
    for _ in range(100):
        if "could not be made ready" in caplog.text:
            break
        time.sleep(0.05)
    assert "The studies could not be made ready." in caplog.text
    monkeypatch.undo()
    settings.STUDIES_MADE_ASIDE = False
    assert len(open_studies().nct_ids) == 2  # the lock is free


def test_an_import_forgets_the_marks_of_old_changes(monkeypatch):
    forgotten = []
    monkeypatch.setattr(DataChange, "forget_old", lambda: forgotten.append(True))
    store(study())
    from trials.ingest.runs import finish_run
    from trials.models import ImportRun

    finish_run(ImportRun.objects.latest("pk"), ImportRun.State.COMPLETE)
    assert forgotten
