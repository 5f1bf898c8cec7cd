"""Whatever the text: an answer in bounded time, and every place lies in the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.conditions import conditions, conditions_of, find_in_text, fold, resolve, suggest

PIECES = st.sampled_from(
    ["lupus", "SLE", "Lupus Erythematosus, Systemic", "systemic sclerosis", "(SSc)", "-", ", ", "/", ";", ". ", "non-",
     "without", "or", "ILD", "interstitial lung disease", "associated with", "RA", "DM", "Sjögren’s", "&#39;s", "狼疮",
     "S.L.E.", "\n\n", "vasculitis"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)
)
SLUGS = {condition.slug for condition in conditions()}


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.booleans())
def test_every_place_lies_in_the_text_and_shows_the_words(text: str, typed: bool) -> None:
    for found in resolve(text, typed=typed):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.matched
        assert found.slug in SLUGS
        assert found.certain or typed


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4))
def test_any_study_can_be_read_twice_with_the_same_result(
    titles: list[str], terms: list[str], keywords: list[str]
) -> None:
    def read() -> object:
        return conditions_of(titles=titles, conditions=terms, keywords=keywords, mesh_terms=terms)

    assert read() == read()


@pytest.mark.parametrize(
    "text",
    [
        "lupus " * 5000,
        "lupus erythematosus, systemic " * 2000,
        "systemic lupus erythematosus, " * 2000,
        "(SSc) " * 5000,
        "interstitial lung disease with " * 2000,
        "RA " * 8000,
        "without lupus or " * 3000,
        "a" * 50000,
        "'s" * 20000,
        "S." * 20000,
        "狼疮" * 10000,
        "&#39;" * 10000,
        "\n" * 50000,
    ],
    ids=lambda text: text[:20],
)
def test_long_texts_take_time_in_proportion(text: str) -> None:
    begun = time.process_time()
    find_in_text(text)
    assert time.process_time() - begun < 3  # seconds; about 0.1 here


def test_suggestions_take_bounded_time() -> None:
    begun = time.process_time()
    suggest("scleradurma " * 5000)
    assert time.process_time() - begun < 3
