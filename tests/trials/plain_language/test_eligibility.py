"""Official criteria in plain words: a table of lines, and what holds for every sentence."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.criteria.model import Criterion, Kind
from trials.plain_language.eligibility.guard import numbers
from trials.plain_language.eligibility.rewording import reworded
from trials.plain_language.eligibility.times import look_back
from trials.plain_language.expressions import said
from trials.plain_language.model import Origin, Section
from trials.plain_language.tongue import tongue

LINES = [line.split("\t") for line in (Path(__file__).parent / "lines.tsv").read_text(encoding="utf-8").splitlines()]
ENGLISH = tongue("en")


def criterion(text, kind=Kind.EXCLUSION, name="E1", parent=None):
    return Criterion(name, kind, parent, text, 0, len(text))


def plain(text, kind=Kind.EXCLUSION):
    return reworded([criterion(text, kind)], ENGLISH)


@pytest.mark.parametrize(("kind", "official", "expected"), LINES)
def test_line_in_plain_words_or_left_official(kind, official, expected):
    sentences = plain(official, Kind.INCLUSION if kind == "I" else Kind.EXCLUSION)
    if expected == "-":
        assert [(one.text, one.origin) for one in sentences] == [(official, Origin.OFFICIAL)]
    else:
        assert " ".join(one.text for one in sentences) == expected
        assert {one.origin for one in sentences} == {Origin.WRITTEN}


def test_the_list_follows_the_kind_and_the_source_is_the_criterion():
    sentences = reworded([criterion("Lupus nephritis", Kind.INCLUSION, "I1"), criterion("Asthma")], ENGLISH)
    assert [(one.section, one.sources) for one in sentences] == [
        (Section.MAY_JOIN, ("I1",)),
        (Section.MAY_NOT_JOIN, ("E1",)),
    ]


def test_a_parent_leads_its_children_and_they_may_be_names_alone():
    sentences = reworded(
        [criterion("History of any of the following:"), criterion("Pericardial constriction;", name="E2", parent="E1")],
        ENGLISH,
    )
    assert [one.text for one in sentences] == ["You have had any of these:", "Pericardial constriction."]


@pytest.mark.parametrize(
    ("heading", "entry", "told"),
    [
        ("History of cancer, apart from:", "Squamous cell carcinoma of the skin", "Squamous cell cancer of the skin."),
        ("Medications allowed at entry:", "Hydroxychloroquine up to 400 mg", "Hydroxychloroquine up to 400 mg."),
        ("Medications allowed at entry:", "Dose must be stable", "Dose must be stable"),
    ],
)
def test_what_is_exempt_is_named_and_not_stated(heading, entry, told):
    sentences = reworded([criterion(heading), criterion(entry, name="E2", parent="E1")], ENGLISH)
    assert [one.text for one in sentences if one.sources == ("E2",)] == [told]


@pytest.mark.parametrize(
    "heading", ["Hand osteoarthritis patients:", "Part B", "Healthy volunteers:", "Lupus group (A)"]
)
def test_heading_of_a_group_is_nothing_that_the_reader_has(heading):
    sentences = reworded([criterion(heading), criterion("Asthma", name="E2", parent="E1")], ENGLISH)
    assert (sentences[0].text, sentences[0].origin) == (heading, Origin.OFFICIAL)


def test_heading_that_names_a_thing_stands_as_a_name():
    sentences = reworded([criterion("Any of the following:"), criterion("Asthma", name="E2", parent="E1")], ENGLISH)
    assert [one.text for one in sentences] == ["Any of these:", "You have asthma."]


def test_each_doubted_criterion_keeps_its_official_words():
    only = criterion("Active infection")
    assert [one.text for one in reworded([only], ENGLISH, {"E1"})] == ["Active infection"]


def test_exceptions_and_examples_of_a_long_criterion_stand_apart_and_none_is_lost():
    text = (
        "History of malignancy of any organ system within the past five years, with the exception of basal cell "
        "carcinoma of the skin, superficial bladder cancer, or in situ carcinoma of the cervix treated more than one "
        "year ago"
    )
    sentences = plain(text)
    assert len(sentences) > 1
    assert any(one.text.startswith("Exception:") for one in sentences)
    assert all(len(one.text.split()) <= 25 for one in sentences)


def test_or_stays_or_when_the_person_changes():
    [sentence, *others] = plain("Patients who received rituximab or who have active hepatitis")
    assert " or have active hepatitis" in sentence.text and not others


def test_what_is_denied_is_not_affirmed_by_cutting():
    text = "No anemia requiring transfusions; leukoplakia of the mouth; and thrombocytopenia of any grade"
    for sentence in plain(text, Kind.INCLUSION):
        assert not re.match(r"(?:Leukoplakia|Thrombocytopenia|Low platelets)", sentence.text) or (
            sentence.origin is Origin.OFFICIAL
        )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cancer within the last five years", ("cancer", "in the last five years")),
        ("X in the past year", ("X", "in the last year")),
        ("surgery within 4 weeks of randomization", ("surgery", "within 4 weeks of randomisation")),
        ("stroke in the 6 months before study entry", ("stroke", "in the 6 months before joining the study")),
        ("any drug within 30 days or 5 half-lives prior to dosing",
         ("any drug", "in the 30 days or 5 half-lives before the first dose")),
        ("steroids for 3 months", None),
    ],
)  # fmt: skip
def test_look_back_at_the_end_of_a_text(text, expected):
    found = look_back(text)
    assert (found and (found.rest, said(found.when, ENGLISH))) == expected


WORDS = st.sampled_from(
    [
        "patients",
        "who",
        "have",
        "had",
        "severe",
        "active",
        "a",
        "history",
        "of",
        "no",
        "known",
        "asthma",
        "or",
        "and",
        "with",
        "(",
        ")",
        ",",
        ";",
        ":",
        "≥",
        "<",
        "5",
        "2.5",
        "%",
        "mg",
        "within",
        "weeks",
        "prior",
        "to",
        "screening",
        "rituximab",
        "must",
        "not",
        "pregnant",
        "women",
        "investigator",
        "such",
        "as",
        "except",
        "unless",
        "including",
        "ALT",
        "ULN",
        ":",
    ]
)


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_any_words_give_a_sentence_whose_numbers_are_the_official_ones(text):
    for sentence in plain(text or "-"):
        assert sentence.sources == ("E1",) and sentence.text
        if sentence.origin is Origin.WRITTEN:
            assert set(numbers(sentence.text)) <= set(numbers(text))


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    assert plain(text or "-")
