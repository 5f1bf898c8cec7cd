"""What is said at the start of a site whose mail is set up in part, or wrongly."""

import pytest
from django.core.checks import run_checks

from tests.mail_server import set_up_mail


def said() -> list[str]:
    return [one.id for one in run_checks() if one.id.startswith("finder.E")]


def test_mail_is_off_or_set_up_in_full(settings):
    assert said() == []
    set_up_mail(settings, 25)
    assert said() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("MAIL_HOST", "", "finder.E001"),
        ("MAIL_KEYS", [], "finder.E001"),
        ("MAIL_FROM", "Trial finder", "finder.E002"),
        ("MAIL_FROM", "a@b.org\r\nBcc: c@d.org", "finder.E002"),
        ("MAIL_KEYS", ["short"], "finder.E003"),
    ],
)
def test_what_cannot_send_is_an_error(settings, name, value, expected):
    set_up_mail(settings, 25)
    setattr(settings, name, value)
    assert said() == [expected]
