"""The embedded Postgres: made once, started by whoever needs it first, stopped by whoever leaves last.

Every process that uses the cluster holds a shared lock on `use.lock`; the kernel frees it even after `kill -9`. Who can
turn it into an exclusive one is the last user, and stops the server. Starting and stopping take turns by `start.lock`.
"""

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from finder.launch import place, server
from finder.launch.place import Place, find_place, make_for_server
from finder.launch.steps import FileLock, LaunchError, exclusively, remove_tree

DATABASE = "finder"
TURN_SECONDS = server.START_SECONDS + server.STOP_SECONDS

SETTINGS = {
    "listen_addresses": "",  # Unix socket only: nothing on this machine's network sees the database
    "port": "5432",
    "jit": "off",  # costs more than it saves on queries of milliseconds
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",  # an import of everything without constant checkpoints
    "wal_compression": "on",  # pglz; this build has no lz4
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_min_error_statement": "panic",  # a failing statement carries values; values do not belong in a log
    "log_min_messages": "log",  # so do errors, which quote them; who asked logs their code
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class Cluster:
    """One embedded cluster in `folder`. `settings` go on top of the usual ones."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.place: Place = find_place(folder)
        self.settings = SETTINGS | dict(settings or {})
        self._users = FileLock(self.place.folder / "use.lock")

    @property
    def url(self) -> str:
        """The cluster's address, as in DATABASE_URL."""
        query = urlencode({"host": str(self.place.sockets)}, quote_via=quote)
        return f"postgresql://{DATABASE}@:5432/{DATABASE}?{query}"

    @property
    def prepared_stamp(self) -> Path:
        """The file that says for which state of the code the rows were last made ready."""
        return self.place.folder / "prepared"

    @contextmanager
    def in_use(self) -> Iterator[str]:
        """Have the server running for the length of the block; yields its address."""
        with self._alone():
            if not self._users.take(shared=True):
                raise LaunchError(f"{self._users.path} is locked by another program. End it and try again.")
            self._start_unless_ready()
        try:
            yield self.url
        finally:
            self._leave()

    def ready(self) -> bool:
        """Whether the server runs and answers."""
        return server.ready(self.place)

    def ensure_running(self) -> None:
        """Start the server again if it has died under us. Call it only inside `in_use`."""
        if not self.ready():
            with self._alone():
                self._start_unless_ready()

    def remove_if_unused(self) -> None:
        """Stop the server and remove the folder, unless somebody uses it or is about to."""
        with self._alone(seconds=0):
            if self._users.take():
                server.stop(self.place)
                self.remove()
            self._users.free()

    def remove(self) -> None:
        """Remove the folders of a cluster whose server has stopped, those under /var/tmp too."""
        for folder in (self.place.folder, self.place.sockets):
            remove_tree(folder)
            place.leave_var_tmp(folder)

    def _alone(self, seconds: float = TURN_SECONDS) -> contextlib.AbstractContextManager[None]:
        lock = self.place.folder / "start.lock"
        return exclusively(lock, seconds=seconds, doing="starting or stopping the database")

    def _leave(self) -> None:
        with self._alone():
            if self._users.take():
                server.stop(self.place)
            self._users.free()

    def _start_unless_ready(self) -> None:
        if not (self.place.data / "PG_VERSION").exists():
            self._create()
        self._refuse_other_version()
        if not server.ready(self.place):
            server.stop(self.place)  # it may run, yet out of reach: its socket is gone
            self._write_settings()
            server.start(self.place)

    def _create(self) -> None:
        """Make the data folder, with our database in it; killed half-way, it is made afresh next time."""
        unfinished = self.place.folder / "data.unfinished"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        make_for_server(unfinished, self.place)
        server.run_program(
            self.place, "initdb", "--pgdata", str(unfinished), f"--username={DATABASE}", "--auth=trust",
            "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions", "--no-sync",
        )  # fmt: skip
        create = f"CREATE DATABASE {DATABASE};\n"
        server.run_program(self.place, "postgres", "--single", "-D", str(unfinished), "postgres", given=create)
        unfinished.rename(self.place.data)

    def _refuse_other_version(self) -> None:
        ours = server.run_program(self.place, "postgres", "--version").split()[-1].split(".")[0]
        theirs = (self.place.data / "PG_VERSION").read_text().strip()
        if theirs != ours:
            raise LaunchError(
                f"{self.place.data} was made by Postgres {theirs}; the one here is {ours} and leaves it alone. "
                "Move that folder away to start afresh; docs/deployment.md says how to carry the data over."
            )

    def _write_settings(self) -> None:
        """Write our settings beside the data, and have the server's own file include them, at every start anew."""
        element = '"' + str(self.place.sockets).replace('"', '""') + '"'
        settings = self.settings | {"unix_socket_directories": element}
        quoted = {name: value.replace("'", "''") for name, value in settings.items()}
        target = self.place.data / "finder.conf"
        target.write_text("".join(f"{name} = '{value}'\n" for name, value in quoted.items()))
        target.chmod(0o644)
        main = self.place.data / "postgresql.conf"
        if "include 'finder.conf'" not in main.read_text():
            with main.open("a") as file:
                file.write("\ninclude 'finder.conf'\n")
