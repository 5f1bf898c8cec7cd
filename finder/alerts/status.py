"""An alert's own page, for who has the link from a mail: confirm it, or stop it, or stop all of this mailbox."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from finder.alerts.links import alert_of
from finder.alerts.searches import in_words, search_view
from trials.ingest.alerts import TooMany, confirm_alert, stop_alert, stop_all_alerts_like, stored_alert
from trials.mail.sealing import SealError
from trials.models import Alert


@dataclass(frozen=True, slots=True)
class AlertView:
    """`search` in words. `waits`: its owner has not confirmed it yet. `trouble` is a sentence, or empty."""

    search: str
    rhythm: str
    waits: bool
    trouble: str = ""


def act(token: str, form: QueryDict, now: datetime) -> str:
    """Do what a button says; a sentence where it cannot be done. A mail program's own button only ever stops."""
    pk = alert_of(token)
    if pk is None:
        return ""
    do = form.get("do", "")
    if form.get("List-Unsubscribe") == "One-Click" or do == "stop":
        stop_alert(pk)
    elif do == "stop-all":
        stop_all_alerts_like(pk)
    elif do == "confirm":
        try:
            confirm_alert(pk, now)
        except SealError:  # its key is gone
            return _("This alert cannot be opened any more. Please ask for it again.")
        except TooMany:
            return _("There are as many alerts for this address as there may be. Please stop one first.")
    return ""


def status_view(token: str, now: datetime, trouble: str = "") -> AlertView | None:
    """None for a link that is not ours, or whose alert is gone."""
    pk = alert_of(token)
    try:
        stored = stored_alert(pk, now) if pk else None
    except SealError:
        stored = None
    if stored is None:
        return None
    alert, wish = stored
    rhythm = Alert.Rhythm(alert.rhythm).label
    return AlertView(in_words(search_view(wish.search)), str(rhythm), alert.confirmed_at is None, trouble)
