"""How to reach a study team: a letter to copy, and what to ask on the phone."""

import re

import pytest

from tests.finder.conftest import html_of, section, words_of
from tests.studies import stored
from trials.models import Contact, Trial

pytestmark = pytest.mark.django_db

HEALTH = r"\b(diagnos|symptom|lupus|disease|illness|medication|dose|blood)"


def letters(client, path="/studies/NCT90000001/"):
    html = html_of(client, path)
    return dict(re.findall(r'<pre class="letter-text" id="letter-([\w-]+)" lang="\1">(.*?)</pre>', html, re.DOTALL))


def test_the_letter_names_the_study_and_leaves_the_person_to_fill_in(client):
    stored()
    (letter,) = letters(client).values()
    for part in ("NCT90000001", '<span lang="en">Testumab in Lupus</span>', "[your name]", "[your e-mail address]"):
        assert part in letter
    assert not re.search(HEALTH, letter.replace("Testumab in Lupus", ""), re.IGNORECASE), "it tells nothing of health"


@pytest.mark.parametrize("language", ["es", "zh-hans"])
def test_in_another_language_an_english_one_stands_beside_it(client, language):
    stored()
    found = letters(client, f"/{language}/studies/NCT90000001/")
    assert list(found) == [language, "en"]
    assert "Dear study team," in found["en"]


def test_the_page_says_that_many_do_not_answer_and_what_else_to_do(client):
    stored()
    said = words_of(section(client, "where"))
    assert "Many teams do not answer letters or e-mail." in said and "ask your doctor to write" in said
    assert "We know no phone number of the team." in said and "try the phone" not in said
    Contact.objects.create(trial=Trial.objects.get(), kind="CENTRAL", name="Desk", phone="+49 30 1234", position=9)
    said = words_of(section(client, "where"))
    assert "try the phone" in said and "We know no phone number" not in said
    assert "What to ask when you call" in said and "I will not stop one without my doctor." in said


@pytest.mark.parametrize("change", [{"overall_status": "COMPLETED"}, {"gone_since": "2026-01-01T00:00Z"}])
def test_nobody_is_led_to_write_to_a_study_that_is_over(client, change):
    stored()
    Trial.objects.update(**change)
    assert letters(client) == {} and 'id="reach"' not in html_of(client)


def test_a_study_entered_by_hand_is_not_named_by_our_own_number(client):
    stored()
    Trial.objects.update(registry="hand", nct_id="HAND-00001", listing_url="https://clinic.example/listing")
    (letter,) = letters(client, "/studies/HAND-00001/").values()
    assert "HAND-00001" not in letter and "I have read about your study:" in letter


def test_hostile_titles_stay_words(client):
    stored(identificationModule={"briefTitle": "<b>x</b></pre>\u202edrow\nBcc: a@b.example"})
    (letter,) = letters(client).values()
    assert "x &lt;/pre&gt;drow" in letter and "\u202e" not in letter and "<b>" not in letter
