import pytest

from trials.places.agencies import country_of_agency
from trials.places.countries import countries_with_state, country_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United States", "US"),
        ("Turkey (Türkiye)", "TR"),
        ("Türkiye", "TR"),
        ("South Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Iran, Islamic Republic of", "IR"),
        ("Côte d’Ivoire", "CI"),
        ("Czech Republic", "CZ"),
        ("Russian Federation", "RU"),
        ("Palestinian Territory, occupied", "PS"),
        ("Hong Kong", "HK"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_registry_country_names_have_their_iso_code(name, code):
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("state", "code"),
    [("Zhejiang", "CN"), ("Ontario", "CA"), ("New South Wales", "AU"), ("Beijing Municipality", "CN")],
)
def test_a_state_tells_its_country(state, code):
    assert code in countries_with_state(state)


def test_an_unknown_state_tells_nothing():
    assert countries_with_state("Middle-earth") == frozenset()


@pytest.mark.parametrize(
    ("affiliation", "code"),
    [
        ("Immunology at National Institute of Allergy and Infectious Diseases (NIAID)", "US"),
        ("Medical University of Gdansk, Gdansk, Poland", "PL"),
        ("Charité and Karolinska", ""),  # two countries
        ("Novartis Pharmaceuticals", ""),
    ],
)
def test_an_affiliation_tells_its_country_only_when_its_words_do(affiliation, code):
    assert country_of_agency(affiliation) == code
