"""A message to a study team: from the form to the team's mail server, and its fate told to who wrote it."""

import logging
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from finder.mail_links import MESSAGES
from finder.messages import form as message_form
from tests.at_once import at_once
from tests.finder.conftest import words_of
from tests.mail_server import mail_server, set_up_mail
from tests.studies import site, store, study
from trials.ingest import mailboxes, messages
from trials.ingest.mail_worker import forget_what_is_old, send_what_is_due
from trials.ingest.mailboxes import MOST_LINKS, forget_uses
from trials.ingest.mails import KEPT_WAITING
from trials.ingest.messages import forget_old_messages
from trials.models import Contact, Mail, MailboxUse, Message, Partner, Trial, TrialEditorial
from trials.recipients import recipients

PAGE = "/studies/NCT90000001/message/"
DESK, CLINIC = "desk@study-team.org", "trials@clinic-house.org"
TYPED = {"name": "Ada Lovelace", "email": "ada@writer-home.org", "phone": "+44 113 496 0000", "wanted": "es",
         "text": "I would like to know more.\nPlease call me.", "consent": "yes"}  # fmt: skip
QUOTED = "> I would like to know more.\n> Please call me."
CONTACTS = {
    "centralContacts": [{"name": "Study Desk", "role": "CONTACT", "phone": "+49 30 1234", "email": DESK}],
    "locations": [
        site(status="RECRUITING", contacts=[{"name": "Ward", "email": "ward@berlin-house.org"}]),
        site("Closed House", "Lyon", "France", status="COMPLETED", contacts=[{"email": "lyon@closed-house.org"}]),
        site("Odd House", "Leeds", "United Kingdom", status="RECRUITING", contacts=[{"email": "a@b.org, c@d.org"}]),
    ],
}


@pytest.fixture
def team(settings, transactional_db):
    """The team's mail server, behind ours."""
    settings.MESSAGES = True
    store(study(contactsLocationsModule=CONTACTS))
    with mail_server() as journal:
        set_up_mail(settings, journal.port)
        yield journal


@pytest.fixture
def slow(monkeypatch):
    """Everybody takes their time with the form."""
    monkeypatch.setattr(message_form, "LEAST_SECONDS", -1)


class Writer:
    """Somebody at the form, without a browser."""

    def __init__(self, page=PAGE, **typed):
        self.client, self.page = Client(), page
        self.response = self.client.get(page)
        self.typed = {**TYPED, **typed}

    @property
    def html(self) -> str:
        return self.response.content.decode()

    @property
    def words(self) -> str:
        return words_of(self.html)

    def choices(self) -> dict[str, str]:
        found = re.findall(r'<option value="([0-9a-f]{16})"[^>]*>([^<]*)<', self.html)
        return {unescape(label): key for key, label in found}

    def press(self, do, **more):
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.html))
        form = {**hidden, **self.typed, "do": do, **more}
        if "to" not in form or not form["to"]:
            form["to"] = next(iter(self.choices().values()), "")
        self.typed["to"] = form["to"]
        self.sent = form
        self.response = self.client.post(self.page, form)
        return self

    def send(self, **more):
        return self.press("review", **more).press("send", **more)


def link_in(mail) -> str:
    return re.search(r"http://testserver(/\S+)", mail.get_content()).group(1)


def confirmed(team, **typed) -> str:
    """The link, pressed."""
    Writer(**typed).send()
    send_what_is_due()
    link = link_in(team.to(typed.get("email", TYPED["email"]))[-1])
    assert Client().post(link).status_code == 200
    return link


def test_the_message_goes_out_only_when_the_owner_of_the_address_says_so(team, slow):
    writer = Writer().press("review")
    assert "This goes to: Study Desk, for the whole study" in writer.words and DESK in writer.words
    assert Mail.objects.count() == 0
    writer.press("send")
    assert "Now look into your mailbox" in writer.words
    send_what_is_due()
    (first,) = team.taken
    assert first["To"] == TYPED["email"] and "NCT90000001" in first["Subject"]
    link = link_in(first)
    for _ in range(2):  # a program that looks into mails
        assert "Yes, send my message" in words_of(Client().get(link).content.decode())
    send_what_is_due()
    assert len(team.taken) == 1
    said = words_of(Client().post(link).content.decode())
    assert "Your message is on its way" in said
    send_what_is_due()
    (message,) = team.to(DESK)
    assert message["Reply-To"] == TYPED["email"] and "finder@finder-host.org" in message["From"]
    text = message.get_content().replace("\r\n", "\n")
    assert QUOTED in text and "Name: Ada Lovelace" in text and "answer in: Español" in text
    assert "Your message was sent" in words_of(Client().get(link).content.decode())


def test_the_link_that_is_sent_first_holds_nothing_that_was_typed(team, slow):
    Writer(name="BUY-PILLS http://evil.org", text="BUY-PILLS http://evil.org now").send()
    send_what_is_due()
    (mail,) = team.taken
    assert "BUY" not in mail.as_string() and "evil" not in mail.as_string()


def test_the_sender_gets_a_copy_with_the_fate_and_the_phone(team, slow):
    confirmed(team)
    send_what_is_due()
    _link, copy = team.to(TYPED["email"])
    text = copy.get_content().replace("\r\n", "\n")
    assert "was sent" in copy["Subject"] and QUOTED in text
    assert "+49 30 1234" in text and "try the phone" in text


@pytest.mark.parametrize(("reply", "state"), [("550 no", "refused"), ("data 554 no", "refused")])
def test_a_refusal_is_told_with_what_was_written_and_the_phone(team, slow, reply, state):
    team.replies["desk"] = [reply]
    link = confirmed(team)
    send_what_is_due()
    assert Message.objects.get().state == state
    _link, told = team.to(TYPED["email"])
    assert "could not be sent" in told["Subject"] and "Please call me." in told.get_content()
    page = words_of(Client().get(link).content.decode())
    assert "Your message could not be sent" in page and "+49 30 1234" in page


def test_what_is_put_off_is_said_to_be_on_its_way_and_comes_once(team, slow):
    team.replies["desk"] = ["450 later", "250 OK"]
    link = confirmed(team)
    send_what_is_due()
    page = words_of(Client().get(link).content.decode())
    assert "has not taken it yet. We will try again." in page and "for up to three days" in page
    Mail.objects.filter(state="queued").update(retry_at=timezone.now())
    send_what_is_due()
    Client().post(link)
    send_what_is_due()
    assert len(team.to(DESK)) == 1


def test_nothing_of_it_is_left_when_its_fate_is_known(team, slow, caplog):
    with caplog.at_level(logging.DEBUG):
        confirmed(team)
        send_what_is_due()
    assert not any(word in caplog.text for word in ("Lovelace", "writer-home", "call me", "496 0000"))
    assert Message.objects.get().sealed is None
    assert not Mail.objects.exclude(sealed=None).exists()
    assert not any(b"Lovelace" in bytes(one or b"") for one in Mail.objects.values_list("sealed", flat=True))
    assert MailboxUse.objects.count() == 2
    forget_uses(timezone.now() + timedelta(hours=25))
    assert not MailboxUse.objects.exists()
    forget_old_messages(timezone.now() + timedelta(days=31))
    assert not Message.objects.exists()


def test_what_nobody_confirms_is_deleted_within_a_day(team, slow):
    Writer().send()
    send_what_is_due()
    link = link_in(team.taken[0])
    Message.objects.update(created_at=timezone.now() - timedelta(hours=24))
    response = Client().post(link)
    assert response.status_code == 404 and "This link no longer holds" in words_of(response.content.decode())
    forget_old_messages(timezone.now())
    assert not Message.objects.exists()
    send_what_is_due()
    assert not team.to(DESK)


@pytest.mark.parametrize("token", ["x", "0" * 32, "8b7c1d2e00004000800000000000abcd:AAAA", "a/../b"])
def test_a_link_that_is_not_ours_leads_nowhere(team, token):
    assert Client().get(f"/message/{token}/").status_code == 404


def test_only_fitting_recipients_are_offered(team):
    Contact.objects.create(
        trial=Trial.objects.get(), kind="CENTRAL", name="Stranger", email="stranger@far-away.org",
        hidden="affiliation-fits-no-site", position=9,
    )  # fmt: skip
    assert list(Writer().choices()) == ["Study Desk, for the whole study", "Charité, Berlin, Germany: Ward"]


def test_a_recipient_that_is_not_the_studys_is_refused(team, slow):
    writer = Writer().press("review", to="0" * 16)
    assert "Please choose who gets your message." in writer.words and Mail.objects.count() == 0


CLOSED = [{"overall_status": "COMPLETED"}, {"overall_status": "SUSPENDED"}, {"is_sample": True},
          {"gone_since": "2026-01-01T00:00Z"}]  # fmt: skip


@pytest.mark.parametrize("change", CLOSED, ids=str)
def test_a_study_that_nobody_can_ask_to_join_offers_none(team, slow, change):
    writer = Writer().press("review")
    Trial.objects.update(**change)
    assert PAGE not in Client().get("/studies/NCT90000001/").content.decode()
    response = Client().get(PAGE)
    assert response.status_code == 404 and "You cannot write to this team from here" in response.content.decode()
    assert writer.press("send").response.status_code == 404 and Mail.objects.count() == 0


def test_a_message_does_not_go_to_a_study_that_closed_meanwhile(team, slow):
    Writer().send()
    send_what_is_due()
    Trial.objects.update(overall_status="COMPLETED")
    response = Client().post(link_in(team.taken[0]))
    assert "takes no messages any more" in words_of(response.content.decode())
    send_what_is_due()
    assert not team.to(DESK)


def hide_the_contact(settings):
    Contact.objects.filter(email=DESK).update(hidden=True)


def turn_messages_off(settings):
    settings.MESSAGES = False


@pytest.mark.parametrize("change", [hide_the_contact, turn_messages_off])
def test_a_message_does_not_go_to_who_is_no_recipient_any_more(team, slow, settings, change):
    Writer().send()
    send_what_is_due()
    change(settings)
    response = Client().post(link_in(team.taken[0]))
    assert "takes no messages any more" in words_of(response.content.decode())
    send_what_is_due()
    assert not team.to(DESK)


def test_a_form_that_is_sent_twice_is_one_message_and_other_words_are_another(team, slow):
    writer = Writer().send()
    assert "Now look into your mailbox" in writer.words
    form = writer.sent
    for text in (form["text"], "Quite other words than before."):
        answer = writer.client.post(PAGE, {**form, "text": text})
        assert "Now look into your mailbox" in words_of(answer.content.decode())
    send_what_is_due()
    assert Message.objects.count() == 2 and len(team.taken) == 2


def test_two_presses_of_the_button_send_one_message(team, slow):
    Writer().send()
    send_what_is_due()
    pk = MESSAGES.row_of(link_in(team.taken[0]).rstrip("/").rpartition("/")[2])

    def press():
        messages.confirm_message(pk, timezone.now(), lambda _: True)

    at_once(press, press)
    send_what_is_due()
    assert len(team.to(DESK)) == 1


def test_what_nobody_sends_any_more_is_deleted_with_its_mails(team, slow, settings):
    Writer().send()
    send_what_is_due()
    Client().post(link_in(team.taken[0]))
    settings.MAIL_HOST = ""  # turned off, with a message under way
    forget_what_is_old(timezone.now() + KEPT_WAITING - timedelta(hours=1))
    assert Message.objects.exists() and Mail.objects.filter(settled_at=None).exists()
    forget_what_is_old(timezone.now() + KEPT_WAITING + timedelta(hours=1))
    assert not Message.objects.exists() and not Mail.objects.exists() and not MailboxUse.objects.exists()


def test_a_hidden_study_has_no_form(team):
    TrialEditorial.objects.create(trial=Trial.objects.get(), hidden=True, hidden_reason="Not ours")
    assert Client().get(PAGE).status_code == 404


@pytest.mark.parametrize("setting", ["MAIL_HOST", "MAIL_FROM", "MAIL_KEYS", "MESSAGES"])
def test_it_is_off_until_mail_is_set_up_and_it_is_turned_on(team, settings, setting):
    assert PAGE in Client().get("/studies/NCT90000001/").content.decode()
    setattr(settings, setting, "")
    assert PAGE not in Client().get("/studies/NCT90000001/").content.decode()
    assert Client().get(PAGE).status_code == 404 and Client().post(PAGE, TYPED).status_code == 404


FAULTS = {
    "name": ("", "Please write your name"),
    "email": ("ada at home", "This is not one whole e-mail address"),
    "phone": ("call me", "Please write the phone number in digits"),
    "text": ("Hi", "Please write a few words to the team."),
    "consent": ("", "Please tick the box if you agree."),
}


@pytest.mark.parametrize("name", FAULTS)
def test_an_error_says_what_to_do_and_keeps_what_was_typed(team, slow, name):
    value, sentence = FAULTS[name]
    writer = Writer(**{name: value}).press("review")
    assert sentence in writer.words and f'href="#message-{name}"' in writer.html
    kept = {**TYPED, name: value}
    assert all(kept[one] in unescape(writer.html) for one in ("name", "email", "phone", "text"))
    assert ('value="yes"' in writer.html) and (" checked" in writer.html) is (name != "consent")
    assert writer.press("send", **{name: value}).words.count(sentence) and Mail.objects.count() == 0


def test_it_asks_for_consent_by_a_box_that_nobody_has_ticked_and_for_no_health(team):
    writer = Writer()
    assert " checked" not in writer.html and "An e-mail is not confidential" in writer.words
    assert "Please write nothing about your health." in writer.words


ODD = ["a@b.org\r\nBcc: x@evil.org", "a@b.org, c@d.org", "<a@b.org>", '"a b"@c.org', "a@b", "a@b.org\x00", "ä@b.org"]


@pytest.mark.parametrize("email", [*ODD, "x" * 65 + "@b.org", "a@" + "b" * 250 + ".org"])
def test_an_address_that_is_none_or_more_than_one_gets_a_sentence(team, slow, email):
    writer = Writer(email=email).press("review")
    if "Is this right?" in writer.words:  # what nobody sees was taken out, and one address is left
        assert email == "a@b.org\x00" and "a@b.org" in writer.words
    writer.press("send")
    send_what_is_due()
    assert not team.to("evil") and all(one["Bcc"] is None for one in team.taken)


HOSTILE = {
    "headers": "x\r\nBcc: x@evil.org\r\n\r\nmore",
    "unseen": "a\x00b\x1b[31m\u202egnp.exe\u2066\ufeff c",
    "markup": "<b>x</b><script>alert(1)</script>{{ settings.SECRET_KEY }}",
    "dots": ".\n..\n.hidden\nQUIT\nDATA",
    "long word": "w" * 2_900,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_arrive_as_words(team, slow, text):
    writer = Writer(name=text[:70], text=f"Dear team, {text}").press("review")
    assert "<script>alert" not in writer.html and "\u202e" not in writer.html
    writer.press("send")
    send_what_is_due()
    Client().post(link_in(team.taken[0]))
    send_what_is_due()
    (message,) = team.to(DESK)
    assert message["Bcc"] is None and message.get_content_type() == "text/plain" and len(list(message.walk())) == 1
    assert "\u202e" not in message.get_content() and "\x00" not in message.get_content()


@pytest.mark.parametrize("name", ["name", "phone", "text"])
def test_what_is_too_long_gets_a_sentence_and_is_kept(team, slow, name):
    writer = Writer(**{name: "7" * 3_001}).press("review")
    assert "This is too long" in writer.words and "7" * 3_001 in writer.html and Mail.objects.count() == 0


def test_a_machine_that_fills_in_all_fields_is_told_what_a_person_is_told(team, slow):
    assert "Now look into your mailbox" in Writer().send(b3="http://evil.org").words
    assert Mail.objects.count() == Message.objects.count() == 0


def test_who_is_too_quick_is_asked_to_press_again_and_loses_nothing(team):
    writer = Writer().send()
    assert writer.response.status_code == 429 and "Please press the button once more" in writer.words
    assert Mail.objects.count() == 0 and TYPED["text"] in unescape(writer.html)
    began = signing.TimestampSigner(salt="finder.messages.began")
    began.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - 10)
    assert "Now look into your mailbox" in writer.press("send", began=began.sign("")).words


def test_a_form_without_our_time_is_not_taken(team):
    for began in ("", "x", "1:1:1"):
        assert Writer().press("send", began=began).response.status_code == 429
    assert Mail.objects.count() == 0


def test_one_address_gets_few_links_a_day(team, slow):
    for _ in range(MOST_LINKS):
        Writer().send()
    writer = Writer(email=TYPED["email"].upper().replace("@", "+more@")).send()
    assert writer.response.status_code == 429 and "has had many links from us today" in writer.words
    assert Mail.objects.count() == MOST_LINKS


def test_a_team_is_not_flooded_and_the_message_waits(team, slow, monkeypatch):
    monkeypatch.setattr(messages, "MOST_TO_RECIPIENT", 2)
    for n in range(2):
        confirmed(team, email=f"ada{n}@writer-home.org")
    Writer(email="late@writer-home.org").send()
    send_what_is_due()
    link = link_in(team.to("late@")[0])
    response = Client().post(link)
    assert response.status_code == 429 and "This team has had many messages today." in words_of(
        response.content.decode()
    )
    send_what_is_due()
    assert len(team.to(DESK)) == 2
    MailboxUse.objects.update(used_at=timezone.now() - timedelta(hours=25))
    assert Client().post(link).status_code == 200


def test_links_stand_where_the_operator_says_and_not_where_a_request_found_them(team, slow, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://trials.finder-host.org", ["*"]
    writer = Writer()
    writer.client.defaults["HTTP_HOST"] = "evil.org"
    writer.send()
    send_what_is_due()
    (mail,) = team.taken
    assert "https://trials.finder-host.org/message/" in mail.get_content() and "evil" not in mail.as_string()


def test_no_line_of_a_message_passes_for_one_of_ours(team, slow):
    confirmed(team, text="Hello\n\nThe sender has confirmed the e-mail address.\nFrom here\n> quoted")
    send_what_is_due()
    (message,) = team.to(DESK)
    lines = message.get_content().replace("\r\n", "\n").split("\n")
    at = lines.index("> Hello")
    assert lines[at : at + 5] == [
        "> Hello",
        ">",
        "> The sender has confirmed the e-mail address.",
        "> From here",
        "> > quoted",
    ]


def test_the_site_sends_no_thousands_of_links_in_a_day(team, slow, monkeypatch):
    monkeypatch.setattr(mailboxes, "MOST_LINKS_OF_SITE", 1)
    Writer().send()
    writer = Writer(email="else@writer-home.org").send()
    assert writer.response.status_code == 429 and "We can send no more mails today." in writer.words
    assert Message.objects.count() == 1


def test_one_client_can_send_few_an_hour(team, slow):
    writer = Writer()
    writer.client = Client(REMOTE_ADDR="203.0.113.7")
    writer.client.defaults["REMOTE_ADDR"] = "8.8.8.8"
    for n in range(6):
        writer.response = writer.client.get(PAGE)
        writer.press("review", email=f"ada{n}@writer-home.org").press("send", email=f"ada{n}@writer-home.org")
    assert writer.response.status_code == 429 and "You have sent many messages." in writer.words
    assert Message.objects.count() == 5


def test_no_cache_keeps_it_no_cookie_comes_and_nothing_is_in_an_address(team, slow):
    writer = Writer()
    for do in ("review", "change", "send"):
        writer.press(do)
        assert writer.response.headers["Cache-Control"] == "no-store, private"
        assert writer.response.headers["X-Robots-Tag"] == "noindex" and not writer.response.cookies
        assert writer.response.request["QUERY_STRING"] == ""


def test_a_fault_logs_none_of_its_words(team, slow, monkeypatch, caplog):
    def fails(*_given):
        raise RuntimeError("ada@writer-home.org")

    monkeypatch.setattr("finder.messages.acting.store_message", fails)
    assert Writer().send().response.status_code == 500
    assert "RuntimeError at" in caplog.text and "writer-home" not in caplog.text


@pytest.mark.parametrize("language", ["es", "zh-hans"])
def test_in_another_language_the_page_and_the_links_are_in_it(team, slow, language):
    writer = Writer(f"/{language}{PAGE}").send()
    assert writer.response.status_code == 200
    send_what_is_due()
    assert link_in(team.taken[0]).startswith(f"/{language}/message/")
    Client().post(link_in(team.taken[0]))
    send_what_is_due()
    (message,) = team.to(DESK)
    assert "Somebody who reads about your study NCT90000001" in message.get_content()


@pytest.fixture
def clinic(team, settings):
    settings.MESSAGES = False
    store(study("NCT90000002"))
    return Partner.objects.create(
        name="Example Clinic", allowed_origins="https://clinic.example.org", takes_messages=True, message_address=CLINIC
    )


def test_a_clinic_that_is_a_studys_own_contact_stands_first_and_once(clinic):
    trial = Trial.objects.prefetch_related("contacts", "sites").get(nct_id="NCT90000001")
    clinic.message_address = "WARD@berlin-house.org"
    assert [(one.address, one.is_clinic) for one in recipients(trial, clinic)] == [
        ("WARD@berlin-house.org", True),
        (DESK, False),
    ]


def test_a_clinic_is_written_to_within_its_own_frame_alone(clinic, team, slow):
    page = f"/embed/{clinic.key}/en/studies/NCT90000002/message/"
    assert page in Client().get(page.removesuffix("message/")).content.decode()
    writer = Writer(page)
    assert "Your message goes to: Example Clinic" in writer.words and CLINIC not in writer.html
    assert CLINIC not in writer.press("review").html
    writer.press("send")
    send_what_is_due()
    link = link_in(team.taken[0])
    assert link.startswith("/message/"), "the link leads to the site itself"
    Client().post(link)
    send_what_is_due()
    assert len(team.to(CLINIC)) == 1
    assert Client().get("/studies/NCT90000002/message/").status_code == 404
    writer = Writer(page, text="Another question, to which nobody comes.").send()
    send_what_is_due()
    Partner.objects.update(takes_messages=False)
    assert Client().get(page).status_code == 404
    answer = Client().post(link_in(team.to(TYPED["email"])[-1]))
    assert "takes no messages any more" in words_of(answer.content.decode())


def test_the_page_of_a_study_asks_for_no_more_than_before(team, django_assert_num_queries):
    Client().get("/studies/NCT90000001/")
    with django_assert_num_queries(18):
        Client().get("/studies/NCT90000001/")
