"""The plain sentences of a study's page: who checked them, where they come from, and the words that they explain."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from finder.presenters.plain import headline_of
from tests.finder.conftest import PAGE, html_of, section, words_of
from tests.studies import store, stored, study
from trials.models import Trial, TrialEditorial
from trials.plain_language.model import Section
from trials.summaries import ReviewState, ShownSentence, ShownSummary, shown_summary

pytestmark = pytest.mark.django_db

PLACEBO = {
    "armGroups": [
        {"label": "Testumab", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Testumab"]},
        {"label": "Placebo", "type": "PLACEBO_COMPARATOR", "interventionNames": ["Drug: Placebo"]},
    ],
    "interventions": [
        {"type": "DRUG", "name": "Testumab", "armGroupLabels": ["Testumab"]},
        {"type": "DRUG", "name": "Placebo", "armGroupLabels": ["Placebo"]},
    ],
}


def checked(trial: Trial, *, but: Section | None = None, headline: str = "", **by: object) -> ShownSummary:
    """The trial's summary as if an editor had checked all sections but one."""
    draft = shown_summary(trial, "en")
    sentences = tuple(
        ShownSentence(one.section, one.text, one.sources, one.origin, reviewed=one.section is not but)
        for one in draft.sentences
        if not headline or one.section is not Section.HEADLINE
    )
    if headline:
        sentences = (ShownSentence(Section.HEADLINE, headline, ("x",), "edited", reviewed=True), *sentences)
    state = ReviewState.PARTLY if but else ReviewState.REVIEWED
    return ShownSummary(draft.nct_id, draft.lang, state, sentences, **by)


@pytest.fixture
def show(monkeypatch) -> Callable[[ShownSummary], None]:
    """Let pages show this summary."""
    return lambda shown: monkeypatch.setattr("finder.presenters.study.shown_summary", lambda trial, lang: shown)


def test_the_sections_stand_in_the_order_in_which_people_ask(client):
    store(study(armsInterventionsModule=PLACEBO))
    ids = re.findall(r'<h2 id="([^"]+)"', html_of(client))
    assert ids == [
        "notes-here",  # hidden until there are any
        "tests", "happens", "joining", "not-stated", "questions", "where", "dates", "changed", "runs", "conditions",
        "official", "words",
        "keep-ask-title",  # of the dialog that asks before anything is kept
    ]  # fmt: skip


def test_the_headline_is_plain_and_the_registrys_title_stands_below_it(client):
    store(study())
    html = html_of(client)
    assert "<h1>A study of testumab in people with lupus (SLE)</h1>" in html
    assert 'Title in the registry: <span lang="en">Testumab in Lupus</span>' in html
    assert "<title>A study of testumab in people with lupus (SLE) · NCT90000001</title>" in html
    assert '<meta name="description" content="A study of testumab in people with lupus (SLE) · ' in html


def test_without_a_plain_headline_the_registrys_own_is_marked_as_english(client):
    store({"protocolSection": {"identificationModule": {"nctId": "NCT90000001", "briefTitle": "Bare title"}}})
    html = html_of(client, f"/es{PAGE}")
    assert '<h1 lang="en">Bare title</h1>' in html and '<title lang="en">Bare title · NCT90000001</title>' in html
    assert "Title in the registry" not in html


def test_an_editors_title_comes_before_an_unchecked_headline_and_after_a_checked_one():
    TrialEditorial.objects.create(trial=stored(), plain_title="Our own title")
    trial = Trial.objects.with_parts().get()
    assert headline_of(trial, shown_summary(trial, "en")).text == "Our own title"
    assert headline_of(trial, checked(trial, headline="A checked headline.")).text == "A checked headline"


def test_a_draft_says_that_nobody_has_checked_it(read):
    store(study())
    assert "Written by rules from the registry, not yet checked by an editor." in read(PAGE)


def test_a_checked_text_says_by_whom_and_when(client, show):
    stored()
    trial = Trial.objects.with_parts().get()
    by = {"checked_by": "Ana Ruiz", "checked_at": datetime(2026, 11, 2, 12, tzinfo=UTC)}
    show(checked(trial, **by))
    page = words_of(html_of(client))
    assert "Checked by Ana Ruiz on 2 November 2026." in page
    assert "not yet checked" not in page and "Not yet checked" not in page
    by |= {"second_by": "Li Wei", "second_at": datetime(2026, 11, 4, 12, tzinfo=UTC)}
    show(checked(trial, **by))
    assert "Checked by Ana Ruiz on 2 November 2026 and by Li Wei on 4 November 2026." in words_of(html_of(client))


def test_of_a_text_checked_in_part_the_rest_is_marked(client, show):
    stored()
    by = {"checked_by": "Ana Ruiz", "checked_at": datetime(2026, 11, 2, 12, tzinfo=UTC)}
    show(checked(Trial.objects.with_parts().get(), but=Section.MAY_NOT_JOIN, **by))
    page = words_of(html_of(client))
    assert "Checked in part by Ana Ruiz on 2 November 2026. 1 sentence is written by rules" in page
    assert page.count("Not yet checked") == 1 and "You are pregnant. Not yet checked" in page


def test_a_published_summary_is_what_the_page_shows(client):
    """Through the tables: the editor's words, name and date, in one query more than a draft."""
    from trials.models import PlainSentence, PlainSummary
    from trials.plain_language.writer import WRITER_VERSION
    from trials.summaries import source_hash

    stored()
    trial = Trial.objects.with_parts().get()
    editor = User.objects.create_user("ana", first_name="Ana", last_name="Ruiz")
    kept = PlainSummary.objects.create(
        trial=trial, language="en", state="PUBLISHED", edited_by=editor, checked_by=editor,
        checked_at=datetime(2026, 11, 2, 12, tzinfo=UTC), writer_version=WRITER_VERSION,
    )  # fmt: skip
    for position, one in enumerate(shown_summary(trial, "en").sentences):
        text = "You expect a baby." if one.section is Section.MAY_NOT_JOIN else one.text
        PlainSentence.objects.create(
            summary=kept, position=position, section=one.section, text=text, written=one.text,
            origin=one.origin if text == one.text else "edited", sources=list(one.sources),
            source_hash=source_hash(trial, one.sources),
        )  # fmt: skip
    page = words_of(html_of(client))
    assert "You expect a baby. Official wording Pregnancy" in page and "Checked by Ana Ruiz on 2 November 2026." in page
    assert "You are pregnant" not in page


def test_each_section_says_which_fields_it_is_from_and_what_they_say(client):
    store(study(armsInterventionsModule=PLACEBO))
    tests = words_of(section(client, "tests"))
    assert "Where is this from? What is given or done Testumab (Drug) The whole text" in tests
    assert "Phase Phase 2" in tests
    where = words_of(section(client, "where"))
    assert "Sites Germany: 1 site The whole text People About 60 people Status Open to join Run by Example" in where
    for name in ("tests", "happens", "where", "not-stated"):
        html = section(client, name)
        assert html.count('<details class="from">') == 1
        targets = re.findall(r'<a href="#([^"]+)"', html)
        assert all(f'id="{target}"' in html_of(client) for target in targets)


def test_the_chance_of_a_placebo_is_said(client):
    summary = {"briefSummary": "People are randomised 1:1 to testumab or placebo."}
    store(study(armsInterventionsModule=PLACEBO, descriptionModule=summary))
    assert "one in two" in words_of(section(client, "happens"))
    assert "What could happen to my disease if I get the placebo?" in words_of(section(client, "questions"))


@pytest.mark.parametrize(
    ("modules", "asked", "not_asked"),
    [
        ({}, "Could a pregnancy be a problem", "Would I have to stop a medicine?"),
        (
            {"eligibilityModule": {"eligibilityCriteria": "Exclusion Criteria:\n\n* Rituximab within 6 months"}},
            "Would I have to stop a medicine? Do not stop one without your doctor.",
            "Could a pregnancy be a problem",
        ),
        (
            {"armsInterventionsModule": {"interventions": [{"type": "BIOLOGICAL", "name": "CD19 CAR-T cells"}]}},
            "How does it act on my immune system, and for how long?",
            "What is taken from me",
        ),
        (
            {"designModule": {"studyType": "OBSERVATIONAL", "designInfo": {}}},
            "What is taken from me, such as blood, and who sees my data?",
            "What are the risks for me",
        ),
        ({"contactsLocationsModule": {"locations": []}}, "Could this study fit me", "How often would I have to travel"),
    ],
)
def test_the_questions_fit_the_study(client, modules, asked, not_asked):
    store(study(**modules))
    questions = words_of(section(client, "questions"))
    assert asked in questions and not_asked not in questions


def test_which_diseases_may_join_is_taken_from_the_rules_and_not_from_the_title(client):
    title = {"briefTitle": "Testumab in Connective Tissue Disease"}
    criteria = "Inclusion Criteria:\n\n* Diagnosis of systemic sclerosis or rheumatoid arthritis with ILD\n"
    store(study(identificationModule=title, eligibilityModule={"eligibilityCriteria": criteria}))
    words = words_of(section(client, "joining"))
    assert "Which diseases may join Taken from the rules for joining, not from the title." in words
    may, cannot = words.split("Probably cannot join")
    assert "May be able to join Systemic sclerosis (scleroderma)" in may
    assert "Sjögren’s disease" in cannot and "Dermatomyositis" in cannot
    shapes = re.findall(r'<span class="status status-(\w+)">', section(client, "joining"))
    assert shapes[0] == "full" and shapes[-1] == "empty"


def test_where_the_rules_name_no_disease_no_table_is_shown(client):
    store(study(eligibilityModule={"eligibilityCriteria": "Inclusion Criteria:\n\n* Age 18 or older\n"}))
    assert "Which diseases may join" not in words_of(html_of(client))


def test_what_the_registry_does_not_say_holds_what_people_ask_and_what_is_missing(client):
    store(study(statusModule={"completionDateStruct": None}))
    words = words_of(section(client, "not-stated"))
    assert "The registry does not say if travel is paid." in words
    assert "These facts are not stated in the registry" in words and "The end date" in words


def test_the_status_of_a_study_that_left_the_registry_is_not_said_again(read):
    store(study())
    assert "The study is open. You can ask to join." in read(PAGE)
    Trial.objects.update(gone_since="2026-11-02T00:00:00Z")
    assert "The study is open. You can ask to join." not in read(PAGE)


def test_nothing_of_the_record_is_lost(read):
    store(study(descriptionModule={"detailedDescription": "There are two groups.\n\n* One\n* Two"}))
    page = read(PAGE)
    for words in ("The study tests testumab in adults", "There are two groups. One Two", "SRI-4 response", "TEST-1"):
        assert words in page


def test_another_language_says_once_which_parts_are_english_and_marks_them(client):
    store(study())
    html = html_of(client, f"/es{PAGE}")
    assert html.count("own words; we have no reviewed translation") + html.count("traducción revisada") == 1
    for words in ("Testumab in Lupus", "Example University", "Charité", "SRI-4 response", "Pregnancy"):
        assert re.search(rf'lang="en"[^>]*>(?:<[^>]+>)*{words}', html), words
    assert "Parts in English" not in html_of(client)
