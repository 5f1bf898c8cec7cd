"""Mails from the queue to a real mail server: none twice, none lost, nothing readable in between."""

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.utils import timezone

from tests.mail_server import KEYS, set_up_mail
from trials.ingest import mails
from trials.ingest.mail_worker import send_what_is_due
from trials.ingest.mails import Fate, deliver, forget_old_mails, queue_mail, take_up
from trials.mail.sealing import SealError, marks_of, seal, unseal
from trials.mail.server import this_threads_server
from trials.mail.text import MailText
from trials.mail_health import MailState, mail_findings, mail_state
from trials.models import Mail

ROOT = Path(__file__).resolve().parents[3]
TO = "desk@study-team.org"


def queued(to=TO, *, subject="Hello", text="A text", headers=None, **more):
    return queue_mail(MailText(subject, text, headers or {}), **{"purpose": "test", "to": to, **more})


def due_again():
    Mail.objects.filter(state="queued").update(retry_at=timezone.now())


def test_a_mail_arrives_once_and_its_row_is_wiped(server):
    mail = queued(text="Grüße 狼疮\n.a line with a dot\n.\nFrom here", reply_to="ada@writer.org")
    assert send_what_is_due() == 1 and send_what_is_due() == 0
    (taken,) = server.taken
    assert taken["To"] == TO and taken["Reply-To"] == "ada@writer.org" and taken["Subject"] == "Hello"
    assert taken["Message-ID"] == f"<{mail.pk}@finder-host.org>" and taken["Auto-Submitted"] == "auto-generated"
    assert taken.get_content().replace("\r\n", "\n") == "Grüße 狼疮\n.a line with a dot\n.\nFrom here\n"
    mail.refresh_from_db()
    assert (mail.state, mail.sealed, mail.code) == ("accepted", None, 250)


def test_nothing_of_it_can_be_read_in_the_database(server):
    queued(text="SECRETWORD", subject="SECRETWORD", reply_to="ada@writer.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(sealed, 'escape') || m::text FROM trials_mail m")
        (row,) = cursor.fetchone()
    assert not any(word in row for word in ("SECRETWORD", "desk", "writer"))


@pytest.mark.parametrize("reply", ["450 later", "data 451 later", "break", "data break", "421 bye"])
def test_what_is_put_off_comes_later_and_once(server, reply):
    server.replies["desk"] = [reply, "data 250 OK"] if reply.startswith("data") else [reply, "250 OK"]
    mail = queued()
    assert send_what_is_due() == 1
    mail.refresh_from_db()
    assert mail.state == "queued" and mail.tries == 1 and mail.retry_at > timezone.now() + timedelta(seconds=60)
    assert send_what_is_due() == 0, "not before its time"
    due_again()
    send_what_is_due()
    assert len(server.taken) == 1 and Mail.objects.get().state == "accepted"


@pytest.mark.parametrize("reply", ["550 no such mailbox", "data 554 no"])
def test_a_refusal_is_for_good(server, reply):
    server.replies["desk"] = [reply]
    queued()
    queued("other@study-team.net")
    send_what_is_due()
    states = Mail.objects.order_by("queued_at").values_list("state", "code")
    assert list(states) == [("refused", int(reply.removeprefix("data ")[:3])), ("accepted", 250)]
    assert Mail.objects.exclude(sealed=None).count() == 0


def test_while_the_server_is_down_mails_wait_until_they_are_given_up(server, settings):
    queued()
    set_up_mail(settings, 1)  # nobody listens there
    send_what_is_due()
    assert Mail.objects.get().state == "queued"
    Mail.objects.update(tried_at=timezone.now() - mails.GIVEN_UP_AFTER, retry_at=timezone.now())
    send_what_is_due()
    assert Mail.objects.get().state == "given_up"


def test_a_mail_that_no_worker_took_up_for_days_is_tried_before_it_is_given_up(server, settings):
    queued()
    Mail.objects.update(queued_at=timezone.now() - 2 * mails.GIVEN_UP_AFTER)
    set_up_mail(settings, 1)
    send_what_is_due()
    assert Mail.objects.get().state == "queued"
    set_up_mail(settings, server.port)
    due_again()
    send_what_is_due()
    assert len(server.taken) == 1


def test_waits_grow_and_have_a_longest(server):
    server.replies["desk"] = ["450 later"]
    queued()
    waits = []
    for _ in range(12):
        due_again()
        send_what_is_due()
        waits.append((Mail.objects.get().retry_at - timezone.now()).total_seconds())
    assert waits[0] < waits[2] < waits[5] and max(waits) <= 1.2 * mails.LONGEST_WAIT.total_seconds()


def test_its_fate_is_told_once_in_the_same_transaction(server, monkeypatch):
    told = []
    monkeypatch.setitem(mails._waiting, "test", lambda about, fate, _now: told.append((str(about), fate)))
    server.replies["no@"] = ["550 no"]
    about = "8b7c1d2e-0000-4000-8000-000000000001"
    queued(about=about), queued("no@study-team.org", about=about)
    send_what_is_due(), send_what_is_due()
    assert told == [(about, Fate.ACCEPTED), (about, Fate.REFUSED)]


@pytest.mark.parametrize("hostile", ["a\r\nBcc: x@evil.org", "a\nBcc: x@evil.org", "a\rX: y"])
def test_no_header_can_be_smuggled_in(server, hostile):
    queued(subject=hostile), queued(reply_to=f"{hostile}@x.org"), queued()
    send_what_is_due()
    assert all(one["Bcc"] is None and one["X"] is None for one in server.taken)
    assert len(server.to("evil")) == 0 and Mail.objects.filter(state="accepted").count() >= 1
    assert not Mail.objects.filter(state="queued").exists()


def test_a_long_address_in_a_header_stays_as_it_is(server):
    address = f"<https://finder-host.org/alerts/{'a' * 120}/>"
    mail = queued(headers={"List-Unsubscribe": address, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"})
    sent = mails._message(mail, json.loads(unseal(bytes(mail.sealed))))
    assert sent.startswith(f"List-Unsubscribe: {address}\r\nList-Unsubscribe-Post: ".encode())
    send_what_is_due()
    assert server.taken[0]["List-Unsubscribe"] == address and server.taken[0]["Subject"] == "Hello"


@pytest.mark.parametrize("value", ["a\r\nBcc: x@evil.org", "a\nB: c", "é", "x" * 1000])
def test_a_header_that_is_none_is_not_sent(server, value):
    queued(headers={"X-Odd": value})
    send_what_is_due()
    assert Mail.objects.get().state == "refused" and not server.taken


def test_long_and_odd_texts_arrive_as_they_are(server):
    text = "x" * 5_000 + "\n" + "\u202e狼 <b>bold</b>\x00\x07" + "\n" * 3 + "." * 1_000
    queued(text=text, subject="é" * 300)
    send_what_is_due()
    (taken,) = server.taken
    assert taken.get_content().replace("\r\n", "\n").rstrip("\n") == text and taken["Subject"] == "é" * 300


def test_keys_can_be_changed_while_mails_wait(server, settings):
    sealed = seal(b"x")
    settings.MAIL_KEYS = KEYS[::-1]
    assert unseal(sealed) == b"x"
    settings.MAIL_KEYS = KEYS[1:]
    with pytest.raises(SealError):
        unseal(sealed)


def test_a_mail_whose_key_is_gone_waits_for_it_and_stops_no_other(server, settings, caplog):
    queued()
    settings.MAIL_KEYS = KEYS[1:]
    queued("other@study-team.org")
    send_what_is_due()
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["accepted", "queued"]
    assert "desk@" not in caplog.text and "FINDER_MAIL_KEYS" in caplog.text
    settings.MAIL_KEYS = KEYS
    due_again()
    send_what_is_due()
    assert len(server.to("desk@")) == 1


def test_marks_are_the_same_each_time_and_others_by_each_key(settings):
    settings.MAIL_KEYS = KEYS
    newest, former = marks_of(TO)
    settings.MAIL_KEYS = KEYS[1:]
    assert marks_of(TO) == [former] != [newest] and marks_of("other@study-team.org") != [former]


def test_several_workers_send_each_mail_once(server):
    for n in range(60):
        queued(f"desk{n}@study-team.org")

    def work():
        try:
            send_what_is_due()
        finally:
            this_threads_server().hang_up()
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(server.taken) == 60 == len({one["Message-ID"] for one in server.taken})


KILLED = """
import os, django
django.setup()
from django.conf import settings
settings.MAIL_HOST, settings.MAIL_PORT, settings.MAIL_TLS = "127.0.0.1", {port}, "off"
settings.MAIL_USER, settings.MAIL_FROM, settings.MAIL_KEYS = "", "finder@finder-host.org", {keys!r}
settings.DATABASES["default"]["NAME"] = {database!r}
from trials.mail.server import MailServer
from trials.ingest.mails import deliver
from trials.models import Mail
before = MailServer.{step}
def killed(self, *given):
    if {late}: before(self, *given)
    os.kill(os.getpid(), {signal})
MailServer.{step} = killed
deliver(Mail.objects.get().pk)
"""


@pytest.mark.parametrize(
    ("step", "late", "taken", "state"),
    [("_ready", True, 1, "accepted"), ("_text", False, 0, "in_doubt"), ("_text", True, 1, "in_doubt")],
)
def test_a_worker_that_is_killed_sends_nothing_twice(server, step, late, taken, state):
    """Before the text went out the mail waits on; after that nobody knows, and it is never sent again."""
    queued()
    name = connection.settings_dict["NAME"]
    code = KILLED.format(port=server.port, keys=KEYS, database=name, step=step, late=late, signal=int(signal.SIGKILL))
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ, timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL
    for _ in range(50):  # Postgres notices that the connection is gone
        send_what_is_due()
        if Mail.objects.get().state != "handing_over":
            break
        threading.Event().wait(0.1)
    send_what_is_due()
    assert len(server.taken) == taken and Mail.objects.get().state == state


def test_a_mail_in_the_hands_of_a_living_worker_is_left_to_it(server):
    mail = queued()
    Mail.objects.update(state="handing_over")
    delivered = []
    with mails._held(mail.pk):
        other = threading.Thread(target=lambda: (delivered.append(deliver(mail.pk)), connection.close()))
        other.start(), other.join()
    assert delivered == [False] and deliver(mail.pk)
    assert Mail.objects.get().state == "in_doubt"


def test_a_server_that_takes_all_and_is_silent_may_have_it(server, monkeypatch):
    monkeypatch.setattr("trials.mail.server.LAST_ANSWER_SECONDS", 0.2)
    server.replies["desk"] = ["data silent"]
    queued()
    assert send_what_is_due() == 1 and send_what_is_due() == 0
    assert Mail.objects.get().state == "in_doubt"


def test_the_queue_knows_a_mail_by_its_id_alone_and_gives_back_a_lost_place(server):
    mail = queued(text="SECRETWORD")
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        assert cursor.fetchall() == [(f'{{"mail_id": "{mail.pk}"}}',)]
        assert take_up(timezone.now()) == 0
        cursor.execute("DELETE FROM procrastinate_jobs")
        assert [take_up(timezone.now()), take_up(timezone.now())] == [1, 0]


def test_a_mail_that_is_put_off_has_its_next_try_in_the_queue(server):
    server.replies["desk"] = ["450 later"]
    mail = queued()
    send_what_is_due()
    mail.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(scheduled_at) FROM procrastinate_jobs")
        assert cursor.fetchone() == (mail.retry_at,)


def test_a_mail_whose_key_is_gone_waits_for_it_a_month_and_no_longer(server, settings):
    mail = queued()
    settings.MAIL_KEYS = [Fernet.generate_key().decode()]
    send_what_is_due()
    mail.refresh_from_db()
    assert mail.state == "queued" and mail.retry_at > timezone.now()
    Mail.objects.update(queued_at=timezone.now() - mails.KEPT, retry_at=timezone.now())
    send_what_is_due()
    mail.refresh_from_db()
    assert mail.state == "given_up" and mail.sealed is None and not server.taken


def test_a_server_that_takes_a_text_and_breaks_off_before_it_says_so_gets_it_again_under_the_same_name(server):
    server.replies["desk"] = ["data take and break", "data 250 OK"]
    mail = queued()
    send_what_is_due()
    Mail.objects.update(retry_at=timezone.now())
    send_what_is_due()
    mail.refresh_from_db()
    assert mail.state == "accepted" and len(server.taken) == 2
    assert len({one["Message-ID"] for one in server.taken}) == 1


def test_letters_beyond_ascii_go_out_in_seven_bits(server):
    queued(text="Señora 狼")
    send_what_is_due()
    (mail,) = server.taken
    assert mail["Content-Transfer-Encoding"] != "8bit" and "Señora 狼" in mail.get_content()


def test_rows_of_settled_mails_go_after_a_month(server):
    queued()
    send_what_is_due()
    forget_old_mails(timezone.now() + mails.KEPT - timedelta(hours=1))
    assert Mail.objects.count() == 1
    forget_old_mails(timezone.now() + mails.KEPT + timedelta(hours=1))
    assert Mail.objects.count() == 0


def test_an_operator_sees_how_many_wait_and_for_how_long(server, client):
    assert mail_state() == MailState(0, None, 0, 0, 0)
    server.replies = {"no@": ["550 no"], "late@": ["450 later"]}
    for name in ("desk", "no", "late"):
        queued(f"{name}@study-team.org")
    send_what_is_due()
    assert mail_state() == MailState(1, 0, 1, 0, 0) and list(mail_findings(mail_state())) == []
    Mail.objects.filter(state="queued").update(queued_at=timezone.now() - timedelta(minutes=75))
    said = client.get("/healthz").json()
    expected = {"waiting": 1, "oldest_minutes": 75, "refused": 1, "given_up": 0, "in_doubt": 0, "locked": 0, "late": 0}
    assert said["mail"] == expected
    (warning,) = (one for one in said["warnings"] if one["code"] == "mail_waits")
    assert "has waited for 75 minutes" in warning["sentence"] and "study-team" not in str(said)
