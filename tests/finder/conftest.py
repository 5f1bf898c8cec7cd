import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

PAGE = "/studies/NCT90000001/"
_TAG = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.DOTALL)


def words_of(html: str) -> str:
    """What a person reads on the page."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def listed(client: Client, query: str = "", **headers: str) -> list[str]:
    """The studies that the list shows for this query, in its order."""
    response = client.get(f"/studies/{query}", headers=headers)
    assert response.status_code == 200
    return re.findall(r'data-nct-id="(NCT\d{8})"', response.content.decode())


def chips(client, query: str) -> dict[str, str]:
    """The words of each chosen chip with its address."""
    html = client.get(f"/studies/{query}").content.decode()
    found = re.findall(r'<a class="chip chosen" id="[^"]+" href="([^"]*)"[^>]*>(.*?)</a>', html)
    words = (re.sub(r"<[^>]+>|Remove filter:|×", "", text).strip() for _, text in found)
    return dict(zip(map(unescape, words), (unescape(url) for url, _ in found), strict=True))


def html_of(client: Client, path: str = PAGE) -> str:
    return client.get(path).content.decode()


def section(client: Client, name: str, path: str = PAGE) -> str:
    """The HTML of the section whose heading has this id."""
    return re.search(rf'<section [^>]*aria-labelledby="{name}">.*?</section>', html_of(client, path), re.DOTALL).group()


@pytest.fixture
def read(client: Client) -> Callable[..., str]:
    """Fetch a page that must exist and give the words on it."""

    def fetch(path: str, **headers: str) -> str:
        response = client.get(path, headers=headers)
        assert response.status_code == 200, response.status_code
        return words_of(response.content.decode())

    return fetch
