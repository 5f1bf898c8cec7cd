import pytest

from finder.presenters.contacts import contact_views
from trials.models import Contact


@pytest.mark.parametrize(
    ("phone", "dial"),
    [
        ("+49 30 450 513", "+4930450513"),
        ("(877) 285-4559", "8772854559"),
        ("+1 (877) 285-4559", "+18772854559"),
        ("555-123-4567 ext. 12", "5551234567"),
        ("+49 (0)30 450 513", ""),
        ("1-877-CTLILLY (1-877-285-4559)", ""),
        ("555-123-4567 x123", ""),
        ("555-123-4567 / 555-123-9999", ""),
        ("86-010-69151188;86-13911788", ""),
        ("020 7188 7188 Extension 51234", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_phone_link_dials_what_is_written_or_there_is_none(phone, dial):
    (view,) = contact_views([Contact(phone=phone)])
    assert (view.phone, view.dial) == (phone, dial)


@pytest.mark.parametrize(
    ("email", "mail_to"),
    [("desk@study.example", "desk@study.example"), ("a@b.c?bcc=evil@evil.example&body=x", ""), ("a@b.c, d@e.f", "")],
)
def test_a_mail_link_holds_one_address_or_there_is_none(email, mail_to):
    (view,) = contact_views([Contact(email=email)])
    assert (view.email, view.mail_to) == (email, mail_to)
