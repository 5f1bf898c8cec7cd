import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

from finder.launch import environment, steps
from finder.launch.steps import LaunchError


def test_this_environment_is_complete() -> None:
    assert list(environment.missing_packages(environment.REQUIREMENTS_DEV)) == []


def test_absent_and_outdated_packages_are_missing(tmp_path: Path) -> None:
    django = importlib.metadata.version("django")
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(
        f"Django=={django} ; sys_platform == 'linux' \\\n    --hash=sha256:0\n    # via finder==1.0\n"
        "granian==0.0.1 \\\n    --hash=sha256:0\nno-such-package==1.0 \\\n    --hash=sha256:0\n"
    )
    assert list(environment.missing_packages(requirements)) == ["granian", "no-such-package"]


@pytest.mark.parametrize("path", [environment.REQUIREMENTS, environment.REQUIREMENTS_DEV, environment.INSTALLER])
def test_every_requirement_is_pinned_by_hash_and_names_no_index(path: Path) -> None:
    blocks = path.read_text().replace("\\\n", " ").splitlines()
    pins = [line for line in blocks if line and not line.lstrip().startswith("#")]
    assert pins
    assert all("==" in line and "--hash=sha256:" in line for line in pins)
    assert "://" not in path.read_text()


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads(environment.ROOT.joinpath("pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = [re.split(r"[\[<>=]", requirement)[0] for requirement in wanted]
    locked = environment.REQUIREMENTS_DEV.read_text()
    assert len(names) > 10
    assert [name for name in names if f"\n{name.lower()}==" not in f"\n{locked}"] == []


def test_python_without_venv_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "_installed_version", lambda name: None)
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(LaunchError, match="apt-get install python3-venv"):
        environment._make_venv()
    assert not (tmp_path / ".venv").exists()


def test_installing_writes_nothing_in_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(steps, "DATA", tmp_path / ".data")
    monkeypatch.setattr(environment.shutil, "which", lambda name: "/bin/uv")
    command = environment._installer()
    assert command[command.index("--cache-dir") + 1] == str(tmp_path / ".data" / "uv")

    def no_uv(command: list[str]) -> None:
        assert "--no-cache-dir" in command
        raise LaunchError("There is no uv for this machine.")

    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "_run", no_uv)
    assert "--no-cache-dir" in environment._installer()
