"""The settings of a real server, in a process of their own, and what they send to browsers."""

import re
import subprocess
import sys

import pytest
from django.test import Client

from finder.launch.steps import ROOT
from tests.launch.conftest import clean_environment

PRODUCTION = {
    "DATABASE_URL": "postgresql://finder:secret@db.invalid/finder",
    "FINDER_ALLOWED_HOSTS": "finder.example",
    "FINDER_SECRET_KEY": "k3-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
}


def python(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, *arguments]
    environment = clean_environment(**variables)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_check_deploy_is_clean() -> None:
    strict = ("check", "--deploy", "--fail-level", "WARNING")
    proxied = {**PRODUCTION, "FINDER_PROXY_ADDRESS_HEADER": "X-Forwarded-For"}
    done = python("-m", "django", *strict, DJANGO_SETTINGS_MODULE="finder.settings", **proxied)
    assert done.returncode == 0, done.stdout + done.stderr


def test_check_deploy_tells_of_what_works_and_is_not_safe() -> None:
    weak = {**PRODUCTION, "DATABASE_URL": "postgresql://finder@db.invalid/finder", "FINDER_ALLOWED_HOSTS": "*"}
    done = python("-m", "django", "check", "--deploy", DJANGO_SETTINGS_MODULE="finder.settings", **weak)
    assert [code for code in ("W001", "W002", "W003") if f"finder.{code}" not in done.stderr] == []


@pytest.mark.parametrize(
    "secret", ["short", "a" * 60, "abcabcabc" * 8, "django-insecure-0123456789abcdefghijklmnopqrstuvw"]
)
def test_a_secret_that_can_be_guessed_stops_the_start(secret: str) -> None:
    for name in ("FINDER_SECRET_KEY", "FINDER_SECRET_KEY_FALLBACKS"):
        done = python("-c", "import finder.wsgi", **{**PRODUCTION, name: secret})
        assert done.returncode == 1 and f"{name} can be guessed: make one with" in done.stderr
        assert secret not in done.stderr or secret == "short"


@pytest.mark.parametrize("name", PRODUCTION)
def test_server_without_a_needed_setting_names_it(name: str) -> None:
    done = python("-c", "import finder.wsgi", **{key: value for key, value in PRODUCTION.items() if key != name})
    assert done.returncode == 1
    assert done.stderr.strip().endswith(f"SettingError: Set {name}; see docs/deployment.md.")


def test_manage_py_says_it_without_a_traceback() -> None:
    done = python("manage.py", "check", **PRODUCTION, FINDER_HTTPS="perhaps")
    assert done.returncode == 1
    assert done.stderr.strip() == "FINDER_HTTPS is “perhaps”: set it to true or false; see docs/deployment.md."


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/no-such-page/", "/healthz"])
def test_visitors_get_strict_headers_and_no_cookie(client: Client, path: str) -> None:
    response = client.get(path)
    assert not response.cookies
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_only_the_admin_sets_cookies_and_keeps_them_to_itself(client: Client) -> None:
    response = client.get("/admin/login/")
    assert {morsel["path"] for morsel in response.cookies.values()} == {"/admin/"}
    assert response["Referrer-Policy"] == "same-origin"


# Read by nobody but the image, or never to be set on a real server.
NOT_PASSED_ON = {"FINDER_STATIC_ROOT", "FINDER_DEBUG"}


def test_every_variable_is_documented_and_reaches_the_containers() -> None:
    read = "".join((ROOT / "finder" / name).read_text() for name in ("settings.py", "logs.py"))
    names = set(re.findall(r'env_\w+\("(FINDER_\w+)"', read))
    guide, compose = ((ROOT / name).read_text() for name in ("docs/deployment.md", "docker-compose.yml"))
    assert {name for name in names if f"| `{name}` |" not in guide} == set()
    assert {name for name in names if f"    {name}: " not in compose} == NOT_PASSED_ON
