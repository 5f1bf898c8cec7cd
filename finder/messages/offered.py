"""Whether a visitor can write to a study's team from here, and to whom."""

from django.conf import settings
from django.http import HttpRequest

from trials.mail import is_set_up
from trials.models import Partner, Trial
from trials.recipients import Recipient, recipients


def offered(request: HttpRequest, trial: Trial) -> tuple[Recipient, ...]:
    """None where no mail can be sent, or nobody has turned it on: the operator for the contacts of studies, a clinic
    for itself within its frame. `trial` comes with its contacts and sites.
    """
    if not is_set_up():
        return ()
    partner: Partner | None = getattr(request, "partner", None)
    return recipients(trial, partner, of_study=settings.MESSAGES)
