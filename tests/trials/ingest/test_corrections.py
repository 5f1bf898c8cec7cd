"""An editor's criteria stand above the engine's, survive every import, and are never lost."""

import pytest
from django.contrib.auth.models import User

from tests.studies import store
from tests.trials.ingest.conftest import TEXT, criterion, tree, with_text
from trials.ingest.corrections import CorrectionError, TextChangedError, save_correction, take_back
from trials.ingest.criteria import as_json
from trials.ingest.readings import text_hash_of
from trials.models import CriteriaCorrection, Criterion, Trial

pytestmark = pytest.mark.django_db

OTHER_TEXT = "Inclusion Criteria:\n\n* Another rule"


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def correct(editor: User, *criteria, text: str | None = None) -> CriteriaCorrection:
    trial = Trial.objects.get()
    text_hash = text_hash_of(trial.eligibility_criteria if text is None else text)
    return save_correction(trial, list(criteria or [criterion()]), editor=editor, text_hash=text_hash)


def test_a_correction_is_shown_in_place_of_what_the_engine_reads(editor):
    store(with_text(TEXT))
    child = criterion("I2", "18", parent="I1", source_start=None, source_end=None)
    made = [criterion(join="all"), child]
    correct(editor, *made)
    assert tree() == {"Age 18 or older": None, "18": "Age 18 or older"}
    assert all(Criterion.objects.values_list("from_editor", flat=True))
    assert as_json(Criterion.objects.all()) == made


def test_a_correction_stays_when_the_study_changes_but_not_its_text(editor):
    store(with_text(TEXT))
    correct(editor)
    store(with_text(TEXT, day="2026-11-01", identificationModule={"briefTitle": "Another title"}))
    assert Trial.objects.get().brief_title == "Another title"
    assert set(tree()) == {"Age 18 or older"}
    assert not CriteriaCorrection.objects.get().outdated


def test_a_changed_text_shows_the_new_criteria_and_keeps_the_correction_flagged(editor):
    store(with_text(TEXT))
    correct(editor)
    store(with_text(OTHER_TEXT, day="2026-11-01"))
    assert set(tree()) == {"Another rule"}
    kept = CriteriaCorrection.objects.get()
    assert kept.outdated and kept.ended_at is None and kept.criteria == [criterion()]


def test_a_correction_is_shown_again_when_its_text_comes_back(editor):
    store(with_text(TEXT))
    correct(editor)
    store(with_text(OTHER_TEXT, day="2026-11-01"))
    store(with_text(TEXT, day="2026-11-05"))
    assert set(tree()) == {"Age 18 or older"} and not CriteriaCorrection.objects.get().outdated


def test_the_correction_before_stays_in_the_history_with_who_and_when(editor):
    store(with_text(TEXT))
    first = correct(editor)
    other = User.objects.create_user("other")
    second = correct(other, criterion(text="Age 21 or older"))
    first.refresh_from_db()
    assert (first.ended_by, second.editor) == (other, other) and first.ended_at is not None
    assert first.criteria == [criterion()] and CriteriaCorrection.objects.count() == 2
    assert correct(editor, criterion(text="Age 21 or older")) == second


def test_taking_it_back_shows_the_engines_reading_and_keeps_the_correction(editor):
    store(with_text(TEXT))
    before = list(Criterion.objects.values_list("key", "text", "rules"))
    correct(editor)
    take_back(Trial.objects.get(), editor=editor)
    assert list(Criterion.objects.values_list("key", "text", "rules")) == before
    assert CriteriaCorrection.objects.get().ended_by == editor


def test_a_correction_made_for_a_text_that_has_changed_meanwhile_is_refused(editor):
    store(with_text(TEXT))
    with pytest.raises(TextChangedError):
        correct(editor, text="what was there before")
    assert not CriteriaCorrection.objects.exists() and "Fever" in tree()


def test_criteria_that_break_the_contract_are_refused_and_change_nothing(editor):
    store(with_text(TEXT))
    rules = [{"attribute": "height", "op": ">=", "value": 150, "unit": "cm"}]
    with pytest.raises(CorrectionError, match="we have no attribute “height”"):
        correct(editor, criterion(rules=rules))
    with pytest.raises(CorrectionError, match="does not point into the official text"):
        correct(editor, criterion(source_end=100_000))
    assert not CriteriaCorrection.objects.exists() and "Fever" in tree()
