"""What a press of a button in the form means."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder import limits
from finder.mail_links import MESSAGES, whole_address
from finder.messages.form import Draft, is_too_quick, message_id, read_draft, still_began
from finder.messages.offered import partner_of
from finder.presenters.message import MessageView, message_view, phone_contacts, recipient_words
from finder.presenters.titles import title_of
from finder.traps import was_filled_in_by_a_machine
from trials.ingest.mailboxes import TooMany, TooManyOfSite
from trials.ingest.messages import store_message
from trials.letters import Letter
from trials.models import Trial
from trials.recipients import Recipient
from trials.text_blocks import clean_text

MOST_AN_HOUR = 5  # messages of one client


@dataclass(frozen=True, slots=True)
class Answer:
    """`part` is the template of what is shown."""

    part: str
    message: MessageView
    status: int = 200


class _Refused(Exception):
    """A sentence for the person whose message cannot be taken now."""


def act(request: HttpRequest, trial: Trial, found: tuple[Recipient, ...]) -> Answer:
    """`trial` comes with its contacts and sites; `found` are those to whom somebody can write from here."""
    language = get_language() or "en"
    if not found:
        return Answer("finder/_message_none.html", message_view(trial, found, Draft(wanted=language)), 404)
    if request.method != "POST":
        first = Draft(found[0] if len(found) == 1 else None, wanted=language)
        return Answer("finder/_message_form.html", message_view(trial, found, first))
    form, draft = request.POST, read_draft(request.POST, found, language)
    since = still_began(form)
    if form.get("do") == "change":
        return Answer("finder/_message_form.html", message_view(trial, found, draft.without_problems(), since=since))
    if draft.problems or draft.to is None:
        return Answer("finder/_message_form.html", message_view(trial, found, draft, since=since))
    if was_filled_in_by_a_machine(form):  # which is told what a person is told
        return Answer("finder/_message_asked.html", message_view(trial, found, draft))
    if form.get("do") != "send":
        return Answer("finder/_message_review.html", message_view(trial, found, draft, since=since))
    try:
        _take(request, trial, draft, draft.to)
    except _Refused as refused:
        view = message_view(trial, found, draft, trouble=str(refused), since=since)
        return Answer("finder/_message_review.html", view, 429)
    return Answer("finder/_message_asked.html", message_view(trial, found, draft))


def _take(request: HttpRequest, trial: Trial, draft: Draft, to: Recipient) -> None:
    if is_too_quick(request.POST):
        raise _Refused(_("That was very quick. Please press the button once more in a moment."))
    counted = limits.is_one_visitor(request)
    if counted and not limits.ask(request, "messages", MOST_AN_HOUR, limits.HOUR).granted:
        raise _Refused(_("You have sent many messages. Please go on in an hour, or use the phone."))
    try:
        pk = message_id(request.POST, draft)
        store_message(pk, _letter(request, trial, draft, to, MESSAGES.of(pk)), timezone.now())
    except TooManyOfSite as error:
        raise _Refused(_("We can send no more mails today. Please go on tomorrow, or use the phone.")) from error
    except TooMany as error:
        sentence = _("This e-mail address has had many links from us today. Please go on tomorrow, or use the phone.")
        raise _Refused(sentence) from error


def _letter(request: HttpRequest, trial: Trial, draft: Draft, to: Recipient, token: str) -> Letter:
    language = get_language() or "en"
    return Letter(
        nct_id=str(trial.nct_id),
        title=clean_text(title_of(trial)),
        study_url=whole_address("study", str(trial.nct_id), language, request),
        status_url=whole_address("message_status", token, language, request),
        language=language,
        to=recipient_words(to),
        address=to.address,
        name=draft.name,
        email=draft.email,
        phone=draft.phone,
        wanted=draft.wanted,
        text=draft.text,
        recipient=to.key,
        partner=partner.key if (partner := partner_of(request)) else "",
        phones=tuple(": ".join(filter(None, (one.name, one.phone))) for one in phone_contacts(trial)),
    )
