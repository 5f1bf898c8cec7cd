import pytest

from tests.studies import store, stored, study
from trials.conditions import conditions
from trials.ingest.conditions import apply_term, load_conditions, relink
from trials.models import Condition, ConditionTerm, Trial

pytestmark = pytest.mark.django_db
STRANGE = {"conditions": ["Wolf Sickness"], "keywords": []}
PLAIN_TITLES = {"briefTitle": "Testumab", "officialTitle": ""}


def strange_study(nct_id="NCT90000001"):
    return study(nct_id, conditionsModule=STRANGE, identificationModule=PLAIN_TITLES)


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
