"""The faults of five real listings: each is repaired or told. Runs where a folder with the pages is at hand.

The folder is `FINDER_DEFECT_PAGES`, or `shared/pages` beside the repository. A page's file name begins with its number.
"""

import os
from functools import lru_cache
from pathlib import Path

import pytest

from trials.criteria.checks import MESSAGES
from trials.criteria.engine import parse
from trials.criteria.layout.decode import decode
from trials.criteria.model import Parsed, Study
from trials.criteria.repair import repaired

BESIDE = Path(__file__).parents[4] / "shared" / "pages"
FOLDER = Path(os.environ.get("FINDER_DEFECT_PAGES") or BESIDE)
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no folder with pages: set FINDER_DEFECT_PAGES")

# Where the eligibility block of each page begins and ends.
BLOCKS = {
    "000": ("### Inclusion (8)", "## Locations"),
    "001": ("Inclusion Criteria:<br>", "Exclusion Criteria\n\nNot provided"),
    "002": ("Inclusion Criteria:", "Study details"),
    "003": ("- Inclusion Criteria:", "About He Huang"),
    "004": ("• Inclusion Criteria:", "About The Children"),
}


def page(number: str) -> str:
    return next(FOLDER.glob(f"{number}*")).read_text(encoding="utf-8")


@lru_cache
def words(number: str) -> tuple[str, frozenset[tuple[str, str, str]]]:
    """The page with its certain repairs, and (reason, written, shown) of each proposal, line by line."""
    shown, found = [], set()
    for line in decode(page(number)).text.splitlines():
        text = " ".join(line.split())
        new, fixes = repaired(text)
        assert repaired(new)[0] == new
        shown.append(new)
        found |= {(fix.reason, text[fix.start : fix.end], fix.shown) for fix in fixes if not fix.made}
    return "\n".join(shown), frozenset(found)


@lru_cache
def parsed(number: str) -> Parsed:
    begins, ends = BLOCKS[number]
    text = page(number)
    block = text[text.index(begins) : text.index(ends)]
    fields = {"002": ("14 Years", "75 Years"), "004": ("5 Years", "74 Years")}.get(number, ("", ""))
    conditions = ("Connective Tissue Diseases", "Interstitial Lung Disease") if number == "001" else ()
    return parse(Study(None, block, conditions=conditions, minimum_age=fields[0], maximum_age=fields[1]))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("003", "platelet count ≥20×10^9/L"),  # DQ36
        ("003", "AST and ALT ≤ 3.0 × upper limit of normal (ULN) and total bilirubin ≤ 2.0 × ULN"),  # DQ37
        ("004", "eGFR≥30mL/min/1.73m2; AST and ALT≤3.0 × ULN, total bilirubin ≤2.0×ULN"),  # DQ37
        ("004", "as defined by the 2013 ACR/EULAR standards"),  # DQ37
        ("004", "azathioprine, motecophanate"),
        ("003", "18~75 years"),  # DQ03
        ("004", "pulmonary pressure > 45mmHg"),  # DQ03
    ],
)
def test_a_certain_fault_is_repaired(number: str, text: str) -> None:
    assert text in words(number)[0]


@pytest.mark.parametrize(
    ("number", "reason", "written", "shown"),
    [
        ("000", "sign_lost", "e", " ≥"),  # DQ01
        ("003", "brackets_unbalanced", ")", ")"),  # DQ39
        ("003", "mistranslated", "Dry syndrome", "Sjögren's syndrome"),  # DQ40
        ("003", "mistranslated", "single or venous blood collection", "apheresis or venous blood collection"),  # DQ41
        (
            "003",
            "mistranslated",
            "muscle nuclear magnetic resonance",
            "muscle MRI (magnetic resonance imaging)",
        ),  # DQ41
        ("002", "mistranslated", "prior to clearance", "prior to lymphodepletion"),  # DQ42
        ("002", "mistranslated", "clearing chemotherapy", "lymphodepleting chemotherapy"),  # DQ42
        ("002", "mistranslated", "clear chemotherapy", "lymphodepleting chemotherapy"),  # DQ42
        ("002", "mistranslated", "elute", "wash out"),  # DQ42
        ("004", "name_misspelt", "motecophanate", "mycophenolate"),  # DQ43
        ("004", "name_misspelt", "tachlimus", "tacrolimus"),  # DQ43
        ("004", "name_misspelt", "Beliumab", "Belimumab"),  # DQ43
        ("004", "name_misspelt", "titacept", "telitacicept"),  # DQ43
        ("004", "mistranslated", "Improved Rodnan", "Modified Rodnan"),  # DQ44
        ("004", "mistranslated", "PHA", "PAH"),  # DQ44
        ("004", "mistranslated", "multi-source", "multifocal"),  # DQ44
        ("001", "old_name", "GOT", "AST"),  # DQ45
        ("001", "old_name", "GPT", "ALT"),  # DQ45
        ("002", "word_doubled", "convulsions/convulsions", "convulsions"),  # DQ46
        ("002", "stop_stray", ". ", ", "),  # DQ46
        ("002", "points_elsewhere", "Table 3", "Table 3"),  # DQ47
        ("002", "points_elsewhere", "Investigator's Brochure", "Investigator's Brochure"),  # DQ47
    ],
)
def test_an_uncertain_fault_is_proposed(number: str, reason: str, written: str, shown: str) -> None:
    assert (reason, written, shown) in words(number)[1]


@pytest.mark.parametrize(
    ("number", "code", "part"),
    [
        ("000", "text_cut_off", "and 31 more"),  # DQ14
        ("000", "uncertain_repair", "≥"),  # DQ01
        ("001", "disease_only_in_criteria", "sle"),  # DQ34
        ("001", "missing_unit", "40 units"),  # DQ35
        ("001", "missing_unit", "1.4 units"),  # DQ35
        ("003", "conflicting_thresholds", "10 cm VAS scale"),  # DQ38
        ("003", "unbalanced_brackets", ")"),  # DQ39
        ("002", "dangling_reference", "Table 3"),  # DQ47
        ("004", "age_disagrees", "74 Years"),  # DQ48
        ("002", "age_only_structured", "14 Years"),  # DQ49
        ("001", "and_or_unclear", "younger than 20 or older than 80"),  # DQ50
        ("002", "and_or_unclear", "positive and"),  # DQ51
        ("003", "and_or_unclear", "positive and"),  # DQ51
        ("002", "exception_inside", "may be enrolled"),  # DQ52
        ("004", "exception_inside", "except those whose safety risks"),  # DQ52
        ("001", "asked_by_team", "unwilling"),  # DQ53
        ("004", "uncertain_repair", "tachlimus → tacrolimus"),  # DQ43
    ],
)
def test_a_fault_of_the_page_is_told(number: str, code: str, part: str) -> None:
    assert code in MESSAGES
    told = [warning.words for warning in parsed(number).warnings if warning.code == code]
    assert any(part in text for text in told), told


@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
def test_exclusions_are_found_wherever_they_stand(number: str) -> None:  # DQ05
    assert "exclusion_missing" not in {warning.code for warning in parsed(number).warnings}
