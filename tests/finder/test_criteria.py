"""Who can join, on the page of a study: complete, nested, and never without the official text."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User

from tests.finder.conftest import words_of
from tests.studies import store, stored, study
from trials.ingest.corrections import save_correction
from trials.ingest.readings import text_hash_of
from trials.models import CriteriaReading, Criterion, Trial

pytestmark = pytest.mark.django_db

PAGE = "/studies/NCT90000001/"
TEXT = (
    "Inclusion Criteria:\n\n* SLE\n* Two of the following:\n  * Rash\n  * Fever\n\nExclusion Criteria:\n\n* Pregnancy"
)
RULES = {"eligibilityCriteria": TEXT, "minimumAge": None, "maximumAge": None}  # no limit beside the criteria


def joining(client) -> str:
    """The section's HTML."""
    html = client.get(PAGE).content.decode()
    return re.search(r'<section aria-labelledby="joining">.*?</section>', html, re.DOTALL).group()


def wordings(client) -> list[str]:
    """The official words of each criterion, in reading order, whether they are one tap away or all that is there."""
    one = r'<q lang="en">(.*?)</q>|<p class="rule">((?:(?!</p>).)*)</p>\s*<p class="kind">'
    found = re.findall(one, joining(client), re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", behind or in_sight)).strip() for behind, in_sight in found]


def leads(client) -> list[str]:
    """How what stands beneath combines, each time that the page says it."""
    return re.findall(r'<p class="combine">(.*?)</p>', joining(client))


def official(client) -> str:
    """The words of the complete official text."""
    html = client.get(PAGE).content.decode()
    return words_of(re.search(r'<details[^>]* id="official-rules">.*?</details>', html, re.DOTALL).group())


def row(trial: Trial, key: str, text: str, *, parent: Criterion | None = None, **more) -> Criterion:
    kind = "inclusion" if key.startswith("I") else "exclusion"
    place = {"position": Criterion.objects.count(), "source_start": 0, "source_end": 1}
    return Criterion.objects.create(trial=trial, key=key, kind=kind, text=text, parent=parent, **place, **more)


@pytest.fixture
def bare() -> Trial:
    """A trial whose criteria the test itself writes."""
    trial = stored(eligibilityModule=RULES)
    Criterion.objects.all().delete()
    return trial


def test_who_may_and_who_may_not_join_stand_under_plain_headings_with_all_that_is_beneath(client):
    store(study(eligibilityModule=RULES))
    words = words_of(joining(client))
    assert re.search(r"You may be able to join if You have lupus .*[Rr]ash.*[Ff]ever.* You may not be able", words)
    assert "You may not be able to join if You are pregnant. Official wording Pregnancy" in words
    assert words.count("Our software made these lists from the official text. It can make mistakes.") == 1
    assert "The study team decides who can join." in words


def test_each_line_opens_to_its_official_words_and_its_place_in_the_record(client):
    store(study(eligibilityModule=RULES))
    opened = re.findall(r'<details class="wording">(.*?)</details>', joining(client), re.DOTALL)
    assert [words_of(one) for one in opened] == [
        "Official wording SLE Inclusion 1 in the record",
        "Official wording Two of the following: Inclusion 2 in the record",
        "Official wording Rash Inclusion 2.1 in the record",
        "Official wording Fever Inclusion 2.2 in the record",
        "Official wording Pregnancy Exclusion 1 in the record",
    ]
    assert all('<q lang="en">' in one for one in opened)


def test_each_place_is_marked_in_the_complete_text(client):
    store(study(eligibilityModule=RULES))
    html = client.get(PAGE).content.decode()
    links = re.findall(r'class="in-record" href="#([^"]+)"', html)
    places = dict(re.findall(r'<span class="place" id="([^"]+)" data-label="[^"]+" lang="en"></span>(\w+)', html))
    assert links == ["rule-I1", "rule-I2", "rule-I3", "rule-I4", "rule-E1"]
    assert list(places.values()) == ["SLE", "Two", "Rash", "Fever", "Pregnancy"] and set(places) == set(links)


def test_the_official_text_is_one_tap_away(client):
    store(study(eligibilityModule=RULES))
    assert official(client).startswith("Rules for joining The complete text of the registry.")
    assert "Inclusion Criteria: SLE Two of the following: Rash Fever Exclusion Criteria: Pregnancy" in official(client)


def test_what_has_no_plain_words_is_marked_as_official(client, bare):
    text = f"Subjects {'who were told of it, ' * 100}may enter."  # longer than any sentence that we write
    row(bare, "I1", text)
    assert f"{text} Official wording" in words_of(joining(client))
    assert 'class="wording"' not in joining(client) and '<p class="rule"><span lang="en">' in joining(client)


@pytest.mark.parametrize(
    "join, lead",
    [("all", "All of these:"), ("any", "Any one of these:"), ("2", "At least 2 of these:"), ("", "")],
)
def test_how_children_combine_is_said_in_words_above_them(client, bare, join, lead):
    parent = row(bare, "I1", "Signs", join=join)
    row(bare, "I2", "Rash", parent=parent)
    row(bare, "I3", "Fever", parent=parent)
    assert wordings(client) == ["Signs", "Rash", "Fever"]
    assert leads(client) == ([lead] if lead else [])


# Ends of criteria that stand above others, as registries write them.
@pytest.mark.parametrize(
    "text, join, lead",
    [
        ("Any of the following infections:", "any", ""),
        ("Any of these medicines or treatments :", "any", ""),
        ("Subject must fulfill at least one of the following three criteria:", "any", ""),
        ("Fulfilling 1 of the following 2 criteria during the Screening Period:", "any", ""),
        ("Female subject must be either:", "any", ""),
        ("At screening subject has active RA as evidenced by both of the following", "all", ""),
        ("Eligibility according to the following criteria:", "all", "All of these:"),
        ("One of these alone is not enough). For steroids by mouth:", "any", "Any one of these:"),
        ("Any therapy by injection:", "any", "Any one of these:"),
        ("Interstitial lung disease", "any", "Any one of these:"),
        ("Hand pain, aching or stiffness and 2 of the following points;", "2", ""),
        ("Patients must meet two of the following seven criteria:", "2", ""),
        ("The Bird criteria will be used. 2 or more features are required.", "2", "At least 2 of these:"),
        ("A score of 1.2 of the following:", "2", "At least 2 of these:"),
        ("6 swollen joints out of 66 with at least 1 of the following at screening:", "66", ""),
        ("any " * 50_000, "any", "Any one of these:"),
    ],
)
def test_how_children_combine_is_not_said_twice(client, bare, text, join, lead):
    parent = row(bare, "I1", text.strip(), join=join)
    row(bare, "I2", "Rash", parent=parent)
    row(bare, "I3", "Fever", parent=parent)
    assert leads(client) == ([lead] if lead else [])


def test_in_another_language_it_is_said_though_the_english_words_say_it(client, bare):
    parent = row(bare, "I1", "Any of the following infections:", join="any")
    row(bare, "I2", "Rash", parent=parent)
    row(bare, "I3", "Fever", parent=parent)
    assert leads(client) == []
    assert len(re.findall('<p class="combine">', client.get(f"/es{PAGE}").content.decode())) == 1


@pytest.mark.parametrize("letter, lead", [("I", "One of these:"), ("E", "Any one of these:")])
def test_alternatives_that_are_no_groups_are_not_called_so(client, bare, letter, lead):
    row(bare, f"{letter}1", "Six swollen joints", any_of=1)
    row(bare, f"{letter}2", "A raised CRP", any_of=1)
    assert leads(client) == [lead] and wordings(client) == ["Six swollen joints", "A raised CRP"]
    assert f"join if {lead}" in words_of(joining(client))


def test_alternatives_stand_together_as_one_of_these_groups(client, bare):
    one = row(bare, "I1", "SLE group", any_of=1)
    row(bare, "I2", "Lupus", parent=one)
    row(bare, "I3", "Age 18 or older")
    other = row(bare, "I4", "Healthy group", any_of=1)
    row(bare, "I5", "No disease", parent=other)
    assert "join if One of these groups:" in words_of(joining(client))
    assert wordings(client) == ["SLE group", "Lupus", "Healthy group", "No disease", "Age 18 or older"]


def test_deep_trees_are_nested_lists_in_reading_order(client, bare):
    parent = None
    for depth in range(1, 7):
        parent = row(bare, f"I{depth}", f"Level {depth}", parent=parent)
    html = joining(client)
    assert wordings(client) == [f"Level {depth}" for depth in range(1, 7)]
    assert html.count("<ul") == html.count("</ul>") >= 6


def test_a_tree_deeper_than_a_page_can_show_is_complete_all_the_same(client, bare):
    parent = None
    for depth in range(1, 301):
        parent = row(bare, f"I{depth}", f"Level {depth}.", parent=parent)
    assert wordings(client) == [f"Level {depth}." for depth in range(1, 301)]


def test_a_side_without_rules_is_said_to_be_so(client, bare):
    row(bare, "I1", "SLE")
    assert "You may not be able to join if The registry lists no rules of this kind." in words_of(joining(client))


def test_a_text_that_was_not_understood_is_shown_as_it_stands(client, bare):
    words = words_of(joining(client))
    assert "Official rules The complete text of the registry." in words
    assert "Inclusion Criteria: SLE Two of the following: Rash Fever" in words and "Our software" not in words


def test_repairs_that_were_made_are_told_beside_the_official_text(client, bare):
    row(bare, "I1", "SLE")
    made = {"reason": "word_doubled", "written": "the the", "shown": "the", "source_start": 0, "source_end": 7}
    proposed = {**made, "written": "5 mg", "shown": "≥ 5 mg", "made": False}
    CriteriaReading.objects.update(ledger=[{**made, "made": True}, proposed])
    assert "Written: “ the the ”. We show: “ the ”. A word stands here twice." in official(client)
    assert "5 mg" not in official(client)
    assert "We put one fault in the words right. It is named below the official text." in words_of(joining(client))


def test_a_repair_that_an_editor_has_written_over_is_not_told(client, bare):
    row(bare, "I1", "SLE, checked", from_editor=True)
    gone = {"reason": "word_doubled", "written": "the the", "shown": "the", "source_start": 0, "source_end": 7}
    kept = {**gone, "written": "SLE SLE", "shown": "SLE"}
    CriteriaReading.objects.update(ledger=[{**one, "made": True} for one in (gone, kept)])
    assert "the the" not in official(client) and "Written: “ SLE SLE ”" in official(client)


def test_an_editors_lists_are_said_to_be_an_editors(client):
    trial = stored(eligibilityModule=RULES)
    one = {
        "id": "I1",
        "kind": "inclusion",
        "parent": None,
        "text": "Lupus, checked",
        "source_start": 0,
        "source_end": 3,
    }
    criteria = [{**one, "join": None, "rules": []}]
    editor = User.objects.create_user("editor")
    save_correction(trial, criteria, editor=editor, text_hash=text_hash_of(trial.eligibility_criteria))
    assert wordings(client) == ["Lupus, checked"] and "Our editor made these lists" in words_of(joining(client))


def test_markup_in_a_criterion_stays_text(client, bare):
    row(bare, "I1", "<script>alert(1)</script> & more")
    assert "<script>alert" not in joining(client)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in joining(client)


@pytest.mark.parametrize("number", [1, 300])
def test_any_number_of_criteria_costs_the_same_queries(client, bare, django_assert_num_queries, number):
    top = row(bare, "I1", "Top")
    for n in range(2, number + 2):
        row(bare, f"I{n}", f"Rule {n}", parent=top if n % 2 else None)
    with django_assert_num_queries(18):
        client.get(PAGE)
