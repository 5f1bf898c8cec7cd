"""Makes sure that the pinned packages are there: in the Python that runs, or in `.venv`."""

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from finder.launch.steps import ROOT, LaunchError, data_folder, exclusively, step

REQUIREMENTS = ROOT / "requirements.txt"
REQUIREMENTS_DEV = ROOT / "requirements-dev.txt"
INSTALLER = Path(__file__).with_name("installer.txt")  # uv itself, pinned by hash like everything else
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
INSTALL_SECONDS = 900  # a slow line; the packages are some 60 MB

NO_VENV = (
    "This Python can make no virtual environment. On Debian or Ubuntu run `apt-get install python3-venv`, "
    "on Fedora `dnf install python3-pip`, then try again."
)


def ensure_packages(requirements: Path) -> None:
    """Return once this interpreter has every package pinned in `requirements`.

    An environment that is active and complete is used as it is. Otherwise `.venv` is made or completed, and this
    process is replaced by its Python, running the same command.
    """
    in_venv = Path(sys.prefix) == VENV
    if _is_stamped(requirements) if in_venv else not any(missing_packages(requirements)):
        return
    if not _is_stamped(requirements):
        with exclusively(data_folder() / "install.lock", seconds=INSTALL_SECONDS, doing="installing packages"):
            if not _is_stamped(requirements):
                _install(requirements)
    # Compiled once and kept: without that every process of every start compiles Django again, 1.5 s each.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])  # noqa: S606  in the venv too: what is imported may be old


def missing_packages(requirements: Path) -> Iterator[str]:
    """Names of the pinned packages which the running interpreter lacks, or has in another version."""
    pins = re.findall(r"^([\w.-]+)==([^\s;\\]+)", requirements.read_text(), re.MULTILINE)
    return (name for name, version in pins if _installed_version(name) != version)


def _installed_version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _stamp(requirements: Path) -> Path:
    return VENV / f".installed-{requirements.name}"


def _digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def _is_stamped(requirements: Path) -> bool:
    """Whether `.venv` holds exactly what `requirements` says now. A venv whose base Python is gone holds nothing."""
    stamp = _stamp(requirements)
    return VENV_PYTHON.exists() and stamp.exists() and stamp.read_text() == _digest(requirements)


def _install(requirements: Path) -> None:
    unfinished = VENV / ".unfinished"
    with step(f"Installing the packages of {requirements.name} into .venv"):
        if unfinished.exists() or (VENV.exists() and not VENV_PYTHON.exists()):
            shutil.rmtree(VENV)  # an installation that was killed, or a Python that has been removed
        if not VENV.exists():
            _make_venv()
        unfinished.touch()
        _run([*_installer(), "--require-hashes", "-r", str(requirements)])
        _stamp(requirements).write_text(_digest(requirements))
        unfinished.unlink()


def _make_venv() -> None:
    """Make `.venv`, without pip where the running Python has its own: half the time of a first start."""
    if not importlib.util.find_spec("venv"):
        raise LaunchError(NO_VENV)
    if _own_pip():
        _run([sys.executable, "-m", "venv", "--without-pip", str(VENV)])
    elif importlib.util.find_spec("ensurepip"):
        _run([sys.executable, "-m", "venv", str(VENV)])
    else:
        raise LaunchError(NO_VENV)


def _own_pip() -> bool:
    """Whether the running Python has a pip that can install into another environment (--python, pip 22.3)."""
    version = _installed_version("pip")
    return version is not None and tuple(map(int, re.findall(r"\d+", version)[:2])) >= (22, 3)


def _installer() -> list[str]:
    """The command that installs into `.venv`: uv, first taken from PyPI into it if need be; pip where uv fails."""
    if found := shutil.which("uv"):
        return _uv(found)
    pip = [str(VENV_PYTHON), "-m", "pip"]
    if _own_pip() and Path(sys.prefix) != VENV:
        pip = [sys.executable, "-m", "pip", "--python", str(VENV_PYTHON)]
    pip += ["install", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    uv = VENV / "bin" / "uv"
    try:
        if not uv.exists():
            _run([*pip, "--require-hashes", "-r", str(INSTALLER)])
        return _uv(str(uv))
    except LaunchError:
        return pip  # no uv for this machine


def _uv(program: str) -> list[str]:
    """uv with its cache in our folder, not in the home folder. Its files are hard links: they take no room twice."""
    cache = data_folder() / "uv"
    return [program, "pip", "install", "--quiet", "--cache-dir", str(cache), "--python", str(VENV_PYTHON)]


def _run(command: list[str]) -> None:
    try:
        subprocess.run(
            command,
            cwd=ROOT,
            check=True,
            text=True,
            timeout=INSTALL_SECONDS,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except subprocess.TimeoutExpired as error:
        raise LaunchError(
            f"Installing took longer than {INSTALL_SECONDS} s. Check the network and try again."
        ) from error
    except subprocess.CalledProcessError as error:
        said = "\n".join(error.stdout.strip().splitlines()[-8:])
        raise LaunchError(
            f"{said}\nInstalling failed: see the lines above. Can this machine reach PyPI? It is safe to try again."
        ) from error
