"""Criteria whose plain sentences are in doubt keep their official words, and are read all the same."""

from trials.criteria.model import Study
from trials.ingest import readings

STUDY = Study(
    "NCT90000001", "Inclusion Criteria:\n\n* Age 18 to 75 years\n\nExclusion Criteria:\n\n* Active hepatitis B"
)


def test_a_fault_of_the_wording_costs_no_criterion(monkeypatch):
    def broken(criteria, study):
        raise ZeroDivisionError

    monkeypatch.setattr(readings, "read_otherwise", broken)
    reading = readings.read_criteria(STUDY)
    assert not reading.failed
    assert [one["id"] for one in reading.criteria] == ["I1", "E1"]
    assert reading.doubted == ("I1", "E1")


def test_sentences_that_read_alike_are_not_in_doubt():
    assert readings.read_criteria(STUDY).doubted == ()
