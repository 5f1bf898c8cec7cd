import gzip
import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from tests.studies import study
from trials.ingest.files import Files, FilesError
from trials.ingest.parse import parse_batch
from trials.models import ImportRun, Trial

ONE, TWO = study("NCT90000001"), study("NCT90000002")


def records(*paths):
    return list(Files(list(paths)).records())


def ids(found):
    return [json.loads(r.text)["protocolSection"]["identificationModule"]["nctId"] for r in found if not r.error]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps([ONE, TWO])),
        ("a.json", json.dumps({"studies": [ONE, TWO], "nextPageToken": "x"}, indent=2)),
        ("a.jsonl", f"{json.dumps(ONE)}\n\n{json.dumps(TWO)}"),
        ("a.ndjson", f"\ufeff{json.dumps(ONE)}\r\n{json.dumps(TWO)}\r\n"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_every_shape_of_file_is_read(tmp_path, name, content, packed):
    path = tmp_path / (f"{name}.gz" if packed else name)
    path.write_bytes(gzip.compress(content.encode()) if packed else content.encode())
    assert ids(records(path)) == ["NCT90000001", "NCT90000002"]


def test_a_folder_is_read_in_order_and_other_files_left_alone(tmp_path):
    (tmp_path / "b.json").write_text(json.dumps(TWO))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.json").write_text(json.dumps(ONE))
    (tmp_path / "README.md").write_text("no study")
    assert ids(records(tmp_path)) == ["NCT90000002", "NCT90000001"]


def test_a_damaged_archive_gives_what_stands_before_the_damage_and_says_so(tmp_path):
    lines = "\n".join(json.dumps(study(f"NCT9{n:07}")) for n in range(500))
    data = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    found = records(tmp_path / "a.jsonl.gz")
    assert len(found) > 10
    assert "damaged" in found[-1].error


def test_bytes_that_are_no_text_are_a_failure_with_its_line(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"a": "\xff"}\n' + json.dumps(ONE).encode())
    bad, good = records(tmp_path / "a.jsonl")
    assert "not UTF-8" in bad.error
    assert (bad.place, good.error) == ("a.jsonl line 1", "")


@pytest.mark.parametrize(
    ("name", "payload", "day"),
    [
        ("studies_2026-05-08.jsonl", ONE, (2026, 5, 8)),
        ("studies.jsonl", ONE | {"derivedSection": {"miscInfoModule": {"versionHolder": "2025-02-03"}}}, (2025, 2, 3)),
    ],
)
def test_a_record_was_read_on_the_day_that_it_or_its_file_names(tmp_path, name, payload, day):
    (tmp_path / name).write_text(json.dumps(payload))
    assert records(tmp_path / name)[0].fetched_at == datetime(*day, tzinfo=UTC)


@pytest.mark.parametrize(("name", "sentence"), [("missing.json", "does not exist"), ("notes.txt", "no study file")])
def test_a_path_that_is_no_study_file_gets_a_sentence(tmp_path, name, sentence):
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(FilesError, match=sentence):
        Files([tmp_path / name])


@pytest.mark.django_db
def test_the_command_imports_reports_and_is_safe_to_repeat(tmp_path, capsys):
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n")
    assert "2 created" in call_command("import_trials", str(tmp_path))
    assert "2 unchanged" in call_command("import_trials", str(tmp_path))
    assert Trial.objects.count() == 2
    assert [run.state for run in ImportRun.objects.all()] == ["COMPLETE", "COMPLETE"]


@pytest.mark.django_db
def test_the_command_fails_when_too_much_failed(tmp_path):
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(ONE)}\nbroken\n")
    with pytest.raises(CommandError, match=r"1 failed.*Too many"):
        call_command("import_trials", str(tmp_path))
    assert Trial.objects.count() == 1


def test_a_file_without_a_date_makes_no_record_look_fresher_than_its_own_last_update(tmp_path):
    (tmp_path / "copy.jsonl").write_text(json.dumps(ONE))
    (record,) = records(tmp_path / "copy.jsonl")
    assert not record.is_dated
    (parsed,) = parse_batch([record]).parsed
    assert parsed.fetched_at == datetime(2026, 10, 1, tzinfo=UTC)


def test_a_folder_without_study_files_gets_a_sentence(tmp_path):
    with pytest.raises(FilesError, match="no study file"):
        Files([tmp_path])


def test_a_date_in_a_name_may_lie_in_the_future_but_no_reading_does(tmp_path):
    (tmp_path / "studies_2131-01-01.jsonl").write_text(json.dumps(ONE))
    assert records(tmp_path / "studies_2131-01-01.jsonl")[0].fetched_at <= datetime.now(UTC)
