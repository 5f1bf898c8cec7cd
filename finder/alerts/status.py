"""An alert's own page, for who has the link from a mail: confirm it, or stop it, or stop all of this mailbox."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from finder.alerts.searches import in_words, search_view
from finder.mail_links import ALERTS
from trials.ingest.alerts import TooManyAlerts, confirm_alert, stop_alert, stop_all_alerts_like, stored_alert
from trials.mail.sealing import SealError
from trials.models import Alert


class AlertState(StrEnum):
    WAITS = "waits"  # for the word of its owner
    ON = "on"
    STOPPED = "stopped"
    LOCKED = "locked"  # the operator has left out its key
    GONE = "gone"  # stopped, or not confirmed in time, or a link that is not ours


@dataclass(frozen=True, slots=True)
class AlertView:
    """`search` in words, empty where there is none, or nobody can read it. `trouble` is a sentence, or empty."""

    state: AlertState
    search: str = ""
    rhythm: str = ""
    trouble: str = ""
    confirmed_now: bool = False

    @property
    def status(self) -> int:
        """Of HTTP."""
        return 404 if self.state is AlertState.GONE else 429 if self.trouble else 200


def shown(token: str, now: datetime) -> AlertView:
    pk = ALERTS.row_of(token)
    return _view(pk, now) if pk else AlertView(AlertState.GONE)


def pressed(token: str, form: QueryDict, now: datetime) -> AlertView:
    """Do what a button says. A mail program's own button only ever stops; to stop twice is no fault."""
    pk = ALERTS.row_of(token)
    if pk is None:
        return AlertView(AlertState.GONE)
    do = form.get("do", "")
    if form.get("List-Unsubscribe") == "One-Click" or do == "stop":
        stop_alert(pk)
        return AlertView(AlertState.STOPPED)
    if do == "stop-all":
        stop_all_alerts_like(pk)
        return AlertView(AlertState.STOPPED)
    return _confirmed(pk, now) if do == "confirm" else _view(pk, now)


def _confirmed(pk: UUID, now: datetime) -> AlertView:
    try:
        confirm_alert(pk, now)
    except SealError:
        return AlertView(AlertState.LOCKED)
    except TooManyAlerts:
        return _view(pk, now, _("There are as many alerts for this address as there may be. Please stop one first."))
    return _view(pk, now, confirmed_now=True)


def _view(pk: UUID, now: datetime, trouble: str = "", *, confirmed_now: bool = False) -> AlertView:
    try:
        stored = stored_alert(pk, now)
    except SealError:
        return AlertView(AlertState.LOCKED)
    if stored is None:
        return AlertView(AlertState.GONE)
    alert, wish = stored
    state = AlertState.ON if alert.confirmed_at else AlertState.WAITS
    rhythm = str(Alert.Rhythm(alert.rhythm).label)
    return AlertView(state, in_words(search_view(wish.search)), rhythm, trouble, confirmed_now)
