"""What is offered while somebody types."""

import pytest

from trials.conditions import by_slug
from trials.drugs import by_name
from trials.search import Kind, suggestions


@pytest.mark.parametrize(
    ("prefix", "value"),
    [
        ("lup", "sle"), ("LUPUS", "sle"), ("scler", "systemic-sclerosis"), ("wegen", "gpa"), ("sjo", "sjogren"),
        ("Sjö", "sjogren"),
        ("ritux", "rituximab"), ("benl", "belimumab"), ("car-t", "CAR-T cells"), ("jak", "JAK blocker"),
        ("nephr", "lupus-nephritis"),
        ("狼疮", "sle"), ("escleroder", "systemic-sclerosis"), ("hidroxi", "hydroxychloroquine"),
        ("hcq", "hydroxychloroquine"),
    ],
)  # fmt: skip
def test_the_beginning_of_a_word_finds_it(prefix, value):
    assert value in [one.value for one in suggestions(prefix)[:3]]


def test_the_term_is_told_where_it_is_not_the_name():
    found = next(one for one in suggestions("wegener's g") if one.value == "gpa")
    assert (found.name, found.matched) == ("GPA (Wegener’s)", "wegener's granulomatosis")
    assert next(one for one in suggestions("rituximab") if one.value == "rituximab").matched == ""


@pytest.mark.parametrize("prefix", ["", "  ", "?", "zzzz", "upus"])
def test_nothing_is_offered_for_nothing_or_from_the_middle_of_a_word(prefix):
    assert suggestions(prefix) == ()


@pytest.mark.parametrize("prefix", ["s", "a", "lupus", "r", "c", "m", "狼"])
def test_each_is_offered_once_and_exists_and_no_misspelling_is_offered(prefix):
    found = suggestions(prefix, 200)
    assert len({(one.kind, one.value) for one in found}) == len(found)
    for one in found:
        assert by_slug(one.value) if one.kind is Kind.CONDITION else by_name(one.value)
    assert "rituximumab" not in [one.matched for one in found]


def test_no_more_are_offered_than_asked_for():
    assert len(suggestions("s", 5)) == 5
    assert suggestions("s", 0) == ()


@pytest.mark.parametrize(
    ("prefix", "value", "matched"),
    [
        ("狼疮", "sle", "狼疮"),
        ("dm", "dermatomyositis", "DM"),
        ("ra", "rheumatoid-arthritis", "RA"),
        ("狼", "sle", "狼疮"),
    ],
)
def test_what_is_called_just_so_comes_first_under_that_name(prefix, value, matched):
    first = suggestions(prefix)[0]
    assert (first.value, first.matched) == (value, matched)


def test_words_for_two_conditions_are_the_name_of_neither():
    assert "狼疮肺动脉高压" not in [one.matched for one in suggestions("狼疮", 200)]
