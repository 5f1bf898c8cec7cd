import pytest

from tests.studies import store, stored, study
from trials.conditions import conditions
from trials.ingest.conditions import load_conditions, term_key
from trials.ingest.relink import apply_term, refresh_terms, relink
from trials.models import Condition, ConditionTerm, Trial

pytestmark = pytest.mark.django_db
STRANGE = {"conditions": ["Wolf Sickness"], "keywords": []}
PLAIN_TITLES = {"briefTitle": "Testumab", "officialTitle": ""}


def strange_study(nct_id="NCT90000001"):
    rules = {"eligibilityCriteria": "Inclusion Criteria:\n\n* Adults"}  # without a disease of ours
    return study(nct_id, conditionsModule=STRANGE, identificationModule=PLAIN_TITLES, eligibilityModule=rules)


def slugs(trial):
    return sorted(link.condition_id for link in trial.condition_links.all())


def test_our_list_is_loaded_once_and_follows_the_data_file(django_assert_num_queries):
    load_conditions()
    assert Condition.objects.count() == len(conditions())
    Condition.objects.filter(pk="sle").update(name="Old name")
    load_conditions()
    assert Condition.objects.get(pk="sle").name != "Old name"
    with django_assert_num_queries(1):
        load_conditions()


def test_a_term_that_maps_to_none_is_kept_for_the_editor_and_the_study_is_out_of_scope():
    store(strange_study(), strange_study("NCT90000002"))
    term = ConditionTerm.objects.get()
    assert (term.text, term.state) == ("Wolf Sickness", ConditionTerm.State.UNMAPPED)
    assert term.listings.count() == 2
    assert not Trial.objects.in_scope().exists()


def test_a_study_that_lists_no_condition_is_in_scope():
    assert stored(conditionsModule={"conditions": [], "keywords": []}, identificationModule=PLAIN_TITLES).in_scope


def test_an_editors_mapping_links_stored_studies_and_every_later_one():
    store(strange_study())
    term = ConditionTerm.objects.get()
    term.state = ConditionTerm.State.EDITED
    term.save()
    term.conditions.set(["sle"])
    done = apply_term(term)
    assert (done.trials, done.changed) == (1, 1)
    assert slugs(Trial.objects.get()) == ["sle"]
    store(strange_study("NCT90000002"))
    assert [slugs(trial) for trial in Trial.objects.in_scope()] == [["sle"], ["sle"]]


def test_a_term_an_editor_ignores_links_nothing():
    trial = stored()
    assert slugs(trial) == ["sle"]
    term = ConditionTerm.objects.get()
    term.state = ConditionTerm.State.IGNORED
    term.save()
    apply_term(term)
    trial.refresh_from_db()
    assert trial.condition_links.get().origin != "condition"  # the title still says so


def test_linking_anew_changes_nothing_when_nothing_changed():
    store(study(), strange_study("NCT90000002"))
    done = relink(Trial.objects.all())
    assert (done.trials, done.changed) == (2, 0)


def test_the_queue_learns_what_the_list_learned_and_keeps_what_an_editor_decided():
    store(study(), strange_study("NCT90000002"))
    ConditionTerm.objects.update(state=ConditionTerm.State.UNMAPPED)  # as an older list left them
    ConditionTerm.objects.filter(text="Wolf Sickness").update(state=ConditionTerm.State.IGNORED)
    assert refresh_terms() == 1
    assert dict(ConditionTerm.objects.values_list("text", "state")) == {
        "Systemic Lupus Erythematosus": "MAPPED",
        "Wolf Sickness": "IGNORED",
    }


def test_an_editors_term_also_links_studies_that_have_it_as_a_keyword():
    keyword = {"conditions": ["Something Else"], "keywords": ["wolf sickness"]}
    store(strange_study(), study("NCT90000002", conditionsModule=keyword, identificationModule=PLAIN_TITLES))
    term = ConditionTerm.objects.get(text="Wolf Sickness")
    term.conditions.set(["sle"])
    term.state = ConditionTerm.State.EDITED
    term.save()
    assert apply_term(term).changed == 2
    assert relink(Trial.objects.all()).changed == 0


def test_a_condition_that_left_the_list_does_not_end_the_import():
    store(study())
    gone = Condition.objects.create(slug="left-the-list", name="x", clinical_name="x")
    term = ConditionTerm.objects.get()
    term.conditions.set([gone])
    term.state = ConditionTerm.State.EDITED
    term.save()
    assert store(study("NCT90000002")).created == 1


def test_a_very_long_term_has_a_key_that_an_index_can_hold_and_still_maps():
    long = "lupus " + "and more " * 600
    trial = stored(conditionsModule={"conditions": [long]})
    assert trial.listed_conditions.get().term_id == term_key(long)
    assert len(term_key(long)) == 64
    assert "sle" in slugs(trial)
