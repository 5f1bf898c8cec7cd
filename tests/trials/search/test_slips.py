"""Misspelled words, and those that only look like one."""

import pytest

from tests.trials.search.names import Names, parts
from trials.search import Kind, read


@pytest.mark.parametrize(
    ("text", "kind", "value", "spelled"),
    [
        ("sclerodermma", Kind.CONDITION, "systemic-sclerosis", "scleroderma"),
        ("lupuz", Kind.CONDITION, "sle", "lupus"),
        ("rituximap", Kind.DRUG, "rituximab", "rituximab"),
        ("anifrolumap lupus", Kind.DRUG, "anifrolumab", "anifrolumab"),
        ("lupsu nephrtis", Kind.CONDITION, "lupus-nephritis", "lupus nephritis"),
    ],
)
def test_a_slip_of_the_pen_is_read_and_said(text, kind, value, spelled):
    part = next(part for part in read(text).parts if part.kind is kind)
    assert (part.values, part.certain, part.corrected_to) == ((value,), True, spelled)


@pytest.mark.parametrize(
    "text",
    [
        "optic neuritis",
        "dermatitis",
        "gout",
        "psoriasis",
        "lumps",
        "creatinine",
        "completion",
        "extra",
        "además",
        "fibromyalgia",
        "asthma",
        "long covid",
    ],
)
def test_another_disease_is_no_misspelling(text):
    assert read(text).parts == ()


def test_a_word_far_from_all_names_is_a_question():
    assert parts("schlrederma") == [(Kind.CONDITION, ("systemic-sclerosis",), False)]


def test_a_misspelling_that_is_the_name_of_a_place_is_a_question():
    class Lupuz(Names):
        def place(self, text):
            return "g1" if text == "Lupuz" else None

    (part,) = read("Lupuz", Lupuz()).parts
    assert (part.values, part.certain) == (("sle",), False)
