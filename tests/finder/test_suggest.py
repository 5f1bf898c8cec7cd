"""What the fields offer while somebody types."""

import re
from html import unescape

import pytest

from tests.places import store_places

pytestmark = pytest.mark.django_db


def offered(client, path: str, typed: str) -> dict[str, str]:
    """Label → the text that the field has once it is taken."""
    html = client.get(path, {"q": typed}).content.decode()
    found = re.findall(
        r'<li role="option" id="[\w-]+" aria-selected="false" data-value="([^"]*)"><span>(.*?)</span>', html
    )
    return {unescape(label): unescape(value) for value, label in found}


def test_conditions_and_treatments_by_any_of_their_names(client):
    assert offered(client, "/suggest/", "lup")["Lupus (SLE)"] == "Lupus (SLE)"
    assert "anifrolumab" in offered(client, "/suggest/", "saph")
    assert "Lupus (LES)" in offered(client, "/es/suggest/", "lup") or offered(client, "/es/suggest/", "lup")


def test_the_end_of_a_longer_text_is_completed(client):
    assert offered(client, "/suggest/", "rituximab for sclero")["Systemic sclerosis (scleroderma)"] == (
        "rituximab for Systemic sclerosis (scleroderma)"
    )


def test_places_after_near_and_in_their_own_field(client):
    store_places()
    assert offered(client, "/suggest/", "lupus near lee") == {
        "Leeds, United Kingdom": "lupus near Leeds, United Kingdom"
    }
    assert "Leeds, United Kingdom" in offered(client, "/suggest/places/", "lee")
    assert "Munich, Germany" in offered(client, "/suggest/places/", "münch")


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "%", "<script>", "x" * 5_000, "\u202e"])
def test_nothing_to_offer_is_an_empty_list(client, typed):
    for path in ("/suggest/", "/suggest/places/"):
        response = client.get(path, {"q": typed})
        assert response.status_code == 200 and "<script" not in response.content.decode()
