"""The whole engine: any text gives a result in bounded time, and every sentence can be traced to its own words."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.criteria.engine import LONGEST_READ, parse, study_of
from trials.criteria.layout.decode import decode
from trials.criteria.layout.render import render
from trials.criteria.model import Parsed, Study
from trials.criteria.vocabulary import problems_of

SECONDS_PER_MEGABYTE = 4  # of processor time: four times the aim, for a machine that is busy with other tests
MEGABYTE = 1_000_000

TEXT = """Inclusion Criteria:

* Age 18 to 75 years
* Platelets \\>= 100 x 109/L
* Adequate organ function:
   1. ALT \\<= 3 x ULN
   2. eGFR \\> 30 mL/min

Exclusion Criteria:

* FVCe 40% of the expected value
* Any of the following: (1) active hepatitis B; (2) prior CAR-T; (3) live vaccine within 4 weeks"""

LINES = st.sampled_from(
    ["Inclusion Criteria:", "Exclusion Criteria", "* Age 18 to 75 years", "1. SLE; or", "  - any of the following:", "",
     "(1) ALT < 3 x ULN;(2) AST < 3 x ULN", "Patients must not have cancer, except skin cancer.", "a. rituximab, ever",
     "\\> 5 mg/day", "<br>No pregnancy", "For SSc patients: mRSS >= 10", "\t\u2022 \u2265 18 years", "&lt; 4 weeks"]
)  # fmt: skip


def parsed(text: str) -> Parsed:
    return parse(Study("NCT00000001", text, conditions=("Systemic Lupus Erythematosus",)))


@given(st.one_of(st.text(max_size=400), st.lists(LINES, max_size=14).map("\n".join)))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_criteria_inside_the_text_and_in_order(text):
    result = parsed(text)
    assert problems_of([criterion.as_json() for criterion in result.criteria], text_length=len(text)) == []
    starts = [criterion.source_start for criterion in result.criteria]
    assert starts == sorted(starts)
    for repair in result.ledger:
        assert 0 <= repair.source_start <= repair.source_end <= len(text)


@given(st.lists(LINES, max_size=12).map("\n".join))
@settings(max_examples=60, deadline=None)
def test_the_same_text_gives_the_same_result(text):
    assert parsed(text) == parsed(text)


def test_our_own_repaired_text_gives_the_same_tree_again():
    first = parsed(TEXT)
    again = parsed(render(first.criteria))
    tree = [(c.id, c.parent, c.text, c.join, c.rules) for c in first.criteria]
    assert [(c.id, c.parent, c.text, c.join, c.rules) for c in again.criteria] == tree


def test_certain_repairs_are_made_and_doubtful_ones_only_proposed():
    result = parsed(TEXT)
    platelets, fvc = result.criteria[1], next(c for c in result.criteria if c.text.startswith("FVC"))
    assert platelets.text == "Platelets >= 100 x 10^9/L"
    assert [(rule.attribute, rule.value) for rule in platelets.rules] == [("platelets", 100)]
    assert fvc.text == "FVCe 40% of the expected value"
    assert fvc.rules == ()
    proposed = next(repair for repair in result.ledger if not repair.made)
    assert (TEXT[proposed.source_start : proposed.source_end], "≥" in proposed.shown) == (proposed.written, True)


def test_offsets_lead_back_to_the_records_own_words():
    for criterion in parsed(TEXT).criteria:
        own = decode(TEXT[criterion.source_start : criterion.source_end]).text
        assert "".join(own.rstrip(";").split()) == "".join(criterion.text.replace("^", "").split())


HOSTILE = {
    "one long word": "a" * MEGABYTE,
    "words": "lupus " * (MEGABYTE // 6),
    "negations": "no " * (MEGABYTE // 3),
    "bullets": "* history of cancer within 5 years, rituximab\n" * 10_000,
    "brackets": "(" * MEGABYTE,
    "numbers": "1-" * (MEGABYTE // 2),
    "signs": "<" * MEGABYTE,
    "blanks": " " * MEGABYTE,
    "returns": "\r" * MEGABYTE,
    "controls": "\x00\x07\x1b" * (MEGABYTE // 3),
    "nesting": "".join(" " * depth + "* x\n" for depth in range(1400)),
    "limits": "AST or ALT > 3 x ULN or " * (MEGABYTE // 24),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_in_bounded_time(name):
    text = f"Inclusion Criteria:\n\n{HOSTILE[name]}"
    began = time.process_time()
    parsed(text)
    assert time.process_time() - began < SECONDS_PER_MEGABYTE * max(1.0, len(text) / MEGABYTE)


@pytest.mark.parametrize(
    "words",
    [
        "no ",
        "rituximab ",
        "cancer, ",
        "except ",
        "(e.g. lupus) ",
        "> 5 mg/day ",
        "or ",
        "RA or ",
        "×n, ",
        "for SSc, ",
        "alt > 3 ",
        "pregnant ",
        "age 18-65 or ",
    ],
)
def test_one_hostile_criterion_ends_in_bounded_time(words):
    text = "Exclusion Criteria:\n\n* " + (words * 8_000)[:7_900]
    began = time.process_time()
    parsed(text)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "text",
    [
        "* " + "(tuberculosis) " * 250 + "or any " * 550 + "within 4 weeks",
        "* karnofsky " + "-" * 3_000 + " a " + "> 5 " * 79,
        "exclusion(" * 10_000 + ":\n\n* Fever\n* Cough",
        "* " + "methotrexate requires a washout of 4 weeks; " * 180,
        "* " + "hemoglobin < 12 in men, < 11 in women, " * 200,
    ],
)
def test_one_hostile_criterion_with_a_beginning_and_an_end_ends_in_bounded_time(text):
    began = time.process_time()
    parsed("Exclusion Criteria:\n\n" + text)
    assert time.process_time() - began < 1


def test_of_a_text_far_beyond_the_registrys_limit_only_the_layout_is_read():
    result = parsed("Exclusion Criteria:\n\n" + "* Active hepatitis B\n" * (LONGEST_READ // 10))
    assert len(result.criteria) > 1_000
    assert not any(criterion.rules for criterion in result.criteria)
    assert [warning.code for warning in result.warnings] == ["text_too_long"]


@pytest.mark.parametrize("record", [{}, {"protocolSection": None}, {"protocolSection": []}])
def test_what_is_no_study_is_refused(record):
    with pytest.raises(ValueError, match="protocolSection is missing"):
        study_of(record)
