"""Distances in words."""

import pytest
from django.utils.translation import override

from finder.presenters.distance import distance_words, measures_in_miles


@pytest.mark.parametrize(
    ("km", "country", "words"),
    [
        (0, "DE", "less than 1 km"),
        (0.99, "FR", "less than 1 km"),
        (1, "", "1 km"),
        (1.6, "CA", "2 km"),
        (1234.4, "DE", "1,234 km"),
        (0.5, "US", "less than 1 mile"),
        (1.2, "US", "less than 1 mile (1 km)"),
        (1.7, "GB", "1 mile (2 km)"),
        (19.4, "GB", "12 miles (19 km)"),
        (19.4, "LR", "12 miles (19 km)"),
        (5570.2, "MM", "3,461 miles (5,570 km)"),
    ],
)
def test_a_distance_is_said_as_people_there_say_it(km, country, words):
    assert distance_words(km, miles=measures_in_miles(country)) == words


def test_the_numbers_are_those_of_the_language():
    with override("es"):
        assert distance_words(12345, miles=False).startswith("12.345")
