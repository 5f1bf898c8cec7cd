"""The official words behind a sentence, and the hash that tells when they change."""

import pytest

from tests.studies import stored
from tests.trials.conftest import eligibility, whole
from trials.models import Trial
from trials.plain_language.model import Section
from trials.summaries import draft_of, source_hash, source_words

pytestmark = pytest.mark.django_db


def test_source_words_name_the_official_text(trial: Trial) -> None:
    words = {
        "I4": "Signs, at least 2 of the following:\nFever above 38 degrees",
        "protocolSection.designModule.phases": "Phase 2",
        "protocolSection.designModule.enrollmentInfo": "60\nplanned",
        "protocolSection.contactsLocationsModule.locations": "Germany: 1",
        "protocolSection.armsInterventionsModule.armGroups[1]": "Placebo\nGets a placebo",
        "protocolSection.armsInterventionsModule.interventions[0]": "Testumab\nDrug\nTestumab",
        "protocolSection.statusModule.overallStatus": "Open to join",
        "protocolSection.nowhere[7].at.all": "",
        "I99": "",
    }
    assert {source: source_words(trial, source) for source in words} == words


def test_every_source_of_the_draft_has_words_or_the_registry_is_silent(trial: Trial) -> None:
    for one in draft_of(trial, "en").sentences:
        if one.section is not Section.NOT_STATED:
            assert all(source_words(trial, source) for source in one.sources), one


def test_a_hash_is_of_the_words_and_not_of_their_place(trial: Trial) -> None:
    other = whole(stored("NCT90000002", **eligibility("Exclusion Criteria:\n\n* Hepatitis B\n* Other")))
    assert source_hash(trial, ["E2"]) == source_hash(other, ["E1"]) != source_hash(other, ["E2"])
    as_inclusion = whole(stored("NCT90000003", **eligibility("Inclusion Criteria:\n\n* Hepatitis B")))
    assert source_hash(as_inclusion, ["I1"]) != source_hash(other, ["E1"])
