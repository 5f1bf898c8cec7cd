"""The embedded cluster, with real servers and real kills."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from finder.launch import place
from finder.launch.postgres import THROW_AWAY, Cluster
from finder.launch.server import server_pid
from finder.launch.steps import ROOT, LaunchError
from tests.launch.conftest import Starter, servers_under

HOLDER = """
import sys
from pathlib import Path
from finder.launch.postgres import Cluster
from finder.launch.server import server_pid
cluster = Cluster(Path(sys.argv[1]))
with cluster.in_use() as url:
    print(server_pid(cluster.place), url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """The data of a new cluster, made once: copying it is five times faster."""
    path = Path(tempfile.mkdtemp(prefix="launch-"))
    path.chmod(0o755)
    with Cluster(path).in_use():
        pass
    yield path / "data"
    shutil.rmtree(path)


@pytest.fixture
def cluster(folder: Path, made: Path) -> Cluster:
    """A cluster that keeps what was committed, as the one of `up` does."""
    subprocess.run(["cp", "-a", made, folder / "data"], check=True)
    return Cluster(folder)


@pytest.fixture
def holder(start: Starter, folder: Path) -> "Callable[[], subprocess.Popen[str]]":
    """Start another process that uses the cluster in `folder` until its input ends."""
    return lambda: start(sys.executable, "-c", HOLDER, str(folder), cwd=ROOT)


def said_pid(process: "subprocess.Popen[str]") -> int:
    assert process.stdout
    line = process.stdout.readline()
    assert line.split()[:1] and line.split()[0].isdigit(), line + process.stdout.read()
    return int(line.split()[0])


def value(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
        assert row
        return row[0]


def run(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_cluster_has_the_settings_we_rely_on(cluster: Cluster, folder: Path) -> None:
    with cluster.in_use() as url:
        assert str(value(url, "SHOW server_version")).startswith("18.")
        found = {
            name: value(url, f"SHOW {name}") for name in ("server_encoding", "jit", "listen_addresses", "timezone")
        }
        assert found == {"server_encoding": "UTF8", "jit": "off", "listen_addresses": "", "timezone": "UTC"}
        locale = value(url, "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'finder'")
        assert locale == "bC.UTF-8"
        for extension in ("pg_trgm", "unaccent", "btree_gin"):
            run(url, f"CREATE EXTENSION {extension}")
        assert servers_under(folder) == [server_pid(cluster.place)]
    assert servers_under(folder) == []


def test_last_user_stops_the_server(
    cluster: Cluster, holder: "Callable[[], subprocess.Popen[str]]", folder: Path
) -> None:
    other = holder()
    pid = said_pid(other)
    with cluster.in_use():
        assert server_pid(cluster.place) == pid
    assert servers_under(folder) == [pid]
    other.communicate(timeout=20)
    assert servers_under(folder) == []


def test_killed_server_loses_nothing_and_starts_again(cluster: Cluster, folder: Path) -> None:
    with cluster.in_use() as url:
        run(url, "CREATE TABLE kept AS SELECT 42 AS number")
        killed = server_pid(cluster.place)
        assert killed
        kill(killed)
        assert not cluster.ready()
        cluster.ensure_running()
        assert server_pid(cluster.place) not in (None, killed)
        assert value(url, "SELECT number FROM kept") == 42
    assert servers_under(folder) == []


def test_killed_user_leaves_a_server_that_the_next_one_uses_and_stops(
    cluster: Cluster, holder: "Callable[[], subprocess.Popen[str]]", folder: Path
) -> None:
    other = holder()
    pid = said_pid(other)
    kill(other.pid)
    assert servers_under(folder) == [pid]
    with cluster.in_use():
        assert server_pid(cluster.place) == pid
    assert servers_under(folder) == []


def test_everything_killed_at_once_recovers(
    cluster: Cluster, holder: "Callable[[], subprocess.Popen[str]]", folder: Path
) -> None:
    other = holder()
    pid = said_pid(other)
    run(cluster.url, "CREATE TABLE kept AS SELECT 42 AS number")
    kill(other.pid)
    kill(pid)
    assert (cluster.place.data / "postmaster.pid").exists()
    with cluster.in_use() as url:
        assert value(url, "SELECT number FROM kept") == 42


def test_starters_at_once_share_one_new_server(holder: "Callable[[], subprocess.Popen[str]]", folder: Path) -> None:
    others = [holder() for _ in range(4)]
    assert len({said_pid(other) for other in others}) == 1
    for other in others:
        other.communicate(timeout=30)
        assert other.returncode == 0
    assert servers_under(folder) == []


def test_number_of_a_dead_server_may_belong_to_another_program(cluster: Cluster) -> None:
    with cluster.in_use():
        pass
    pid_file = cluster.place.data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{cluster.place.data}\n1\n5432\n{cluster.place.sockets}\n\n1 1\nready\n")
    assert server_pid(cluster.place) is None
    with cluster.in_use() as url:
        assert value(url, "SELECT 1") == 1


def test_server_whose_socket_was_removed_is_started_again(
    cluster: Cluster, holder: "Callable[[], subprocess.Popen[str]]", folder: Path
) -> None:
    pid = said_pid(holder())
    for path in cluster.place.sockets.glob(".s.PGSQL.5432*"):
        path.unlink()
    with cluster.in_use() as url:
        assert server_pid(cluster.place) != pid
        assert value(url, "SELECT 1") == 1


def test_creation_that_was_killed_half_way_is_done_afresh(folder: Path) -> None:
    (folder / "data.unfinished" / "base").mkdir(parents=True)
    (folder / "data.unfinished" / "PG_VERSION").write_text("18\n")
    with Cluster(folder).in_use() as url:
        assert value(url, "SELECT 1") == 1
    assert not (folder / "data.unfinished").exists()


def test_data_of_another_major_version_is_refused_and_left_alone(cluster: Cluster) -> None:
    data = cluster.place.data
    (data / "PG_VERSION").write_text("17\n")
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    with pytest.raises(LaunchError, match=r"made by Postgres 17; the one here is 18.*docs/deployment\.md"):
        cluster.in_use().__enter__()
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


@pytest.mark.parametrize("name", ["a b'c\"dé$x", "x" * 90 + ","])
def test_awkward_folder_names_work(folder: Path, name: str) -> None:
    inner = folder / name
    cluster = Cluster(inner, THROW_AWAY)
    assert len(os.fsencode(cluster.place.sockets / ".s.PGSQL.5432")) <= 103
    with cluster.in_use() as url:
        assert value(url, "SELECT 1") == 1
        assert cluster.ready()
    assert servers_under(inner) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root runs Postgres as somebody else.")
def test_private_folder_of_root_stays_private(folder: Path) -> None:
    folder.chmod(0o700)
    inner = folder / "project"
    cluster = Cluster(inner, THROW_AWAY)
    assert cluster.place.folder.is_relative_to(place.VAR_TMP)
    with cluster.in_use() as url:
        run(url, "CREATE TABLE kept AS SELECT 42 AS number")
    folder.chmod(0o755)  # opened later: the data stays where it is
    with Cluster(inner, THROW_AWAY).in_use() as url:
        assert value(url, "SELECT number FROM kept") == 42
    assert list(inner.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can give a folder away.")
def test_data_of_another_system_user_is_refused_with_the_fix(folder: Path, cluster: Cluster) -> None:
    shutil.chown(cluster.place.data, "daemon")
    with pytest.raises(LaunchError, match=r"belongs to another system user.*chown"):
        Cluster(folder)
