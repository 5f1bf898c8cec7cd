"""A disk that is really full: a file system of a few megabytes, which only root can mount."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client

from finder.backup.dump import back_up
from finder.backup.programs import BackupError
from tests.studies import store, study
from trials.models import Trial
from trials.trouble import Trouble, trouble_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Four megabytes, for the system user that runs Postgres."""
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("Only root can mount a file system.")
    folder = Path(tempfile.mkdtemp(prefix="small-"))
    folder.chmod(0o755)
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("This system mounts nothing, even for root: a container, most likely.")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture
def small_table(small_disk: Path) -> Iterator[None]:
    """The versions of records lie on the small disk."""
    [data] = query("SHOW data_directory")
    place = small_disk / "table"
    place.mkdir()
    shutil.chown(place, pwd.getpwuid(Path(data).stat().st_uid).pw_name)
    query(f"CREATE TABLESPACE small LOCATION '{place}'")
    query("ALTER TABLE trials_recordversion SET TABLESPACE small")
    yield
    query("ALTER TABLE trials_recordversion SET TABLESPACE pg_default")
    query("DROP TABLESPACE small")


def query(text: str) -> tuple[str, ...]:
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        cursor = other.execute(text)
        return cursor.fetchone() or () if cursor.description else ()


def long_studies(count: int) -> list[dict[str, object]]:
    """What no compression makes small."""
    return [
        study(f"NCT9100{n:04}", descriptionModule={"detailedDescription": os.urandom(40_000).hex()})
        for n in range(count)
    ]


def test_an_import_onto_a_full_disk_stores_nothing_half_and_the_site_goes_on(small_table: None, client: Client) -> None:
    store(study())
    with pytest.raises(OperationalError) as caught:
        store(*long_studies(100))
    assert trouble_of(caught.value) is Trouble.FULL and caught.value.__cause__.sqlstate == "53100"
    assert Trial.objects.count() == 1
    assert client.get("/studies/NCT90000001/").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_a_backup_onto_a_full_disk_keeps_the_former_one(small_disk: Path) -> None:
    store(study())
    target = small_disk / "finder.dump"
    back_up(target)
    former = target.read_bytes()
    (small_disk / "more").write_bytes(b"x" * (4 * 1024 * 1024 - len(former) - 64 * 1024))
    store(*long_studies(20))
    with pytest.raises(BackupError, match="No space left on device"):
        back_up(target)
    assert target.read_bytes() == former and {path.name for path in small_disk.iterdir()} == {"finder.dump", "more"}
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("backup", str(target))
