"""A study's page: every fact of its record in plain words, and what is said of those that are missing."""

import re

import pytest

from tests.finder.conftest import words_of
from tests.studies import site, store, study
from trials.models import RecordVersion, Trial, TrialEditorial

pytestmark = pytest.mark.django_db

PAGE = "/studies/NCT90000001/"
BARE = {"protocolSection": {"identificationModule": {"nctId": "NCT90000001"}}}


def test_shows_every_fact_of_the_record(read):
    store(study())
    page = read(PAGE)
    for words in (
        "Testumab in Lupus",
        "Official title: A Randomised Study of Testumab in Systemic Lupus Erythematosus",
        "Open to join",
        "The study tests testumab in adults with lupus.",
        "18 years to 75 years",
        "All sexes",
        "About 60 people",
        "By chance (randomised)",
        "Gets a placebo",
        "SRI-4 response",
        "Week 52",
        "Example University",
        "TEST-1",
        "Charité",
        "Berlin",
        "Germany",
        "Lupus (SLE)",
        "Systemic Lupus Erythematosus",
        "March 2025",
        "December 2028",
        "Inclusion Criteria: Active disease Exclusion Criteria: Pregnancy",
    ):
        assert words in page, words


def test_links_to_the_official_record_without_a_referrer(client):
    store(study())
    assert (
        'href="https://clinicaltrials.gov/study/NCT90000001" rel="noopener noreferrer"'
        in client.get(PAGE).content.decode()
    )


def test_the_id_is_read_in_any_case(client):
    store(study())
    response = client.get("/studies/nct90000001/")
    assert (response.status_code, response.url) == (301, PAGE)


def test_an_unknown_id_offers_the_registry_and_a_search(client):
    response = client.get("/studies/NCT12345678/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "https://clinicaltrials.gov/study/NCT12345678" in html
    assert 'action="/studies/"' in html


def test_what_is_no_id_says_what_an_id_looks_like(client):
    response = client.get("/studies/LUPUS/")
    assert response.status_code == 404
    assert "begins with NCT" in words_of(response.content.decode())
    assert "clinicaltrials.gov/study/" not in response.content.decode()


def test_a_study_taken_off_the_pages_is_said_to_be_so(client):
    store(study())
    TrialEditorial.objects.create(trial=Trial.objects.get(), hidden=True, hidden_reason="Wrong record")
    response = client.get(PAGE)
    html = response.content.decode()
    assert response.status_code == 404
    assert "Our editors have taken the study NCT90000001 off these pages." in words_of(html)
    assert "We have no study" not in html and "Wrong record" not in html
    assert 'href="https://clinicaltrials.gov/study/NCT90000001"' in html


def test_a_record_read_in_part_blames_no_registry(client):
    store(BARE)
    Trial.objects.update(read_in_part=True)
    html = client.get(PAGE).content.decode()
    page = words_of(html)
    assert "We have read only a part of this record. The official record may say more." in page
    assert "These facts are not in the part that we have:" in page and "Whom to contact" in page
    assert "The sites are not in the part of the record that we have." in page
    assert "The official rules are not in the part of the record that we have." in page
    assert "not stated in the registry" not in page and "What the registry does not say" not in page


@pytest.mark.parametrize(
    ("design", "sentence"),
    [
        ({"masking": "NONE"}, "Everybody knows who gets what (open label)"),
        ({"masking": "QUADRUPLE"}, "Some of the people involved are kept unaware of who gets what"),
    ],
)
def test_masking_is_said_in_plain_words(read, design, sentence):
    store(study(designModule={"designInfo": {"maskingInfo": design, "primaryPurpose": "OTHER"}}))
    page = read(PAGE)
    assert sentence in page
    assert "Purpose" not in page


def test_only_a_date_that_can_be_planned_is_called_planned(read):
    posted = {"date": "2025-01-15", "type": "ESTIMATED"}
    store(study(statusModule={"studyFirstPostDateStruct": posted}))
    page = read(PAGE)
    assert "First posted 15 January 2025 Start March 2025" in page
    assert "End December 2028 (planned)" in page
    assert "(actual)" not in page


def test_a_bare_record_lists_what_is_missing_and_shows_no_empty_label(client):
    store(BARE)
    Trial.objects.update(read_in_part=False)
    html = client.get(PAGE).content.decode()
    page = words_of(html)
    assert "What the registry does not say" in page
    for gap in (
        "Whom to contact",
        "Where the study runs",
        "The end date",
        "How many people take part",
        "What is tested",
    ):
        assert gap in page
    assert "The sites are not stated in the registry (checked 20 November 2026)." in page
    assert not re.search(r"<(dd|td|h\d|li|p|dt|summary)[^>]*>\s*</\1>", html)
    assert not re.search(r"\b(None|null|undefined|nan)\b|\{\{|\{%", page)


def test_never_shows_a_raw_token(read):
    design = {
        "designInfo": {
            "allocation": "NON_RANDOMIZED",
            "interventionModel": "SINGLE_GROUP",
            "primaryPurpose": "HEALTH_SERVICES_RESEARCH",
            "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "OUTCOMES_ASSESSOR"]},
        },
        "phases": ["PHASE1", "PHASE2"],
    }
    contacts = [{"name": "Desk", "role": "PRINCIPAL_INVESTIGATOR"}]
    store(
        study(
            designModule=design,
            identificationModule={"secondaryIdInfos": [{"id": "2025-1", "type": "EUDRACT_NUMBER"}]},
            contactsLocationsModule={"locations": [site(status="NOT_YET_RECRUITING", contacts=contacts)]},
        )
    )
    page = read(PAGE)
    assert not re.findall(r"\b[A-Z]+_[A-Z_0-9]+\b", page)
    assert not re.search(r"\b(RECRUITING|ALL|DRUG|RANDOMIZED|PHASE\d)\b", page)
    assert "Kept unaware of who gets what: you and those who measure the results" in page
    assert "Phase 1 and Phase 2" in page and "EudraCT number" in page and "Principal investigator" in page


def test_an_escaped_criterion_is_shown_as_it_was_meant(read):
    inclusion = "Inclusion Criteria:\n\n* FVC \\> 40%\n* weight &lt; 90 kg<br>\n\n"
    text = inclusion + "Exclusion Criteria:\n\n1. one\n2. two\n   * two b"
    store(study(eligibilityModule={"eligibilityCriteria": text}))
    page = read(PAGE)
    assert page.count("FVC > 40%") == page.count("weight < 90 kg") == 2  # the line's wording, and the complete text
    assert "1. one 2. two two b" in page
    assert "\\" not in page and "<br" not in page


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ({"overallStatus": "UNKNOWN"}, "The study team has not confirmed the status for a long time."),
        ({"completionDateStruct": {"date": "2025-06"}}, "The stated end of the study, June 2025, has passed."),
        (
            {"lastUpdatePostDateStruct": {"date": "2024-01-02", "type": "ACTUAL"}},
            "The registry last changed this record on 2 January 2024, more than 12 months ago.",
        ),
    ],
)
def test_what_may_be_out_of_date_says_call_first_and_why(read, status, sentence):
    store(study(statusModule=status))
    page = read(PAGE)
    assert "Call first." in page and sentence in page


def test_a_study_gone_from_the_registry_says_so(read):
    store(study())
    Trial.objects.update(gone_since="2026-11-02T00:00:00Z")
    assert "The registry no longer lists this study. We noticed on 2 November 2026." in read(PAGE)


def test_the_editors_words_are_marked_as_the_editors(client, read):
    store(study())
    note = "Travel is paid.\n\nAsk first. <b>"
    TrialEditorial.objects.create(trial=Trial.objects.get(), plain_title="A plain title", public_note=note)
    page = read(PAGE)
    assert "A plain title" in page and "A note from our editor Travel is paid. Ask first." in page
    assert "<b>" not in client.get(PAGE).content.decode()


def test_a_measure_has_three_cells(client):
    store(study(outcomesModule={"primaryOutcomes": [{"measure": "A", "description": "B", "timeFrame": "C"}]}))
    row = re.search(r"<tbody><tr>(.*?)</tr>", client.get(PAGE).content.decode(), re.DOTALL).group(1)
    assert [words_of(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] == ["A", "B", "C"]


def test_sample_records_are_called_samples_here_too(read):
    store(study(), source="sample:NCT90000001.json")
    assert "These are sample studies." in read(PAGE)
    assert RecordVersion.objects.get().source.startswith("sample:")
