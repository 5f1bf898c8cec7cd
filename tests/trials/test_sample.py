"""The bundled sample: what a first start shows, and the promises its README makes."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "trials" / "sample"
FILES = sorted(SAMPLE.glob("*.json"))
CONTACT = {"name": "Study contact", "role": "CONTACT", "email": "study-contact@study.example"}
OPEN = {"RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION"}
MODULES = {
    "identificationModule",
    "statusModule",
    "sponsorCollaboratorsModule",
    "oversightModule",
    "descriptionModule",
    "conditionsModule",
    "designModule",
    "armsInterventionsModule",
    "outcomesModule",
    "eligibilityModule",
    "contactsLocationsModule",
}
# NCT numbers of the five trial pages whose faults the software has to cope with
PAGES = ["NCT06189495", "NCT06574581", "NCT06675422", "NCT06792344", "NCT06887985"]


def load(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


RECORDS = {path.stem: load(path) for path in FILES}


def protocol(nct_id: str) -> dict[str, Any]:
    section: dict[str, Any] = RECORDS[nct_id]["protocolSection"]
    return section


def status(nct_id: str) -> str:
    return str(protocol(nct_id)["statusModule"]["overallStatus"])


def sites(nct_id: str) -> list[dict[str, Any]]:
    return list(protocol(nct_id).get("contactsLocationsModule", {}).get("locations", []))


def contacts(nct_id: str) -> list[dict[str, Any]]:
    central = protocol(nct_id).get("contactsLocationsModule", {}).get("centralContacts", [])
    return [*central, *(contact for site in sites(nct_id) for contact in site.get("contacts", []))]


def searchable(nct_id: str) -> str:
    """Titles, conditions, keywords and criteria, where a reader or a search would look for a disease."""
    section = protocol(nct_id)
    identification, conditions = section["identificationModule"], section["conditionsModule"]
    texts = [identification["briefTitle"], identification.get("officialTitle", "")]
    texts += conditions["conditions"] + conditions.get("keywords", [])
    return " | ".join([*texts, section["eligibilityModule"].get("eligibilityCriteria", "")])


def values(node: object, key: str) -> Iterator[Any]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key:
                yield value
            yield from values(value, key)
    elif isinstance(node, list):
        for item in node:
            yield from values(item, key)


def phases(nct_id: str) -> str:
    design = protocol(nct_id).get("designModule", {})
    return "/".join(design.get("phases", [])) or str(design.get("studyType", ""))


def months(age: str | None) -> int | None:
    return None if age is None else int(age.split()[0]) * {"Year": 12, "Month": 1}[age.split()[1].rstrip("s")]


def test_sample_is_large_enough_and_mostly_open() -> None:
    assert len(FILES) >= 34
    assert sum(status(nct_id) in OPEN for nct_id in RECORDS) >= 20


def test_readme_states_the_number_of_studies() -> None:
    assert f"{len(FILES)} real studies" in (SAMPLE / "README.md").read_text(encoding="utf-8")


def test_folder_and_files_stay_small() -> None:
    assert max(path.stat().st_size for path in FILES) <= 120_000
    assert sum(path.stat().st_size for path in FILES) <= 900_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_named_by_its_id_and_pretty_printed(path: Path) -> None:
    assert re.fullmatch(r"NCT\d{8}", path.stem)
    assert protocol(path.stem)["identificationModule"]["nctId"] == path.stem
    expected = json.dumps(RECORDS[path.stem], indent=2, ensure_ascii=False) + "\n"
    assert path.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("nct_id", RECORDS)
def test_record_has_the_registry_shape_and_nothing_else(nct_id: str) -> None:
    assert set(RECORDS[nct_id]) <= {"protocolSection", "derivedSection", "hasResults"}
    assert set(protocol(nct_id)) <= MODULES
    assert protocol(nct_id)["descriptionModule"]["briefSummary"]
    assert protocol(nct_id)["conditionsModule"]["conditions"]
    assert isinstance(protocol(nct_id)["eligibilityModule"].get("stdAges", []), list)


@pytest.mark.parametrize("nct_id", RECORDS)
def test_dates_parse_with_their_own_precision(nct_id: str) -> None:
    structs = [d for d in values(RECORDS[nct_id], "date") if d]
    module = protocol(nct_id)["statusModule"]
    for text in structs + [v for k, v in module.items() if k.endswith("Date")]:
        assert re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text)
        date.fromisoformat(text if len(text) == 10 else f"{text}-01")


@pytest.mark.parametrize("nct_id", RECORDS)
def test_age_limits_are_ordered(nct_id: str) -> None:
    eligibility = protocol(nct_id)["eligibilityModule"]
    lowest, highest = months(eligibility.get("minimumAge")), months(eligibility.get("maximumAge"))
    assert lowest is None or highest is None or lowest <= highest


@pytest.mark.parametrize("nct_id", RECORDS)
def test_every_contact_is_the_placeholder(nct_id: str) -> None:
    assert all(contact == CONTACT for contact in contacts(nct_id))
    officials: list[dict[str, Any]] = next(values(RECORDS[nct_id], "overallOfficials"), [])
    assert {official["name"] for official in officials} <= {"Investigator"}
    assert set(values(RECORDS[nct_id], "investigatorFullName")) <= {"Investigator"}
    addresses = re.findall(r"[\w.+-]+@[\w.-]+", json.dumps(RECORDS[nct_id]))
    assert set(addresses) <= {CONTACT["email"]}
    assert not list(values(RECORDS[nct_id], "phone"))


@pytest.mark.parametrize(
    "words",
    [
        r"systemic lupus|\bSLE\b",
        r"lupus nephritis",
        r"discoid|cutaneous lupus",
        r"systemic sclerosis|scleroderma",
        r"\bSSc-ILD\b",
        r"\bCTD-ILD\b",
        r"\bRA-ILD\b",
        r"dermatomyositis",
        r"polymyositis",
        r"sj[oö]gren",
        r"ANCA[- ]associated vasculitis",
        r"mixed connective tissue disease",
    ],
)
def test_condition_is_covered(words: str) -> None:
    assert any(re.search(words, searchable(nct_id), re.IGNORECASE) for nct_id in RECORDS)


@pytest.mark.parametrize(
    "expected", sorted(OPEN | {"ACTIVE_NOT_RECRUITING", "COMPLETED", "TERMINATED", "SUSPENDED", "UNKNOWN", "WITHDRAWN"})
)
def test_status_is_covered(expected: str) -> None:
    assert any(status(nct_id) == expected for nct_id in RECORDS)


@pytest.mark.parametrize(
    "phase",
    ["EARLY_PHASE1", "PHASE1", "PHASE1/PHASE2", "PHASE2", "PHASE2/PHASE3", "PHASE3", "PHASE4", "NA", "OBSERVATIONAL"],
)
def test_phase_is_covered(phase: str) -> None:
    assert any(phases(nct_id) == phase for nct_id in RECORDS)


@pytest.mark.parametrize("nct_id", PAGES)
def test_studies_of_the_five_pages_are_present(nct_id: str) -> None:
    assert protocol(nct_id)["eligibilityModule"]["eligibilityCriteria"]


def test_many_countries_and_one_study_with_very_many_sites() -> None:
    assert len({site["country"] for nct_id in RECORDS for site in sites(nct_id)}) >= 8
    assert max(len(sites(nct_id)) for nct_id in RECORDS) >= 90


def test_exactly_one_study_is_withdrawn_and_enrolled_nobody() -> None:
    withdrawn = [nct_id for nct_id in RECORDS if status(nct_id) == "WITHDRAWN"]
    assert len(withdrawn) == 1
    assert protocol(withdrawn[0])["designModule"]["enrollmentInfo"]["count"] == 0


def test_unknown_status_keeps_the_last_known_one() -> None:
    for nct_id in RECORDS:
        assert (status(nct_id) == "UNKNOWN") == ("lastKnownStatus" in protocol(nct_id)["statusModule"])


def test_open_studies_without_sites_and_without_contacts_exist() -> None:
    still_open = [nct_id for nct_id in RECORDS if status(nct_id) in OPEN]
    assert any(not sites(nct_id) for nct_id in still_open)
    assert any(sites(nct_id) and not contacts(nct_id) for nct_id in still_open)


def test_minors_are_included_and_some_records_lack_criteria() -> None:
    eligibility = [protocol(nct_id)["eligibilityModule"] for nct_id in RECORDS]
    assert sum("CHILD" in part.get("stdAges", []) for part in eligibility) >= 3
    assert 1 <= sum("eligibilityCriteria" not in part for part in eligibility) <= 8


def test_the_christmas_island_fault_is_kept_as_the_registry_has_it() -> None:
    assert [(site["city"], site["country"]) for site in sites("NCT06792344")] == [
        ("Hangzhou", "China"),
        ("Hangzhou", "Christmas Island"),
    ]
