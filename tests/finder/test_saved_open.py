"""The page that opens links with a passcode: the same for everyone, kept by nobody, with no field that is sent."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/saved/open/", "/es/saved/open/", "/zh-hans/saved/open/"])
def test_is_kept_by_no_cache_and_found_by_no_search_engine(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


@pytest.mark.parametrize("path", ["/saved/open/", "/saved/"])
def test_a_passcode_has_no_field_that_a_browser_would_send(client, path):
    html = client.get(path).content.decode()
    forms = re.findall(r'<form[^>]*class="link-form".*?</form>', html, re.DOTALL)
    assert len(forms) == 1
    assert 'method="dialog"' in forms[0] and "action=" not in forms[0]
    assert not re.search(r"<(?:input|button|textarea|select)[^>]*\sname=", forms[0])


def test_answers_reading_alone(client):
    assert client.post("/saved/open/", {"passcode": "x"}).status_code == 405
