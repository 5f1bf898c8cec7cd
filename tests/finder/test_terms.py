"""Hard words in place: where a page explains them, and in which language it finds them."""

import re

import pytest
from django.utils.translation import override

from finder.presenters.terms import Piece, WordsOnPage, text_of
from tests.finder.conftest import html_of, section
from tests.studies import store, study
from trials.plain_language.glossary import terms

ILD = "interstitial lung disease"


def test_the_first_mention_alone_is_marked_and_no_letter_is_lost():
    words = WordsOnPage()
    text = f"You have {ILD} (ILD), or had {ILD}."
    pieces = words.ours(text)
    assert text_of(pieces) == text
    assert [piece for piece in pieces if piece.slug] == [Piece(ILD, "ild")]
    assert not any(piece.slug for piece in words.ours(f"Stable {ILD}"))


def test_official_words_behind_a_tap_have_a_first_mention_of_their_own():
    words = WordsOnPage()
    assert [piece.slug for piece in words.ours(ILD)] == ["ild"]
    assert [piece.slug for piece in words.official(ILD, in_sight=True)] == [""]
    assert [piece.slug for piece in words.official(ILD)] == ["ild"]
    assert [piece.slug for piece in words.official(ILD)] == [""]
    assert [view.slug for view in words.views()] == ["ild"]


def test_the_registry_that_we_speak_of_is_not_the_one_of_the_glossary():
    assert [piece.slug for piece in WordsOnPage().ours("The registry does not say.")] == [""]
    assert any(piece.slug == "registry" for piece in WordsOnPage().official("Enrolled in a patient registry"))


@pytest.mark.parametrize(("language", "text"), [("es", "Tiene ⟦x⟧ y fiebre."), ("zh-hans", "您患有⟦x⟧。")])
def test_in_another_language_words_are_found_as_the_catalogue_writes_them(monkeypatch, language, text):
    monkeypatch.setattr("finder.presenters.terms._", lambda message: "⟦x⟧" if message == ILD else f"⟦{message}⟧")
    with override(language):
        pieces = WordsOnPage().ours(text)
    assert text_of(pieces) == text and [piece for piece in pieces if piece.slug] == [Piece("⟦x⟧", "ild")]


def test_where_nothing_is_translated_no_word_is_marked(monkeypatch):
    monkeypatch.setattr("finder.presenters.terms._", lambda message: message)
    with override("es"):
        assert WordsOnPage().ours(f"Tiene {ILD}.") == (Piece(f"Tiene {ILD}."),)


def test_every_word_of_the_glossary_can_be_shown():
    words = WordsOnPage()
    words.official(". ".join(term.term for term in terms()))
    assert len(words.views()) > 0.9 * len(terms())


@pytest.mark.django_db
def test_a_hard_word_is_explained_where_it_first_stands_in_ours_and_in_official_words(client):
    text = "Inclusion Criteria:\n\n* Diagnosis of interstitial lung disease\n* Stable interstitial lung disease\n"
    store(study(eligibilityModule={"eligibilityCriteria": text}))
    html = html_of(client)
    # Among the rules, among the diseases that the rules name, and in the official words.
    assert html.count('popovertarget="word-ild"') == 3
    assert len(re.findall(r'<li id="word-ild" popover>', html)) == 1
    assert 'href="/learn/words/#ild"' in html and "Words on this page" in html
    opened = set(re.findall(r'popovertarget="(word-[^"]+)"', html))
    assert opened == set(re.findall(r'<li id="(word-[^"]+)" popover>', html))
    assert "title=" not in section(client, "joining")


@pytest.mark.django_db
def test_names_are_no_words_to_explain(client):
    sponsor = {"leadSponsor": {"name": "Institute of Infectious Diseases", "class": "NIH"}}
    store(study(sponsorCollaboratorsModule=sponsor))
    assert "popovertarget" not in section(client, "where")
