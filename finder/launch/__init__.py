"""From an empty machine to a running Django. Standard library only, until the packages are there."""

import signal
import sys
from types import FrameType

from finder.launch.environment import REQUIREMENTS, REQUIREMENTS_DEV, VENV, ensure_packages
from finder.launch.help import own_help
from finder.launch.steps import DATA, LaunchError


def run(argv: list[str]) -> int:
    """Run one `manage.py` command line; returns the exit code. What goes wrong is said in a sentence."""
    if said := own_help(argv):
        print(said)
        return 0
    command = argv[1] if len(argv) > 1 else "help"
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a script starts its background jobs deaf to it
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # under nohup, a hang-up stays ignored
            signal.signal(number, _leave)
    try:
        ensure_packages(REQUIREMENTS_DEV if command == "test" else REQUIREMENTS)
        return _run_command(command, argv)
    except LaunchError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as stopped:
        return 128 + (stopped.args[0] if stopped.args else signal.SIGINT)
    except PermissionError as error:
        if not str(error.filename).startswith((str(DATA), str(VENV))):
            raise
        print(f"\n{error.filename} belongs to another user: start as that user, or remove it.", file=sys.stderr)
        return 1


def _run_command(command: str, argv: list[str]) -> int:
    # These imports need the packages that ensure_packages has just made sure of.
    if command == "up":
        from finder.launch.up import up

        return up(argv[2:])
    if command == "test":
        from finder.launch.testing import run_tests

        return run_tests(argv[2:])
    if command == "bench":
        from finder.launch.benching import run_bench

        return run_bench(argv[2:])
    from finder.launch.commands import django_command

    return django_command(argv)


def _leave(signum: int, frame: FrameType | None) -> None:
    """Turn a polite kill into what Ctrl-C does, so that every `finally` runs, and pytest stops too."""
    signal.signal(signum, signal.SIG_IGN)
    raise KeyboardInterrupt(signum)
