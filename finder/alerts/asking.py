"""The form in which somebody asks to be told by mail. What is answered tells nobody if an address is known here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder import limits
from finder.alerts.letters import to_confirm
from finder.alerts.links import is_offered
from finder.alerts.searches import SearchView, in_words, search_view
from finder.languages.addresses import outside_frames
from finder.traps import TRAP, was_filled_in_by_a_machine
from trials.ingest.alerts import Wish, store_alert
from trials.ingest.mailboxes import TooMany, TooManyOfSite
from trials.models import Alert
from trials.recipients import LONGEST_ADDRESS, one_address

MOST_AN_HOUR = 10  # alerts that one client asks for


@dataclass(frozen=True, slots=True)
class AlertsView:
    """`offered`: mail can be sent from here. `outside` is this page on the site itself, for who sees it in a frame."""

    search: SearchView
    said: str
    feed_url: str
    list_url: str
    outside: str
    offered: bool
    asked: bool = False
    email: str = ""
    weekly: bool = True
    problems: Mapping[str, str] = field(default_factory=dict)
    trap: str = TRAP
    longest: int = LONGEST_ADDRESS


def shown(request: HttpRequest) -> AlertsView:
    return _view(request, search_view(request.GET))


def asked(request: HttpRequest) -> tuple[AlertsView, int]:
    """What a press of the button gives, and its HTTP status."""
    form = request.POST
    search = search_view(form.get("search", ""))
    email, weekly = form.get("email", "").strip(), form.get("rhythm") != Alert.Rhythm.DAILY
    address = one_address(email)
    problems = {}
    if not address:
        problems["email"] = _("This is not one whole e-mail address. It looks like name@example.org.")
    elif search.problems:
        problems["search"] = search.problems[0]
    view = _view(request, search, email=email, weekly=weekly, problems=problems)
    if problems or not view.offered:
        return view, 200
    counted = limits.is_one_visitor(request)
    if counted and not limits.ask(request, "alerts", MOST_AN_HOUR, limits.HOUR).granted:
        said = _("You have asked for many alerts. Please go on in an hour.")
        return _view(request, search, email=email, weekly=weekly, problems={"search": said}), 429
    if not was_filled_in_by_a_machine(form):  # which is told what a person is told
        try:
            _store(Wish(address, search.query), weekly=weekly)
        except TooManyOfSite:
            said = _("We can send no more mails today. Please ask tomorrow, or use the feed.")
            return _view(request, search, email=email, weekly=weekly, problems={"search": said}), 429
    return _view(request, search, asked=True), 200


def _store(wish: Wish, *, weekly: bool) -> None:
    """A mailbox that has had enough links gets no other, and nobody is told. Raises TooManyOfSite."""
    language, pk = get_language() or "en", uuid4()
    rhythm = Alert.Rhythm.WEEKLY if weekly else Alert.Rhythm.DAILY
    try:
        store_alert(pk, wish, rhythm, language, to_confirm(pk, language), timezone.now())
    except TooManyOfSite:
        raise
    except TooMany:
        return


def _view(
    request: HttpRequest,
    search: SearchView,
    *,
    asked: bool = False,
    email: str = "",
    weekly: bool = True,
    problems: Mapping[str, str] | None = None,
) -> AlertsView:
    in_frame = getattr(request, "partner", None) is not None
    query = f"?{search.query}" if search.query else ""
    studies = reverse("study", args=[search.nct_id]) if search.nct_id else f"{reverse('studies')}{query}"
    feed = reverse("study_feed", args=[search.nct_id]) if search.nct_id else f"{reverse('studies_feed')}{query}"
    return AlertsView(
        search=search,
        said=in_words(search),
        feed_url="" if search.problems and search.nct_id else feed,
        list_url=studies,
        outside=f"{outside_frames(reverse('alerts'))}{query}" if in_frame else "",
        offered=is_offered() and not in_frame,
        asked=asked,
        email=email,
        weekly=weekly,
        problems=problems or {},
    )
