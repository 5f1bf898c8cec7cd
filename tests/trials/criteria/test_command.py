"""`python -m trials.criteria`: one line in, one line out, no database, and a bad line never stops the run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
STUDY = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT00000001"},
        "conditionsModule": {"conditions": ["Systemic Sclerosis"]},
        "eligibilityModule": {
            "eligibilityCriteria": (
                "Inclusion Criteria:\n\n* Age 18 to 75 years\n\nExclusion Criteria:\n\n* Active hepatitis B"
            )
        },
    }
}


def run(folder: Path, *lines: str, numbers: bool = False) -> list[dict]:
    given = folder / "given.jsonl"
    given.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="surrogatepass")
    command = [sys.executable, "-m", "trials.criteria", *(["--numbers"] if numbers else []), str(given)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, env={})
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_study_becomes_its_criteria(tmp_path):
    [result] = run(tmp_path, json.dumps(STUDY))
    assert result["nct_id"] == "NCT00000001"
    text = STUDY["protocolSection"]["eligibilityModule"]["eligibilityCriteria"]
    age, hepatitis = result["criteria"]
    assert (age["id"], age["kind"], age["parent"], age["join"]) == ("I1", "inclusion", None, None)
    assert text[age["source_start"] : age["source_end"]] == age["text"] == "Age 18 to 75 years"
    assert age["rules"] == [
        {"attribute": "age", "op": ">=", "value": 18, "unit": "years"},
        {"attribute": "age", "op": "<=", "value": 75, "unit": "years"},
    ]
    assert (hepatitis["id"], hepatitis["kind"], hepatitis["text"]) == ("E1", "exclusion", "Active hepatitis B")
    assert hepatitis["rules"] == [{"attribute": "hepatitis_b", "op": "is", "value": True}]
    assert all(isinstance(warning, str) for warning in result["warnings"])


@pytest.mark.parametrize("line", ["{", "[1, 2]", '"text"', "{}", '{"protocolSection": 3}', "nonsense", "[" * 100_000])
def test_a_line_that_is_no_study_gives_its_error_and_the_run_goes_on(tmp_path, line):
    error, result = run(tmp_path, line, json.dumps(STUDY))
    assert error["nct_id"] is None
    assert error["error"]
    assert result["nct_id"] == "NCT00000001"


@pytest.mark.parametrize(
    "modules",
    [
        {},
        {"eligibilityModule": {}},
        {"eligibilityModule": None, "identificationModule": []},
        {"eligibilityModule": {"eligibilityCriteria": 7}, "identificationModule": {"nctId": 5}},
        {"eligibilityModule": {"eligibilityCriteria": ""}, "conditionsModule": {"conditions": "SLE"}},
    ],
)
def test_a_record_with_half_its_fields_missing_has_no_criteria(tmp_path, modules):
    [result] = run(tmp_path, json.dumps({"protocolSection": modules}))
    assert result["criteria"] == []


def test_odd_characters_come_out_as_they_went_in(tmp_path):
    odd = {"protocolSection": {"eligibilityModule": {"eligibilityCriteria": "Age \ud800 ≥ 18 années 中文\u2028line"}}}
    [result] = run(tmp_path, json.dumps(odd))
    assert "années 中文" in result["criteria"][0]["text"]


def test_numbers_are_written_as_stated(tmp_path):
    given = {"id": "a", "text": "Age 18 to 75 years, platelets < 100,000/mm3 within 4 weeks"}
    [result, error] = run(tmp_path, json.dumps(given), json.dumps({"id": "b"}), numbers=True)
    values = {(one["op"], one["value"], one["unit"], one.get("window", False)) for one in result["comparisons"]}
    assert {(">=", 18.0, "years", False), ("<=", 75.0, "years", False), ("<", 100_000.0, "/mm3", False)} <= values
    assert ("<=", 4.0, "weeks", True) in values
    assert error["id"] is None


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path):
    command = [sys.executable, "-m", "trials.criteria", str(tmp_path / "nowhere.jsonl")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "cannot be read" in done.stderr
