"""What holds of a repair whatever the text: it comes to rest, keeps every number, and takes no longer than the text."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.criteria.repair import REASONS, Fix, repaired

PIECES = [
    "Age",
    " ",
    " ",
    "≥",
    ">/=",
    "> or = to",
    "=<",
    "&lt;",
    "18",
    "1.5",
    "x 109/L",
    "×10 9/L",
    "3.0ULN",
    "30ML/min",
    ";",
    ",",
    "(",
    ")",
    "(SSc)",
    "AST",
    "the the",
    "of",
    "of",
    "2013ACR",
    "5years",
    "within4",
    "FVCe 40",
    "â‰¥",
    "¡Ý",
    "＞",
    "£",
    "³",
    "?",
    "´",
    ".",
    "study. approximately",
    "Dry syndrome SS",
    "tachlimus",
    "GOT",
    "ALT",
    "Table 3",
    "convulsions/convulsions",
    "www.",
    "&amp;",
    "\u00c2",
]
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join)
)


def digits(text: str) -> list[int]:
    return [unicodedata.decimal(sign) for sign in text if sign.isdecimal()]


def laid_over(text: str, made: list[Fix]) -> str:
    for fix in reversed(made):
        text = text[: fix.start] + fix.shown + text[fix.end :]
    return text


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_repairing_again_changes_nothing(text: str) -> None:
    new, _ = repaired(text)
    again, fixes = repaired(new)
    assert again == new
    assert not any(fix.made for fix in fixes)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_no_digit_is_lost_added_or_changed(text: str) -> None:
    assert digits(repaired(text)[0]) == digits(text)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_offsets_lie_in_the_text_and_lead_to_the_new_one(text: str) -> None:
    new, fixes = repaired(text)
    for fix in fixes:
        assert 0 <= fix.start < fix.end <= len(text)
        assert fix.reason in REASONS
    made = [fix for fix in fixes if fix.made]
    if all(one.end <= other.start for one, other in pairwise(made)):
        assert laid_over(text, made) == new
    assert made or new == text


@pytest.mark.parametrize(
    "line",
    [
        "a",
        " ",
        "(",
        ")",
        "()",
        ";",
        "ab,",
        "1x109/L ",
        "</",
        "3 ULN ",
        "prior to clearance ",
        "abcdef/abcdef ",
        "word. ",
        "the ",
        "&a;",
        "http://a.B",
        "FVCe 4 ",
        "a ?4 ",
        "azathiopryne ",
        "(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ",
        "A-",
        "1",
        "\ufdfa",
    ],
)
def test_time_grows_with_the_text_and_no_faster(line: str) -> None:
    repaired("warm up")
    size = 18_000  # near the longest text that is looked at
    started = time.process_time()
    repaired(line * (size // len(line)))
    assert time.process_time() - started < 1.0


def test_a_text_too_long_for_a_criterion_is_left_alone() -> None:
    text = "the the " * 200_000
    started = time.process_time()
    assert repaired(text) == (text, ())
    assert time.process_time() - started < 0.1
