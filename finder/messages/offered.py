"""Whether a visitor can write to a study's team from here, and to whom."""

from django.conf import settings
from django.http import HttpRequest

from trials.letters import Letter
from trials.mail import is_set_up
from trials.models import Partner, Trial
from trials.recipients import Recipient, recipients


def offered(request: HttpRequest, trial: Trial) -> tuple[Recipient, ...]:
    """None where no mail can be sent, or nobody has turned it on: the operator for the contacts of studies, a clinic
    for itself within its frame. `trial` comes with its contacts and sites.
    """
    if not is_set_up():
        return ()
    return recipients(trial, partner_of(request), of_study=settings.MESSAGES)


def still_takes(letter: Letter) -> bool:
    """Whether the recipient of a letter would be offered today: studies close, editors hide contacts, and clinics, or
    the operator, turn messages off.
    """
    trial = Trial.objects.visible().prefetch_related("contacts", "sites").filter(nct_id=letter.nct_id).first()
    if trial is None or not is_set_up():
        return False
    partner = Partner.objects.filter(key=letter.partner, active=True).first() if letter.partner else None
    found = recipients(trial, partner, of_study=settings.MESSAGES)
    return (letter.recipient, letter.address) in {(one.key, one.address) for one in found}


def partner_of(request: HttpRequest) -> Partner | None:
    """The clinic in whose frame a page is shown."""
    partner: Partner | None = getattr(request, "partner", None)
    return partner
