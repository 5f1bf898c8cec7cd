"""`reparse_criteria`: what an older engine read is brought in line, told truly, and safe to run again."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from tests.studies import store, study
from tests.trials.ingest.conftest import ROOT, TEXT, address, criterion, tree
from tests.trials.ingest.snapshot import snapshot
from trials.ingest.corrections import save_correction
from trials.ingest.readings import READER_VERSION, text_hash_of
from trials.models import CriteriaReading, Criterion, Trial


def fill(count: int = 3, text: str = TEXT) -> None:
    store(*(study(f"NCT9{n:07}", eligibilityModule={"eligibilityCriteria": text}) for n in range(count)))


def as_an_older_engine_read_it() -> None:
    """One criterion was missed, one was too much, one had no rule."""
    CriteriaReading.objects.update(engine_version="0.1")
    Criterion.objects.filter(text="Fever").delete()
    Criterion.objects.filter(text="Pregnancy").update(text="Pregnancy and more")
    Criterion.objects.filter(text="Age 18 to 75 years").update(rules=[])


@pytest.mark.django_db
def test_brings_what_an_older_engine_read_in_line_and_says_what_changed():
    fill()
    right = snapshot()
    as_an_older_engine_read_it()
    told = call_command("reparse_criteria")
    assert "3 studies read" in told and "3 changed: 6 criteria added, 3 removed, 3 with other rules" in told
    assert snapshot() == right
    assert "0 changed: 0 criteria added, 0 removed, 0 with other rules, 0 placed otherwise." in call_command(
        "reparse_criteria"
    )


@pytest.mark.django_db
def test_the_same_result_of_a_newer_engine_only_notes_its_version():
    fill()
    keys = set(Criterion.objects.values_list("pk", flat=True))
    CriteriaReading.objects.update(engine_version="0.1")
    assert "0 changed" in call_command("reparse_criteria")
    assert set(CriteriaReading.objects.values_list("engine_version", flat=True)) == {READER_VERSION}
    assert set(Criterion.objects.values_list("pk", flat=True)) == keys


@pytest.mark.django_db
def test_a_dry_run_tells_and_changes_nothing():
    fill()
    as_an_older_engine_read_it()
    before = snapshot()
    assert "3 would change: 6 criteria added" in call_command("reparse_criteria", "--dry-run")
    assert snapshot() == before


@pytest.mark.django_db
def test_only_the_named_studies_are_read():
    fill()
    as_an_older_engine_read_it()
    assert "1 studies read" in call_command("reparse_criteria", "--only", "nct90000001")
    assert Criterion.objects.filter(text="Fever").values_list("trial__nct_id", flat=True).get() == "NCT90000001"
    with pytest.raises(CommandError, match="no study NCT99999999"):
        call_command("reparse_criteria", "--only", "NCT99999999")


@pytest.mark.django_db
def test_only_what_another_engine_has_read_is_read_when_asked_so():
    fill()
    assert call_command("reparse_criteria", "--outdated").startswith("0 studies read")
    as_an_older_engine_read_it()
    CriteriaReading.objects.filter(trial__nct_id="NCT90000001").update(engine_version=READER_VERSION)
    assert call_command("reparse_criteria", "--outdated").startswith("2 studies read")
    assert Criterion.objects.filter(text="Fever").count() == 2


@pytest.mark.django_db
def test_an_editors_correction_stays():
    fill(1)
    trial = Trial.objects.get()
    text_hash = text_hash_of(trial.eligibility_criteria)
    save_correction(trial, [criterion()], editor=User.objects.create_user("editor"), text_hash=text_hash)
    CriteriaReading.objects.update(engine_version="0.1")
    assert "1 corrections by editors were kept" in call_command("reparse_criteria")
    assert set(tree()) == {"Age 18 or older"}
    assert CriteriaReading.objects.get().engine_version == READER_VERSION


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_run_again_it_ends_the_same():
    fill(1200)
    right = snapshot()
    as_an_older_engine_read_it()
    command = [sys.executable, str(ROOT / "manage.py"), "reparse_criteria"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"DATABASE_URL": address()}, stdout=-3, stderr=subprocess.DEVNULL
    )
    give_up_at = time.monotonic() + 60
    done = CriteriaReading.objects.filter(engine_version=READER_VERSION)
    while not done.exists() and process.poll() is None and time.monotonic() < give_up_at:
        time.sleep(0.002)
    process.kill()
    assert process.wait(30) == -signal.SIGKILL
    assert 0 < done.count() < 1200
    call_command("reparse_criteria")
    assert snapshot() == right
