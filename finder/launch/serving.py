"""The server process of `up`: granian with two workers, each of which ends when its parent does, however that ended."""

import json
import sys
from pathlib import Path

from finder.launch.processes import GRACE_SECONDS, end_with

WORKERS = 2  # one thread each: more threads a worker make the slowest requests ten times slower


def serve(port: int, parent: int) -> None:
    """Serve on 127.0.0.1:`port` until told to stop, or until the process `parent` is gone."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    end_with(parent)
    Granian(
        "finder.launch.application:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=1,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        websockets=False,
        log_access=False,  # nobody's searches are written down
        log_level=LogLevels.warning,
        log_dictconfig=json.loads((Path(__file__).parent / "granian_log.json").read_text()),
    ).serve()


if __name__ == "__main__":
    serve(port=int(sys.argv[1]), parent=int(sys.argv[2]))
