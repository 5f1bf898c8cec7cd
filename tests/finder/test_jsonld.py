"""The description of a study for machines, against schema.org's own list of properties per type."""

import json
import re

import pytest

from finder.jsonld import as_script
from tests.studies import site, store, study

pytestmark = pytest.mark.django_db

# schema.org: what a type may carry, its supertypes' properties included, of those that we could use.
THING = {
    "name",
    "alternateName",
    "description",
    "url",
    "sameAs",
    "identifier",
    "image",
    "subjectOf",
    "mainEntityOfPage",
}
ENTITY = THING | {
    "code",
    "guideline",
    "legalStatus",
    "medicineSystem",
    "recognizingAuthority",
    "relevantSpecialty",
    "study",
}
STUDY = ENTITY | {"healthCondition", "sponsor", "status", "studyLocation", "studySubject"}
PROPERTIES = {
    "MedicalStudy": STUDY,
    "MedicalTrial": STUDY | {"trialDesign"},
    "MedicalObservationalStudy": STUDY | {"studyDesign"},
    "MedicalCondition": ENTITY,
    "Organization": THING | {"address", "logo", "parentOrganization"},
    "AdministrativeArea": THING | {"address", "geo", "containedInPlace"},
    "PostalAddress": THING | {"addressCountry", "addressLocality", "addressRegion", "postalCode", "streetAddress"},
    "PropertyValue": THING | {"propertyID", "value"},
    "WebPage": THING | {"publisher", "inLanguage", "about"},
    "WebSite": THING | {"publisher", "inLanguage", "about"},
}
STATUS = {
    "ActiveNotRecruiting", "Completed", "EnrollingByInvitation", "NotYetRecruiting", "Recruiting", "ResultsAvailable",
    "ResultsNotAvailable", "Suspended", "Terminated", "Withdrawn",
}  # fmt: skip
TRIAL_DESIGN = {
    "DoubleBlindedTrial", "InternationalTrial", "MultiCenterTrial", "OpenTrial", "PlaceboControlledTrial",
    "RandomizedTrial", "SingleBlindedTrial", "SingleCenterTrial", "TripleBlindedTrial",
}  # fmt: skip
STUDY_DESIGN = {"CohortStudy", "CrossSectional", "CaseSeries", "Longitudinal", "Observational", "Registry"}
MEMBERS = {"status": STATUS, "trialDesign": TRIAL_DESIGN, "studyDesign": STUDY_DESIGN}


def check(value):
    if isinstance(value, list):
        for part in value:
            check(part)
    if isinstance(value, dict):
        used = set(value) - {"@type", "@context"}
        assert used <= PROPERTIES[value["@type"]], (value["@type"], used - PROPERTIES[value["@type"]])
        assert all(value.values())
        for part in value.values():
            check(part)


def described(client) -> dict:
    html = client.get("/studies/NCT90000001/").content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL).group(1))


@pytest.mark.parametrize(
    ("design", "type_", "field"),
    [
        ({"studyType": "INTERVENTIONAL"}, "MedicalTrial", "trialDesign"),
        (
            {"studyType": "OBSERVATIONAL", "designInfo": {"observationalModel": "COHORT"}},
            "MedicalObservationalStudy",
            "studyDesign",
        ),
        ({"studyType": "EXPANDED_ACCESS"}, "MedicalStudy", ""),
        ({"studyType": None}, "MedicalStudy", ""),
    ],
)
def test_uses_only_properties_and_members_that_schema_org_has(client, design, type_, field):
    locations = [site(), site("H", "Lyon", "France"), site("No town", "", "Japan")]
    store(study(designModule=design, contactsLocationsModule={"locations": locations}))
    data = described(client)
    assert data["@type"] == type_
    check(data)
    assert bool(field) == bool(set(data) & {"trialDesign", "studyDesign"})
    for name, members in MEMBERS.items():
        values = data.get(name, [])
        for value in [values] if isinstance(values, str) else values:
            assert value.removeprefix("https://schema.org/") in members


def test_says_what_the_page_says(client):
    store(study())
    data = described(client)
    assert data["url"] == "http://testserver/studies/NCT90000001/"
    assert data["identifier"] == [{"@type": "PropertyValue", "propertyID": "NCT", "value": "NCT90000001"}]
    assert data["status"] == "https://schema.org/Recruiting"
    assert data["sponsor"][0]["name"] == "Example University"
    assert {"Systemic lupus erythematosus"} <= {c["name"] for c in data["healthCondition"]}
    assert data["studyLocation"][0]["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Berlin",
        "addressCountry": "DE",
    }


@pytest.mark.parametrize(
    ("masking", "member"),
    [("NONE", "OpenTrial"), ("SINGLE", "SingleBlindedTrial"), ("QUADRUPLE", "TripleBlindedTrial")],
)
def test_says_how_many_do_not_know_the_treatment(client, masking, member):
    store(study(designModule={"designInfo": {"maskingInfo": {"masking": masking}}}))
    assert f"https://schema.org/{member}" in described(client)["trialDesign"]


def test_no_text_ends_the_script():
    text = as_script({"name": "</script><script>alert(1)</script> & <!--"})
    assert "<" not in text and json.loads(text)["name"].startswith("</script>")
