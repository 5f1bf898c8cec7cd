"""What `manage.py` says when it is asked what it can do."""

import subprocess
import sys

import pytest

from finder.launch.help import own_help
from finder.launch.steps import ROOT
from tests.launch.conftest import clean_environment


def manage(*arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=clean_environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("asked", ["help", "--help"])
def test_list_of_commands_begins_with_our_own(asked: str) -> None:
    ours, djangos = manage(asked).split("The commands of Django")
    names = [line.split()[0] for line in ours.splitlines() if line.startswith("    ")]
    assert names == ["up", "test", "bench"]
    assert "sync_trials" in djangos


@pytest.mark.parametrize("name", ["up", "test", "bench"])
def test_each_command_of_ours_explains_itself(name: str) -> None:
    said = manage("help", name)
    assert said == manage(name, "--help")
    assert said.startswith(f"usage: manage.py {name} ")


def test_help_on_a_command_of_django_is_left_to_django() -> None:
    assert own_help(["manage.py", "help", "migrate"]) is None
    assert own_help(["manage.py", "up"]) is None
    assert own_help(["manage.py", "test", "-k", "help"]) is None
