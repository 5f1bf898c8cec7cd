"""The pages of our own words: about, learn, privacy, accessibility."""

import re

import pytest

from tests.finder.conftest import words_of
from tests.studies import store, study

PAGES = ["learn", "about", "privacy", "accessibility"]


def sentences(html: str) -> list[str]:
    main = re.search(r"<main.*?</main>", html, re.DOTALL).group()
    paragraphs = re.findall(r"<(?:p|li)\b[^>]*>(.*?)</(?:p|li)>", main, re.DOTALL)
    return [s for p in paragraphs for s in re.split(r"(?<=[.!?:])\s+", words_of(p)) if s]


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_sentences_are_short(client, page):
    for sentence in sentences(client.get(f"/{page}/").content.decode()):
        assert len(sentence.split()) <= 20, sentence


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_promised(client, page):
    text = words_of(client.get(f"/{page}/").content.decode()).lower()
    assert not re.search(r"new treatment|breakthrough|\bcure\b|best care|\bwill help you\b|innovative", text)


@pytest.mark.django_db
def test_each_anchor_of_the_contents_has_its_place(client):
    html = client.get("/learn/").content.decode()
    anchors = re.findall(r'href="#([\w-]+)"', html)
    assert len(anchors) >= 8
    assert all(f'id="{anchor}"' in html for anchor in anchors)


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_says_when_the_studies_are_samples(read, page):
    store(study(), source="sample:NCT90000001.json")
    assert "These are sample studies." in read(f"/{page}/")
