"""What the database adds to a reading: towns that stand without a word for a place."""

import pytest

from finder.typed import read_typed
from tests.places import store_places
from trials.models import Place
from trials.search import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    return store_places()


def named(text):
    return [Place.objects.get(pk=int(token[1:])).label for token in read_typed(text).values(Kind.PLACE)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("finger ulcers scleroderma bosentan london", "London, United Kingdom"),
        ("leeds lupus finger ulcers", "Leeds, United Kingdom"),
        ("tired lupus trial Paris", "Paris, France"),
        ("tired lupus paris texas", "Paris, Texas, United States"),
        ("头发 狼疮 北京", "Beijing, China"),
        ("lupus near LS1 4AP Leeds", "Leeds, United Kingdom"),
    ],
)
def test_a_big_town_or_one_with_its_state_needs_no_word_for_a_place(text, label):
    assert named(text) == [label]


@pytest.mark.parametrize(
    "text", ["tired lupus london calling", "tired lupus at the University of Leeds", "reading lupus ulcers"]
)
def test_words_that_only_hold_a_town_are_no_place(text):
    assert named(text) == []


def test_a_small_town_alone_stays_a_word():
    place = Place.objects.get(name="Paris", country_code="US")
    assert place.population < 100_000
    Place.objects.filter(name="Paris", country_code="FR").delete()
    assert named("tired lupus paris") == []
