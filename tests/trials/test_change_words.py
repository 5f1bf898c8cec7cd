"""The sentences that patients read about a change."""

import re
from dataclasses import replace
from datetime import date

import pytest

from trials import vocab as v
from trials.change_phrases import CAME, DATES, FIELDS, SEXES, STATUSES, WENT, WORDED
from trials.change_words import sentence
from trials.changes import AgeRange, Change, ChangeKind, Enrollment, changes
from trials.records import Contact, Design, RecordDate, Site, Sponsor, StudyRecord

K = ChangeKind
SITE = Site("Charité", "Berlin", country_code="DE", country_text="Germany", status=v.RecruitmentStatus.SUSPENDED)
MARCH = RecordDate(v.DateKind.START, date(2026, 3, 1), v.DatePrecision.MONTH, v.DateType.ESTIMATED)
FIFTH = RecordDate(v.DateKind.START, date(2026, 4, 5), v.DatePrecision.DAY, v.DateType.ACTUAL)
YEAR = RecordDate(v.DateKind.START, date(2026, 1, 1), v.DatePrecision.YEAR)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Change(K.AGES, None, AgeRange(14, 18)), "Now also takes ages 14 to 17."),
        (Change(K.AGES, None, AgeRange(17, 18)), "Now also takes people aged 17."),
        (Change(K.AGES, AgeRange(71, 76), None), "No longer takes ages 71 to 75."),
        (Change(K.AGES, None, AgeRange(76, None)), "Now also takes people aged 76 and older."),
        (Change(K.AGES, AgeRange(0, 18), None), "No longer takes people under 18."),
        (
            Change(K.AGES, None, AgeRange(0.5, 2)),
            "Now also takes people from the age of 6 months until they are 2 years old.",
        ),
        (Change(K.STATUS, "RECRUITING", "COMPLETED"), "The study is finished."),
        (Change(K.SEX, "ALL", "FEMALE"), "The study now takes women and girls only."),
        (Change(K.DATE, MARCH, FIFTH, "START"), "Start of the study: now 5 April 2026, before March 2026 (planned)."),
        (Change(K.DATE, None, YEAR, "START"), "Start of the study: 2026."),
        (
            Change(K.ENROLLMENT, Enrollment(40, None), Enrollment(1, None)),
            "The study now plans for 1 person. Before, it was 40.",
        ),
        (Change(K.ENROLLMENT, None, Enrollment(0, v.DateType.ACTUAL)), "Nobody joined the study."),
        (Change(K.ENROLLMENT, None, Enrollment(21, v.DateType.ACTUAL)), "21 people joined the study."),
        (Change(K.PHASE, ("PHASE1",), ("PHASE1", "PHASE2")), "Phase: now “Phase 1 and Phase 2”, before “Phase 1”."),
        (Change(K.SITE_ADDED, None, SITE), "New site: Charité, Berlin, Germany."),
        (
            Change(K.SITE_CHANGED, SITE, SITE, "status"),
            "The registry now lists this site as “Paused”: Charité, Berlin, Germany.",
        ),
        (
            Change(K.SPONSOR, None, Sponsor(v.SponsorRole.COLLABORATOR, "Personalis Inc.")),
            "New partner of the study: Personalis Inc.",
        ),
        (Change(K.OTHER, None, "DOUBLE", "masking"), None),
        (Change(K.OTHER, False, True, "healthy_volunteers"), "Healthy people can join: now “yes”, before “no”."),
    ],
)  # fmt: skip
def test_change_is_told_in_a_sentence(change: Change, expected: str | None) -> None:
    said = sentence(change)
    assert expected is None or said == expected
    assert said.endswith(".") and "%(" not in said and "DOUBLE" not in said


@pytest.mark.parametrize("kind", list(v.ContactKind))
def test_contact_is_never_named(kind: v.ContactKind) -> None:
    contact = Contact(kind, "Jane Roe", phone="+1 555 0100", email="jane@example.org", hidden="stranger")
    said = sentence(Change(K.CONTACT, None, contact, "Charité, Berlin" if kind == v.ContactKind.SITE else ""))
    assert "Jane" not in said and "555" not in said and "@" not in said


def test_each_token_and_field_has_its_sentence() -> None:
    assert set(STATUSES) == {status.value for status in v.RecruitmentStatus}
    assert set(SEXES) == {sex.value for sex in v.Sex}
    assert set(DATES) == {kind.value for kind in v.DateKind} - {"LAST_UPDATE_POSTED"}
    counted = {"phases", "enrollment_count", "enrollment_type"}
    assert set(Design.__dataclass_fields__) - counted <= set(FIELDS)


def test_own_sentences_have_20_words_or_fewer() -> None:
    tables = [STATUSES, SEXES, CAME, WENT, WORDED]
    phrases = [str(phrase) for table in tables for phrase in table.values()]
    phrases += [str(phrase) for table in DATES.values() for phrase in table]
    for phrase in phrases:
        for one in re.split(r"(?<=\.)\s+", phrase):
            assert len(one.split()) <= 20, one


def test_whole_comparison_reads_in_order() -> None:
    old = StudyRecord("NCT90000001", overall_status=v.RecruitmentStatus.RECRUITING, conditions=("Lupus", "Myositis"))
    new = replace(old, overall_status=v.RecruitmentStatus.SUSPENDED, conditions=("Lupus",))
    assert [sentence(change) for change in changes(old, new)] == [
        "The study is paused.",
        "This condition is no longer on the study's list: Myositis.",
    ]
