"""Searches as people type them: how many are understood at once, and that none is silently taken for another."""

from collections import Counter
from pathlib import Path

from bench.reading import judge, rows_of

VERDICTS = list(judge(rows_of(Path(__file__).with_name("queries.toml"))))


def test_the_list_is_long_and_in_all_languages_of_the_site():
    rows = rows_of(Path(__file__).with_name("queries.toml"))
    languages = Counter(row["lang"] for row in rows)
    assert len(rows) == len({row["text"] for row in rows}) >= 400
    assert min(languages[lang] for lang in ("en", "es", "zh")) >= 20


def test_nearly_all_searches_are_understood_at_once():
    understood = [verdict for verdict in VERDICTS if verdict.name == "understood"]
    assert len(understood) / len(VERDICTS) >= 0.99


def test_no_search_is_silently_taken_for_another():
    assert {verdict.text: verdict.wrong for verdict in VERDICTS if verdict.wrong} == {}
