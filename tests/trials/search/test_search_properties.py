"""Whatever the text: an answer in bounded time, and every place lies in the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.search import LONGEST_TEXT, read, suggestions, without

PIECES = st.sampled_from(
    ["lupus", "SLE", "lupsu", "near", "in", "Leeds", ",", " ", "recruiting", "phase 3", "15-year-old", "rituximap",
    "CAR-T", "(", ")",
     '"', "“", "”", "狼疮", "北京", "附近", "15岁", "de", "niños", "’s", "®", "½", "ﬁ", "Å", "&amp;", "NCT01234567",
     "kidney", "not", "\n", "without", "no", "over 65", "6 months", "placebo", "China", "除", "以外", "不要", "成都"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)
)


class Names:
    """Everything that begins with a capital is a place."""

    def place(self, text):
        return text if text[:1].isupper() else None

    def town(self, text):
        return self.place(text)

    def sponsor(self, text):
        return text if text == text.upper() else None


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_part_lies_in_the_text_and_none_in_another(text):
    reading = read(text, Names())
    last = 0
    for one in sorted([*reading.parts, *reading.rest], key=lambda one: one.start):
        assert last <= one.start < one.end <= len(text)
        last = one.end
    for part in reading.parts:
        assert text[part.start : part.end] == part.matched
        assert part.values
    assert [text[free.start : free.end] for free in reading.rest] == [free.text for free in reading.rest]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_part_can_be_taken_out_and_anything_can_be_completed(text):
    for part in read(text, Names()).parts:
        assert len(without(text, part)) <= len(text)
    suggestions(text, 3)


@pytest.mark.parametrize(
    "text", ["lupus " * 5000, "lupsu " * 5000, "a" * 50000, "near " * 9000, '"' * 9000, "狼" * 9000]
)
def test_only_the_beginning_of_a_long_text_is_read(text):
    assert all(part.end <= LONGEST_TEXT for part in read(text, Names()).parts)
