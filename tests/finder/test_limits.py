"""Age and sex that only fields of the record state: first of the lists, with the registry's words, and counted."""

import re

import pytest
from django.utils import translation

from tests.finder.conftest import words_of
from tests.finder.test_handout import rows
from tests.finder.test_plain import checked, html_of, section
from tests.studies import store, stored, study
from trials.models import Criterion, Trial
from trials.plain_language.model import Section

pytestmark = pytest.mark.django_db

PAGE = "/studies/NCT90000001/"
RULES = "Inclusion Criteria:\n\n* SLE\n\nExclusion Criteria:\n\n* Pregnancy"
FIELDS = {"eligibilityCriteria": RULES, "minimumAge": "14 Years", "maximumAge": "75 Years", "sex": "FEMALE"}


def test_they_are_the_first_of_the_list_with_the_fields_one_tap_away(client):
    store(study(eligibilityModule=FIELDS))
    words = words_of(section(client, "joining"))
    assert (
        "You may be able to join if"
        " You are 14 to 75 years old. Official wording"
        " 14 Years Youngest age in the record 75 Years Oldest age in the record"
        " You are a woman or a girl. Official wording Women and girls Sex in the record"
        " You have lupus . Official wording SLE Inclusion 1 in the record You may not"
    ) in words


def test_each_leads_to_the_field_on_the_page(client):
    store(study(eligibilityModule=FIELDS))
    html = section(client, "joining")
    targets = re.findall(r'class="in-record" href="#(field-[^"]+)"', html)
    assert targets == ["field-age", "field-age", "field-sex"]
    stated = {one: words_of(re.search(rf'<div id="{one}">.*?</div>', html, re.DOTALL)[0]) for one in targets}
    assert stated == {"field-age": "Age 14 years to 75 years", "field-sex": "Sex Women and girls"}


def test_they_stand_in_the_two_columns_of_the_page_for_the_doctor(client):
    store(study(eligibilityModule=FIELDS))
    assert rows(html_of(client, f"{PAGE}handout/"))[1:4] == [
        ["You are 14 to 75 years old.", "Youngest age 14 Years Oldest age 75 Years"],
        ["You are a woman or a girl.", "Sex Women and girls"],
        ["You have lupus.", "Inclusion 1 SLE"],
    ]


def test_what_a_criterion_says_is_not_said_twice(client):
    ages = "Inclusion Criteria:\n\n* Age 14 to 75 years\n* Women\n\nExclusion Criteria:\n\n* Pregnancy"
    store(study(eligibilityModule={**FIELDS, "eligibilityCriteria": ages}))
    assert words_of(section(client, "joining")).count("You are 14 to 75 years old.") == 1
    assert "Youngest age" not in html_of(client) and "Youngest age" not in html_of(client, f"{PAGE}handout/")


def test_where_the_rules_were_not_understood_the_whole_text_follows_them(client):
    store(study(eligibilityModule=FIELDS))
    Criterion.objects.all().delete()
    for path in (PAGE, f"{PAGE}handout/"):
        words = words_of(html_of(client, path))
        assert re.search(r"You are 14 to 75 years old\..*Inclusion Criteria: SLE Exclusion Criteria: Pregnancy", words)
        assert "lists no rules of this kind" not in words


def test_without_any_rules_they_stand_alone(client):
    store(study(eligibilityModule={**FIELDS, "eligibilityCriteria": ""}))
    assert "You may be able to join if You are 14 to 75 years old." in words_of(section(client, "joining"))
    handout = words_of(html_of(client, f"{PAGE}handout/"))
    assert "You are 14 to 75 years old." in handout and "We have no rules for joining." not in handout


@pytest.mark.parametrize("but", [Section.MAY_JOIN, Section.MAY_NOT_JOIN, Section.NOT_STATED, Section.HAPPENS])
def test_as_many_sentences_are_marked_as_the_page_says(client, monkeypatch, but):
    stored(eligibilityModule=FIELDS)
    shown = checked(Trial.objects.with_parts().get(), but=but)
    monkeypatch.setattr("finder.presenters.study.shown_summary", lambda trial, lang: shown)
    for path in (PAGE, f"{PAGE}handout/"):
        words = words_of(html_of(client, path))
        told = int(re.search(r"(\d+) sentences? (?:is|are) written by rules", words)[1])
        assert words.count("Not yet checked") == told > 0


@pytest.mark.parametrize("lang", ["es", "zh-hans"])
def test_they_are_said_in_the_language_of_the_page(client, lang):
    store(study(eligibilityModule=FIELDS))
    with translation.override(lang):
        field = translation.gettext("Youngest age")
    words = words_of(section(client, "joining", f"/{lang}{PAGE}"))
    assert field != "Youngest age" and field in words and "14 Years" in words and "You are" not in words
