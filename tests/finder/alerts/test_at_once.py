"""Two requests, or two rounds, at the same moment."""

from django.utils import timezone

from finder.alerts.digest import queue_digests
from finder.mail_links import ALERTS
from tests.at_once import at_once
from tests.finder.alerts.conftest import LUPUS, READER, ask, link_in, read, status, subscribed
from trials.ingest import alerts
from trials.ingest.alerts import TooManyAlerts, confirm_alert
from trials.ingest.mail_worker import send_what_is_due
from trials.models import Alert, Mail


def pk_of(link):
    return ALERTS.row_of(link.rstrip("/").rpartition("/")[2])


def asked(post, *searches):
    """Alerts that wait for their owner's word."""
    for search in searches:
        ask(search)
    send_what_is_due()
    return [pk_of(link_in(mail)) for mail in post.to(READER)]


def confirm(pk):
    return lambda: confirm_alert(pk, timezone.now())


def test_two_rounds_write_one_mail(post):
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    now = timezone.now()
    assert sum(at_once(lambda: queue_digests(now), lambda: queue_digests(now))) == 1
    assert Mail.objects.filter(purpose="alert").count() == 1


def test_two_presses_confirm_one_alert(post):
    (pk,) = asked(post, LUPUS)
    at_once(confirm(pk), confirm(pk))
    assert Alert.objects.get().confirmed_at


def test_of_two_that_ask_for_the_same_one_stays(post):
    one, other = asked(post, LUPUS, LUPUS)
    at_once(confirm(one), confirm(other))
    assert Alert.objects.get().pk == other


def test_two_at_once_are_not_more_than_may_be(post, monkeypatch):
    monkeypatch.setattr(alerts, "MOST_ALERTS", 1)
    one, other = asked(post, LUPUS, "condition=sjogren")

    def second():
        try:
            confirm_alert(other, timezone.now())
        except TooManyAlerts:
            return "too many"

    assert at_once(confirm(one), second)[1] == "too many"
