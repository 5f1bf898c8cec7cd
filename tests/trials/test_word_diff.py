"""Two texts laid over each other, word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.changes import Edit, word_diff
from trials.changes.sequence import blocks


def test_words_that_went_and_came_are_marked() -> None:
    runs = word_diff("Age 18 to 75 years", "Age 14 to  75 years")
    assert [(run.edit, run.text.strip()) for run in runs] == [
        (Edit.SAME, "Age"),
        (Edit.GONE, "18"),
        (Edit.NEW, "14"),
        (Edit.SAME, "to  75 years"),
    ]


text = st.lists(st.sampled_from(["a", "b", "c", "≥", "18", "\n", "&lt;"]), max_size=30).map(" ".join)


@given(text, text)
def test_runs_give_back_both_texts(before: str, after: str) -> None:
    runs = word_diff(before, after)
    old = "".join(run.text for run in runs if run.edit != Edit.NEW)
    new = "".join(run.text for run in runs if run.edit != Edit.GONE)
    assert (old.split(), new.split()) == (before.split(), after.split())


@pytest.mark.parametrize("word", ["a ", "a\n", "ab"])
def test_hostile_text_is_compared_in_bounded_time(word: str) -> None:
    started = time.perf_counter()
    runs = word_diff(word * 20_000, "b " + word * 20_001)
    assert "".join(run.text for run in runs if run.edit != Edit.GONE).split() == ("b " + word * 20_001).split()
    assert time.perf_counter() - started < 5


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_blocks_cover_both_lists_in_order(old: list[str], new: list[str]) -> None:
    i = j = 0
    for same, (i1, i2, j1, j2) in blocks(old, new):
        assert (i1, j1) == (i, j)
        assert not same or old[i1:i2] == new[j1:j2]
        i, j = i2, j2
    assert (i, j) == (len(old), len(new))


def test_a_word_in_a_long_text_is_found_among_thousands() -> None:
    words = [f"word{n % 700}" for n in range(6000)]
    runs = word_diff(" ".join(words), " ".join([*words[:3000], "changed", *words[3001:]]))
    assert [run.text.strip() for run in runs if run.edit != Edit.SAME] == [words[3000], "changed"]
