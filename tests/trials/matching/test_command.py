"""The command: files in, one line for each patient and study out."""

import json
from pathlib import Path

import pytest

from trials.criteria import engine
from trials.matching.__main__ import main
from trials.matching.answers import AnswersError, answers_from_json

SAMPLE = sorted((Path(__file__).parents[3] / "trials" / "sample").glob("NCT*.json"))[:3]


@pytest.fixture
def files(tmp_path):
    def write(name, lines):
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return str(tmp_path / name)

    records = [json.loads(path.read_text(encoding="utf-8")) for path in SAMPLE]
    parsed = [engine.parse(engine.study_of(record)) for record in records]
    criteria = [{"nct_id": one.nct_id, "criteria": [c.as_json() for c in one.criteria]} for one in parsed]
    return {
        "criteria": write("criteria.jsonl", map(json.dumps, criteria)),
        "records": write("records.jsonl", map(json.dumps, records)),
        "write": write,
    }


def run(files, capsys, *answers):
    path = files["write"]("answers.jsonl", answers)
    status = main(["--criteria", files["criteria"], "--records", files["records"], "--answers", path])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_patient_meets_every_study(files, capsys):
    status, lines = run(files, capsys, '{"id": "p1", "answers": {}}', '{"id": "p2", "answers": {"age": 3}}')
    assert status == 0
    assert [(one["id"], one["nct_id"]) for one in lines] == [(p, path.stem) for p in ("p1", "p2") for path in SAMPLE]
    assert {one["verdict"] for one in lines[:3]} == {"unknown"} and all(one["open"] for one in lines[:3])
    young = [one for one in lines[3:] if one["verdict"] == "does_not_fit"]
    assert young and all("age" in {reason["attribute"] for reason in one["reasons"]} for one in young)


@pytest.mark.parametrize(
    "line", ["no json", "[]", '{"id": 1, "answers": {"age": "old"}}', '{"answers": []}', '{"answers": {"shoes": 42}}']
)
def test_what_cannot_be_read_is_told_and_the_run_goes_on(files, capsys, line):
    status, lines = run(files, capsys, line, '{"id": "p2", "answers": {}}')
    assert (status, len(lines)) == (0, 4)
    assert lines[0]["error"].startswith("answers.jsonl, line 1: ")


def test_a_file_that_is_not_there_is_named(files, capsys):
    assert main(["--criteria", "nowhere.jsonl", "--records", files["records"], "--answers", files["records"]]) == 2
    assert "nowhere.jsonl cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "answers",
    [
        {"age": True}, {"age": -1}, {"age": float("nan")}, {"age": float("inf")}, {"fvc": 1e12}, {"hiv": "yes"},
        {"hiv": {"value": 1}}, {"cancer": {"value": True, "months_ago": "long"}}, {"sex": "x"}, {"diagnosis": "sle"},
        {"diagnosis": ["lupus"]}, {"diagnosis": ["sle"] * 1_000}, {"treatment": []}, {"treatment": {"ever": ["mtx"]}},
        {"treatment": {"ever": [{"value": "aspirin"}]}}, {"treatment": {"ever": [{"value": "rituximab"}] * 1_000}},
        {"cancer": {"value": True, "months_ago": 10_000}},
    ],
)  # fmt: skip
def test_a_wrong_answer_gets_a_sentence(answers):
    with pytest.raises(AnswersError, match=r"^“.+\.$"):
        answers_from_json(answers)
