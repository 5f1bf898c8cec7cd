from datetime import date

import pytest

from trials import vocab as v
from trials.records import RecordError
from trials.registries.ctgov.values import last_day, line, lines, number, parse_age, parse_date, token, tokens
from trials.registries.ledger import Ledger


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("18 Years", 18, 19),
        ("75 Years", 75, 76),
        ("1 Year", 1, 2),
        ("6 Months", 0.5, 0.583333),
        ("18.0", 18, 19),
        ("30 Minutes", 0.000057, 0.000059),
        ("N/A", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_age_limit_is_in_years_and_the_upper_one_is_the_first_too_old(text, lower, upper):
    assert parse_age(text) == lower
    assert parse_age(text, upper=True) == upper


@pytest.mark.parametrize("text", ["eighteen", "18 Lightyears", "-3 Years", "400 Years", "18 Years or older"])
def test_what_is_no_age_is_refused(text):
    with pytest.raises(RecordError, match="no age"):
        parse_age(text)


@pytest.mark.parametrize(
    ("text", "first", "precision", "last"),
    [
        ("2025-03-14", date(2025, 3, 14), "DAY", date(2025, 3, 14)),
        ("2025-02", date(2025, 2, 1), "MONTH", date(2025, 2, 28)),
        ("2024", date(2024, 1, 1), "YEAR", date(2024, 12, 31)),
        ("March 2025", date(2025, 3, 1), "MONTH", date(2025, 3, 31)),
        ("March 14, 2025", date(2025, 3, 14), "DAY", date(2025, 3, 14)),
    ],
)
def test_date_keeps_its_precision(text, first, precision, last):
    assert parse_date(text) == (first, v.DatePrecision(precision))
    assert last_day(first, v.DatePrecision(precision)) == last


@pytest.mark.parametrize("text", ["soon", "2025-13", "2025-02-30", "14.3.2025", "2025-3-1"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(RecordError, match="no date"):
        parse_date(text)


@pytest.mark.parametrize(
    ("written", "shown", "rules"),
    [
        ("Lupus", "Lupus", []),
        ("  two\r\n lines ", "two lines", []),
        ("Sjogren&#39;s", "Sjogren's", ["markup"]),
        (r"ANA \> 1:80", "ANA > 1:80", ["markup"]),
        ("scleroderma,<br> lupus", "scleroderma, lupus", ["markup"]),
        ("age <5 and >2", "age <5 and >2", []),
        ("&#" + "1" * 9999 + ";", "&#" + "1" * 9999 + ";", []),
        ("NUL\x00 and half a pair \ud800", "NUL and half a pair", []),
        (12, "12", []),
        (None, "", []),
        (["a list"], "", []),
    ],
)
def test_short_text_is_one_clean_line_and_every_visible_repair_is_noted(written, shown, rules):
    ledger = Ledger()
    assert line({"field": written}, "field", "path", ledger) == shown
    assert [(note.rule, note.path) for note in ledger.notes] == [(rule, "path.field") for rule in rules]


def test_lists_may_be_joined_by_bars_and_lose_repeats():
    assert lines({"x": "CHILD|ADULT|CHILD"}, "x", "p", Ledger()) == ("CHILD", "ADULT")
    assert lines({"x": ["a", None, "", "a", {"b": 1}]}, "x", "p", Ledger()) == ("a",)
    assert lines({"x": 5}, "x", "p", Ledger()) == ()


@pytest.mark.parametrize(("written", "read"), [("ALL", "ALL"), ("All", "ALL"), ("Both", "ALL"), ("Male", "MALE")])
def test_token_is_read_in_old_spellings(written, read):
    assert token({"sex": written}, "sex", v.Sex, "p", Ledger()) == v.Sex(read)


def test_unknown_token_is_noted_not_guessed():
    ledger = Ledger()
    assert tokens({"phases": ["PHASE2", "PHASE9"]}, "phases", v.Phase, "p", ledger) == (v.Phase.PHASE2,)
    assert [(n.origin, n.path, n.written) for n in ledger.notes] == [(v.Origin.FLAGGED, "p.phases", "PHASE9")]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "52.5", True, None, 91])
def test_only_a_finite_number_in_range_is_a_number(value):
    assert number(value, -90, 90) is None
