import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.partners.accent import DARK, LEAST_CONTRAST, LIGHT, contrast, is_colour, shade

CSS = (Path(__file__).resolve().parents[3] / "static" / "finder.css").read_text()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)


@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format), st.sampled_from([LIGHT, DARK]))
def test_every_colour_becomes_one_whose_words_can_be_read(colour, grounds):
    found = shade(colour, grounds)
    tint = found.tint
    for ground in (grounds.page, grounds.card, tint):
        assert contrast(found.accent, ground) >= LEAST_CONTRAST
    assert contrast(found.on_accent, found.accent) >= LEAST_CONTRAST
    assert is_colour(found.accent) and is_colour(tint)
    if found.given >= 5.2:  # with room for the tinted ground, too
        assert found.accent == colour


def test_the_grounds_are_those_of_the_stylesheet():
    found = re.findall(r"--paper: (#\w{6});\s+--card: (#\w+);", CSS)
    cards = {"#fff": "#ffffff"}
    assert [(page, cards.get(card, card)) for page, card in found] == [(one.page, one.card) for one in (LIGHT, DARK)]
