"""Every text of ours on every page goes through the catalogues, and what is the registry's is marked as English."""

import re
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from finder.mail_links import MESSAGES
from finder.messages import form as message_form
from finder.views import errors
from tests.mail_server import set_up_mail
from tests.places import store_places
from tests.pseudo_language import LANGUAGE, Shown, untranslated, write_catalogue
from tests.studies import site, store, study
from trials import labels
from trials.conditions import conditions
from trials.models import Message
from trials.plain_language import tongue

# Names are in other letters, so that a Latin one is of ours, or stands in a text that must be marked as English.
NAMES = {
    "armsInterventionsModule": {
        "armGroups": [{"label": "Testumab", "type": "EXPERIMENTAL"}],
        "interventions": [
            {"type": "DRUG", "name": "Тестумаб", "armGroupLabels": ["Testumab"]},
            {"type": "BEHAVIORAL", "name": "Движение", "armGroupLabels": ["Testumab"]},
        ],
    },
    "contactsLocationsModule": {
        "locations": [site("Больница", "Берлин", status="RECRUITING"), site("Клиника", "Лион", "France")],
        "centralContacts": [{"name": "Анна", "role": "CONTACT", "phone": "+49 30 1234", "email": "anna@example.org"}],
    },
    "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Университет", "class": "OTHER"}},
    "identificationModule": {"orgStudyIdInfo": {"id": "90-1"}},
}
FINISHED = {
    "statusModule": {"overallStatus": "COMPLETED"},
    "designModule": {"studyType": "OBSERVATIONAL", "phases": [], "designInfo": {"observationalModel": "COHORT"}},
}
# As much of a record as a page can show, with what we put right in it.
FULL = {
    **NAMES,
    "statusModule": {
        "overallStatus": "SUSPENDED",
        "whyStopped": "Waiting for the drug",
        "lastUpdatePostDateStruct": {"date": "2023-01-01", "type": "ACTUAL"},
        "primaryCompletionDateStruct": {"date": "2024", "type": "ESTIMATED"},
        "completionDateStruct": {"date": "2024-12", "type": "ESTIMATED"},
    },
    "descriptionModule": {"detailedDescription": "There are two groups.\n\n* One\n* Two"},
    "eligibilityModule": {
        "eligibilityCriteria": "Inclusion Criteria:\n\n1. One of the following:\n   * SLEDAI \\> 6\n   * Nephritis\n\n"
        "Exclusion Criteria:\n\n* Patients with with infection\n* Pregnancy pregnancy",
        "genderBased": True,
        "genderDescription": "Women only",
        "studyPopulation": "People from one clinic",
        "minimumAge": "6 Months",
    },
    "outcomesModule": {
        "primaryOutcomes": [{"measure": "SRI-4", "description": "A score", "timeFrame": "Week 52"}],
        "secondaryOutcomes": [{"measure": "Flares"}],
    },
    "sponsorCollaboratorsModule": {
        "leadSponsor": {"name": "Университет", "class": "OTHER"},
        "collaborators": [{"name": "Завод", "class": "INDUSTRY"}],
    },
    "identificationModule": {
        "acronym": "ТЕСТ",
        "orgStudyIdInfo": {"id": "90-1"},
        "secondaryIdInfos": [{"id": "2026-1", "type": "EUDRACT_NUMBER"}],
    },
    "contactsLocationsModule": {
        "locations": [site("", "Берлин", "Атлантида"), site("Клиника", "Лион", "France", status="WITHDRAWN")],
        "overallOfficials": [{"name": "Иван", "affiliation": "Академия", "role": "STUDY_CHAIR"}],
    },
}
BARE = {"protocolSection": {"identificationModule": {"nctId": "NCT90000033"}}}
PAGES = [
    "/", "/conditions/", "/learn/", "/about/", "/privacy/", "/accessibility/", "/api/", "/studies/", "/studies/?page=2",
    "/studies/?q=狼疮&age=40&status=RECRUITING&phase=PHASE2&country=DE&sex=female&type=INTERVENTIONAL",
    "/studies/?q=狼疮&age=40&country=JP&status=RECRUITING",
    "/studies/?condition=я&status=я&phase=я&age=я&sex=я&country=я&type=я&scope=я&page=я",
        "/studies/?scope=all",
        "/learn/words/",
        "/learn/words/?kind=test",
        "/learn/words/?q=абв",
]  # fmt: skip
SEARCHES = ["абв", "lupsu", "pm", "狼疮 абв", "я" * 300]


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    write_catalogue(folder)
    return folder


@pytest.fixture(autouse=True)
def pseudo_language(catalogues, settings, monkeypatch):
    settings.LOCALE_PATHS = [catalogues]
    monkeypatch.setattr(tongue, "LOCALES", catalogues)
    tongue.tongue.cache_clear()
    yield
    tongue.tongue.cache_clear()


@pytest.fixture
def studies(db):
    store(
        *(study(f"NCT900000{n:02}", **NAMES) for n in range(1, 25)),
        study("NCT90000030", **{**NAMES, **FINISHED}),
        study("NCT90000031", **{**NAMES, "conditionsModule": {"conditions": ["Malaria"], "keywords": []},
                                "identificationModule": {"briefTitle": "Malaria", "officialTitle": ""}}),
    )  # fmt: skip


def page(client, path: str, status: int = 200, **headers: str) -> str:
    response = client.get(f"/{LANGUAGE}{path}", headers=headers)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_no_text_of_a_page_misses_the_catalogues(client, studies, path):
    html = page(client, path)
    assert html.count("⟦") > 20
    assert untranslated(html) == []


@pytest.mark.parametrize("search", SEARCHES)
def test_no_answer_to_a_search_misses_the_catalogues(client, studies, search):
    html = page(client, f"/studies/?q={search}").replace("“⟧lupus⟦”", "")  # the visitor's word, spelled right
    assert untranslated(html, said=search) == []


def test_what_is_swapped_into_the_list_is_translated(client, studies):
    part = page(client, "/studies/?q=狼疮", **{"HX-Request": "true"})
    assert "<html" not in part and untranslated(part) == []


@pytest.mark.parametrize("condition", conditions(), ids=lambda condition: condition.slug)
def test_no_condition_misses_the_catalogues(client, studies, condition):
    assert untranslated(page(client, f"/conditions/{condition.slug}/")) == []


@pytest.mark.parametrize("source", ["sample:test", ""])
@pytest.mark.django_db
def test_the_notices_of_samples_and_of_an_empty_site_are_translated(client, source):
    if source:
        store(study(**NAMES), source=source)
    for path in ("/", "/studies/", "/conditions/sle/"):
        assert untranslated(page(client, path)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nowhere/", "/studies/NCT12345678/", "/studies/NCT9/", "/conditions/nope/"])
def test_what_is_not_found_is_said_in_the_language_of_the_address(client, path):
    assert untranslated(page(client, path, 404)) == []


@pytest.mark.parametrize(
    "view", [errors.bad_request, errors.permission_denied, errors.server_error, errors.database_down]
)
def test_each_error_is_translated(rf: RequestFactory, view):
    with override(LANGUAGE):
        html = view(rf.get(f"/{LANGUAGE}/")).content.decode()
    assert "⟦" in html and untranslated(html) == []


def test_every_label_of_the_registrys_words_is_translated():
    with override(LANGUAGE):
        said = [str(label) for table in labels.LABELS.values() for label in table.values()]
    assert [label for label in said if not label.startswith("⟦")] == []


@pytest.mark.parametrize("part", ["", "handout/"])
@pytest.mark.parametrize("near", ["北京", "日本", "абв"])
def test_no_distance_and_no_answer_about_a_place_misses_the_catalogues(client, db, near, part):
    store_places()
    there = {"status": "RECRUITING", "geoPoint": {"lat": 52.5, "lon": 13.4}}
    sites = [site("Больница", "Берлин", **there) for _ in range(6)] + [site("Клиника", "Лион", "France")]
    store(study(**{**NAMES, "contactsLocationsModule": {"locations": sites}}))
    html = page(client, f"/studies/NCT90000001/{part}?near={near}")
    assert near in html and untranslated(html, said=near) == []


@pytest.mark.parametrize("part", ["", "handout/", "changes/"])
def test_no_text_of_a_study_misses_the_catalogues(client, studies, part):
    store(study("NCT90000032", **FULL), BARE)
    paths = [f"/studies/NCT900000{number}/{part}" for number in ("01", "30", "32", "33")]
    missed = {path: untranslated(page(client, path)) for path in paths}
    assert {path: texts for path, texts in missed.items() if texts} == {}


def test_no_change_of_a_record_misses_the_catalogues(client, studies):
    """From one record to another in which everything differs, and back."""
    later, last = ({"date": day, "type": "ACTUAL"} for day in ("2026-11-01", "2026-11-02"))
    full = {**FULL, "statusModule": {**FULL["statusModule"], "lastUpdatePostDateStruct": later}}
    back = {**NAMES, "statusModule": {"lastUpdatePostDateStruct": last}}
    store(study("NCT90000032", **NAMES), study("NCT90000032", **full), study("NCT90000032", **back))
    html = page(client, "/studies/NCT90000032/changes/")
    assert html.count('<section class="version') == 3 and "<ins>" in html
    assert untranslated(html) == []


def test_the_eye_of_this_test_sees_texts_attributes_and_what_is_marked():
    shown = Shown()
    shown.feed(
        '<html lang="zh-hans"><meta name="description" content="a"><p title="b">c<i lang="en">no<b lang="zh-hans">d</b>'
        '</i></p><input placeholder="e"><svg><text>f</text></svg><option value="no">g</option><code>no</code>'
        '<datalist><option value="h"></option></datalist></html>'
    )
    assert "".join(shown.texts) == "abcdefgh"


def test_no_step_of_a_message_misses_the_catalogues(client, db, settings, monkeypatch):
    settings.MESSAGES = True
    set_up_mail(settings, 1)
    monkeypatch.setattr(message_form, "LEAST_SECONDS", -1)
    contacts = {"locations": [site("Клиника", "Лион", "France", status="RECRUITING")]}
    contacts["centralContacts"] = [{"name": "Анна", "email": "anna@study-team.org"}]
    store(study(**{**NAMES, "contactsLocationsModule": contacts}))
    path = f"/{LANGUAGE}/studies/NCT90000001/message/"
    typed = {"name": "Ада", "email": "ada@home.org", "text": "Позвоните мне, прошу", "consent": "yes"}
    pages = [
        client.get(path),
        client.post(path, {}),
        client.post(path, {**typed, "phone": "я"}),
        client.post(path, typed),
    ]
    began = re.search(r'name="began" value="([^"]+)"', pages[-1].content.decode()).group(1)
    pages.append(client.post(path, {**typed, "do": "send", "began": began}))
    message = Message.objects.get()
    for state in Message.State:
        settled = None if state in ("unconfirmed", "waiting") else timezone.now()
        Message.objects.update(state=state, settled_at=settled, sealed=None if settled else b"x")
        pages.append(client.get(f"/{LANGUAGE}/message/{MESSAGES.of(message.pk)}/"))
    assert [untranslated(one.content.decode()) for one in pages] == [[]] * 10
