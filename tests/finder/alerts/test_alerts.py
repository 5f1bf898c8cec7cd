"""Alerts by mail: from the form to the mail that tells what is new, and to the button that stops it."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Event

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from finder.alerts.digest import queue_digests
from tests.finder.alerts.conftest import DAY, LUPUS, READER, ask, digests, link_in, read, status, subscribed
from tests.finder.conftest import words_of
from tests.mail_server import KEYS
from tests.studies import store
from trials.ingest.alerts import CONFIRM_WITHIN, MOST_ALERTS, MOST_REFUSALS, seal_alerts_anew
from trials.ingest.mail_worker import send_what_is_due
from trials.ingest.mailboxes import MOST_LINKS
from trials.ingest.mails import GIVEN_UP_AFTER
from trials.mail.sealing import seal
from trials.mail_health import mail_findings, mail_state
from trials.models import Alert, Mail, RecordVersion, TrialEditorial
from trials.models.run import SYNC_LOCK


def test_nobody_is_written_to_before_the_owner_of_the_mailbox_says_so(post):
    assert "Now look into your mailbox" in words_of(ask().content.decode())
    send_what_is_due()
    (first,) = post.taken
    assert first["To"] == READER
    link = link_in(first)
    for _ in range(2):  # a program that looks into mails
        page = Client().get(link)
        assert "Yes, tell me what is new" in words_of(page.content.decode())
        assert page["Cache-Control"] == "no-store, private" and not page.cookies
    read(status("RECRUITING", "2026-01-02"))
    assert digests(post) == []
    assert Alert.objects.get().confirmed_at is None
    assert "Your alert is on" in words_of(Client().post(link, {"do": "confirm"}).content.decode())
    assert Alert.objects.get().confirmed_at is not None


def test_an_address_and_a_search_lie_in_the_database_sealed(post):
    subscribed(post)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM trials_alert a")
        [[row]] = cursor.fetchall()
    assert READER not in row and "sle" not in row and "ada" not in row


def test_the_mail_to_an_address_that_nobody_has_confirmed_holds_no_typed_word(post):
    ask("near=Your account is locked, sign in at evil.example&q=BUY")
    send_what_is_due()
    text = post.taken[0].as_string()
    assert "evil" not in text and "BUY" not in text and "locked" not in text


def test_new_studies_and_changes_that_matter_are_told_and_nothing_else(post):
    read(status("NOT_YET_RECRUITING", "2026-01-01"), ago=2 * DAY)
    subscribed(post)
    assert digests(post) == []  # the first mail does not tell of all there is
    read(status("RECRUITING", "2026-02-01"))
    read(status("RECRUITING", "2026-02-02", "NCT90000002"))
    (mail,) = digests(post)
    text = mail.get_content()
    assert text.index("New here") < text.index("NCT90000002") < text.index("Changed") < text.index("NCT90000001")
    assert "This is not medical advice" in text and "\n- " in text
    assert "2 studies are new or have changed" in mail["Subject"]
    assert digests(post, DAY) == []  # told once


def test_what_was_refused_or_is_in_doubt_is_told_again_and_what_was_taken_is_not(post):
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    post.replies["reader-home"] = ["550 no"]
    assert digests(post) == []
    told = Alert.objects.get()
    assert told.refusals == 1 and told.offered_until is None
    assert queue_digests(timezone.now()) == 0  # not at once
    post.replies.clear()
    (mail,) = digests(post, DAY)
    assert "NCT90000001" in mail.get_content()
    assert Alert.objects.get().refusals == 0


def test_a_mail_in_doubt_does_not_count_as_told(post):
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    until = Alert.objects.get().told_until
    queue_digests(timezone.now())
    Mail.objects.filter(purpose="alert").update(state=Mail.State.HANDING_OVER)  # its worker was killed
    send_what_is_due()
    assert Mail.objects.get(purpose="alert").state == Mail.State.IN_DOUBT
    assert Alert.objects.get().told_until == until
    assert len(digests(post, DAY)) == 1


def test_a_mailbox_that_takes_nothing_is_forgotten(post):
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    post.replies["reader-home"] = ["550 no"]
    for day in range(MOST_REFUSALS):
        digests(post, DAY * day)
    assert not Alert.objects.exists()


def test_a_mailbox_is_not_forgotten_while_the_server_takes_nobodys_mails(post):
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    Mail.objects.all().delete()
    post.replies["reader-home"] = ["550 relay denied"]
    for day in range(MOST_REFUSALS + 1):
        digests(post, DAY * day)
    post.replies.clear()
    assert len(digests(post, DAY * 9)) == 1


def test_an_outage_of_days_counts_against_no_mailbox(post):
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    post.replies["reader-home"] = ["450 later"]
    for day in range(MOST_REFUSALS + 1):
        queue_digests(timezone.now() + DAY * day)
        Mail.objects.filter(settled_at=None).update(tried_at=timezone.now() - GIVEN_UP_AFTER)
        send_what_is_due()
    assert Mail.objects.filter(state="given_up").count() == MOST_REFUSALS + 1
    assert Alert.objects.get().refusals == 0


def test_while_a_mail_waits_no_other_is_written(post):
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    assert queue_digests(timezone.now()) == 1
    read(status("RECRUITING", "2026-02-02", "NCT90000002"))
    assert queue_digests(timezone.now() + 30 * DAY) == 0  # no worker was there
    send_what_is_due()
    assert "NCT90000002" not in post.to(READER)[-1].get_content()
    (mail,) = digests(post, DAY)
    assert "NCT90000002" in mail.get_content() and "NCT90000001" not in mail.get_content()


def test_what_is_stored_while_a_round_runs_is_told_by_the_next_one(post):
    subscribed(post)
    with ThreadPoolExecutor(1) as other:
        started, go_on = Event(), Event()
        done = other.submit(store_slowly, status("RECRUITING", "2026-02-01"), started, go_on)
        started.wait(10)
        assert digests(post) == []
        go_on.set()
        done.result(10)
    RecordVersion.objects.update(source="https://registry")
    assert len(digests(post)) == 1


def store_slowly(record, started, go_on):
    """As a program that has stored something and not yet said so."""
    try:
        with transaction.atomic():
            store(record)
            started.set()
            go_on.wait(10)
    finally:
        connection.close()


def test_a_file_that_was_written_long_ago_is_news_on_the_day_it_is_read(post):
    subscribed(post)
    read(status("RECRUITING", "2020-02-01"))
    RecordVersion.objects.update(fetched_at=timezone.now() - 900 * DAY)
    assert len(digests(post)) == 1


def test_a_search_that_cannot_be_told_silences_no_other(post, monkeypatch, caplog):
    subscribed(post, "condition=sjogren", email="other@reader-home.org")
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    Alert.objects.filter(pk=Alert.objects.order_by("created_at")[0].pk).update(**sealed_rubbish())
    assert len(digests(post)) == 1
    assert "An alert cannot be told: TypeError" in caplog.text and "rubbish" not in caplog.text


def sealed_rubbish():
    return {"sealed": seal(b'{"rubbish": 1}')}


def test_keys_can_be_changed_and_the_old_one_taken_away(post, settings):
    link = subscribed(post)
    old, new = settings.MAIL_KEYS[0], Fernet.generate_key().decode()
    settings.MAIL_KEYS = [new]
    answer = Client().get(link)
    assert answer.status_code == 200 and "its key is missing on our side" in words_of(answer.content.decode())
    assert [one.code for one in mail_findings(mail_state())] == ["mail_key_missing"]
    settings.MAIL_KEYS = [new, old]
    assert seal_alerts_anew() == 1 and seal_alerts_anew() == 0
    settings.MAIL_KEYS = [new]
    assert "We write when something is new." in words_of(Client().get(link).content.decode())
    subscribed(post, rhythm="weekly")  # known as the same mailbox
    assert [one.rhythm for one in Alert.objects.all()] == ["weekly"]
    assert list(mail_findings(mail_state())) == []


def test_an_alert_whose_key_is_missing_can_still_be_stopped(post, settings):
    link = subscribed(post)
    settings.MAIL_KEYS = [Fernet.generate_key().decode()]
    answer = Client().post(link, {"do": "confirm"})
    assert "This alert cannot be opened now" in words_of(answer.content.decode())
    assert "The alert is stopped" in words_of(Client().post(link, {"do": "stop"}).content.decode())
    assert not Alert.objects.exists()


def test_to_stop_and_ask_again_floods_no_mailbox(post):
    for n in range(MOST_LINKS + 2):
        assert ask(email=READER.replace("@", f"+{n}@")).status_code == 200
        Alert.objects.all().delete()
    send_what_is_due()
    assert len(post.taken) == MOST_LINKS


def test_the_site_sends_no_thousands_of_links_in_a_day(post, monkeypatch):
    monkeypatch.setattr("trials.ingest.mailboxes.MOST_LINKS_OF_SITE", 1)
    assert ask().status_code == 200
    answer = ask(email="else@reader-home.org")
    assert answer.status_code == 429 and "We can send no more mails today." in words_of(answer.content.decode())


def test_rounds_may_run_as_often_as_one_likes(post):
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    now = timezone.now()
    assert [queue_digests(now) for _ in range(3)] == [1, 0, 0]


def test_who_wants_it_weekly_is_not_written_to_each_day(post):
    subscribed(post, rhythm="weekly")
    read(status("RECRUITING", "2026-02-01"))
    assert len(digests(post)) == 1
    read(status("COMPLETED", "2026-02-02"))
    assert digests(post, DAY) == []
    assert len(digests(post, 7 * DAY)) == 1


def test_one_study_can_be_followed(post):
    read(status("RECRUITING", "2026-01-01"), ago=DAY)
    page = Client().get("/alerts/?q=NCT90000001")
    assert "You will hear when this study changes" in words_of(page.content.decode())
    subscribed(post, "q=NCT90000001")
    read(status("RECRUITING", "2026-02-02", "NCT90000002"))
    assert digests(post) == []
    read(status("COMPLETED", "2026-02-03"))
    (mail,) = digests(post)
    assert "NCT90000001" in mail.get_content() and "NCT90000002" not in mail.get_content()


def test_studies_that_an_editor_took_off_are_never_told(post):
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    trial = RecordVersion.objects.get().trial
    TrialEditorial.objects.update_or_create(trial=trial, defaults={"hidden": True, "hidden_reason": "Not ours"})
    assert digests(post) == []


def test_the_button_of_a_mail_program_stops_it_with_one_request(post):
    link = subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    (mail,) = digests(post)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"] == f"<https://trials.example.org{link}>"
    answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and "The alert is stopped" in words_of(answer.content.decode())
    assert not Alert.objects.exists()
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_all_alerts_to_a_mailbox_stop_with_one_button(post):
    subscribed(post, "condition=sjogren")
    subscribed(post, "condition=sle", email="other@reader-home.org")
    link = subscribed(post)
    Client().post(link, {"do": "stop-all"})
    assert Alert.objects.count() == 1  # the other mailbox's


def test_the_same_wish_twice_is_one_alert_and_its_new_rhythm_holds(post):
    subscribed(post)
    subscribed(post, rhythm="weekly", email=READER.upper())
    assert [one.rhythm for one in Alert.objects.all()] == ["weekly"]


def test_the_answer_does_not_tell_if_an_address_is_known_and_no_mailbox_is_flooded(post):
    known = subscribed(post) and ask().content
    assert ask(email="stranger@reader-home.org").content == known
    for _ in range(MOST_LINKS + 2):
        assert ask().content == known
    send_what_is_due()
    assert len(post.to(READER)) == MOST_LINKS


def test_a_program_that_fills_in_every_field_gets_the_same_answer_and_no_mail(post):
    assert ask(b3="http://spam").content == ask(email="else@reader-home.org").content
    assert Alert.objects.count() == 1


def test_there_is_a_most_of_alerts(post, monkeypatch):
    monkeypatch.setattr("trials.ingest.alerts.MOST_ALERTS", 1)
    assert MOST_ALERTS > 1
    subscribed(post)
    ask("condition=sjogren")
    send_what_is_due()
    answer = Client().post(link_in(post.to(READER)[-1]), {"do": "confirm"})
    assert answer.status_code == 429 and "Please stop one first" in words_of(answer.content.decode())


def test_what_nobody_confirms_is_deleted(post):
    ask()
    send_what_is_due()
    link = link_in(post.taken[0])
    Alert.objects.update(created_at=timezone.now() - CONFIRM_WITHIN)
    assert Client().get(link).status_code == 404
    answer = Client().post(link, {"do": "confirm"})
    assert answer.status_code == 404 and "This link no longer holds" in words_of(answer.content.decode())
    send_what_is_due()
    assert not Alert.objects.exists()


@pytest.mark.parametrize("typed", ["", "x", "a@b.org\r\nBcc: c@d.org", "a@b.org, c@d.org", "a@" + "b" * 400 + ".org"])
def test_what_is_no_address_gets_a_sentence(post, typed):
    answer = ask(email=typed)
    assert "This is not one whole e-mail address" in words_of(answer.content.decode())
    assert not Mail.objects.exists()


@pytest.mark.parametrize("search", ["q=" + "x" * 5000, "condition=nothing&page=9", "q=%00%0D%0ABcc:x", "q=<script>"])
def test_no_search_breaks_the_page_or_a_mail(post, search):
    assert Client().get(f"/alerts/?{search}").status_code in (200, 414)
    assert b"<script>" not in ask(search).content
    send_what_is_due()
    assert all(one["Bcc"] is None for one in post.taken)


def test_a_link_that_is_not_ours_opens_nothing(post):
    subscribed(post)
    forged = f"/alerts/{Alert.objects.get().pk.hex}:abc/"
    assert Client().get(forged).status_code == 404
    assert Client().post(forged, {"do": "stop-all"}).status_code == 404
    assert Alert.objects.count() == 1


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/zh-hans", "zh-hans"), ("/es", "es")])
def test_page_mails_and_links_are_in_the_language_of_the_page(post, prefix, language):
    assert Client().get(f"{prefix}/alerts/?{LUPUS}").status_code == 200
    link = subscribed(post, page=f"{prefix}/alerts/")
    assert Alert.objects.get().language == language and link.startswith(f"{prefix}/alerts/")
    read(status("RECRUITING", "2026-02-01"))
    (mail,) = digests(post)
    assert f"https://trials.example.org{prefix}/studies/NCT90000001/" in mail.get_content()


def test_without_mail_the_page_tells_of_feeds_alone(db):
    html = Client().get(f"/alerts/?{LUPUS}").content.decode()
    assert "<form" not in html.partition("<main")[2].partition("</main>")[0]
    assert f"/studies/feed/?{LUPUS}" in html


def test_the_command_waits_for_mail_and_says_so(db):
    said = StringIO()
    call_command("queue_alerts", stdout=said)
    assert "FINDER_SITE_URL" in said.getvalue()


def test_the_command_queues_what_is_new(post):
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    said = StringIO()
    call_command("queue_alerts", stdout=said)
    assert "1 mails were queued" in said.getvalue() and set(KEYS)


def test_the_command_waits_while_the_registry_is_read(post):
    subscribed(post)
    read(status("RECRUITING", "2026-02-01"))
    said = StringIO()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [SYNC_LOCK])
        call_command("queue_alerts", stdout=said)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [SYNC_LOCK])
    assert "The registry is being read." in said.getvalue() and not Mail.objects.filter(purpose="alert").exists()


def test_alerts_that_no_round_looks_at_are_told_to_the_operator(post):
    subscribed(post)
    assert list(mail_findings(mail_state())) == []
    Alert.objects.update(next_at=timezone.now() - 3 * DAY, told_until=timezone.now() - 3 * DAY)
    assert [one.code for one in mail_findings(mail_state())] == ["alerts_late"]
    assert digests(post) == [] and list(mail_findings(mail_state())) == []


def test_an_alert_that_cannot_be_opened_keeps_no_other_from_a_new_key(post, settings):
    subscribed(post, email="other@reader-home.org")
    subscribed(post)
    assert digests(post) == []
    first = Alert.objects.order_by("created_at")[0]
    Alert.objects.filter(pk=first.pk).update(sealed=b"damaged")
    settings.MAIL_KEYS = [Fernet.generate_key().decode(), *settings.MAIL_KEYS]
    assert seal_alerts_anew() == 1
    settings.MAIL_KEYS = settings.MAIL_KEYS[:1]
    read(status("RECRUITING", "2026-02-01"))
    assert len(digests(post, DAY)) == 1
