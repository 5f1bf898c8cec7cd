"""The booklet for a clinic's waiting room: the open studies that its frame begins with, made to be printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from finder.embed.qr import QrCode, qr_code
from finder.embed.view import EmbedView
from finder.forms import StudySearch, read_search
from finder.places_asked import PlaceAsked
from finder.presenters import words
from finder.presenters.age_limits import age_limits
from finder.presenters.cards import phase_words
from finder.presenters.condition_list import name_of
from finder.presenters.contacts import ContactView, contact_views
from finder.presenters.design import Fact, joining_facts
from finder.presenters.distance import distance_words, measures_in_miles
from finder.presenters.freshness import Freshness, freshness
from finder.presenters.plain import Headline, headline_of
from finder.presenters.readings import place_problem
from finder.presenters.sites import Sites, SiteView, by_distance
from finder.presenters.status import StatusView, study_status
from finder.presenters.terms import ENGLISH
from trials import vocab as v
from trials.find import Search, keys_of_page, matching
from trials.models import Contact, Trial
from trials.partner_sites import is_own, own_trials
from trials.plain_language.model import Origin, Section
from trials.summaries import ShownSummary, shown_summaries

MOST_STUDIES = 100  # some 50 sheets of paper: more would be read by nobody
CONTENTS_FROM = 9  # studies; fewer are found by turning the pages
MOST_OWN_SITES = 3
MOST_CONTACTS = 2  # of one site
MOST_SENTENCES = 2  # on what is tested

AddressOf = Callable[[str], str]  # the id of a study → its page on our own site


@dataclass(frozen=True, slots=True)
class Line:
    """`official`: in the registry's own words, in English."""

    text: str
    official: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A site and whom to ask there; `own`: it is one of the clinic's."""

    site: SiteView
    own: bool
    contacts: tuple[ContactView, ...]


@dataclass(frozen=True, slots=True)
class BookletStudy:
    """`central` are the contacts for the whole study, where none of the places has one."""

    number: int
    nct_id: str
    by_hand: bool
    headline: Headline
    tested: tuple[Line, ...]
    joining: tuple[Fact, ...]
    status: StatusView
    freshness: Freshness
    places: tuple[Place, ...]
    more_places: str
    central: tuple[ContactView, ...]
    address: str
    code: QrCode


@dataclass(frozen=True, slots=True)
class Booklet:
    """`about` says what was looked for, `more` how many studies do not stand here."""

    made_on: str
    count: str
    about: tuple[Fact, ...]
    problems: tuple[str, ...]
    studies: tuple[BookletStudy, ...]
    more: str

    @property
    def has_contents(self) -> bool:
        return len(self.studies) >= CONTENTS_FROM


def booklet_view(view: EmbedView, address_of: AddressOf, today: date, stale_after_months: int) -> Booklet:
    asked = _asked(view)
    search = replace(asked.search, first=frozenset(own_trials(view.own_site_names)))
    total = matching(search).count()
    trials = _listed(search, today)
    summaries = shown_summaries(trials, get_language() or ENGLISH)
    maker = _Maker(asked, view.own_site_names, address_of, today, stale_after_months)
    count = ngettext("%(count)s study is open to join", "%(count)s studies are open to join", total)
    rest = max(0, total - MOST_STUDIES)
    more = ngettext(
        "%(count)s more study is open to join. You find it on the site.",
        "%(count)s more studies are open to join. You find them on the site.",
        rest,
    )
    problem = place_problem(asked)
    return Booklet(
        made_on=words.long_date(today),
        count=count % {"count": words.number(total)},
        about=_about(asked),
        problems=(*asked.problems, problem) if problem else asked.problems,
        studies=tuple(maker.study(n, one, summaries[one.pk]) for n, one in enumerate(trials, 1)),
        more=more % {"count": words.number(rest)} if rest else "",
    )


def _asked(view: EmbedView) -> StudySearch:
    """The search with which the clinic's list begins, for open studies alone."""
    is_open = [("status", status.value) for status in sorted(v.OPEN_STATUSES)]
    return read_search(QueryDict(urlencode([*view.parameters, *is_open])))


def _listed(search: Search, today: date) -> list[Trial]:
    keys = keys_of_page(search, first=0, count=MOST_STUDIES, today=today)
    shown = Trial.objects.visible().with_parts().in_bulk(keys)
    return [shown[key] for key in keys if key in shown]


def _about(asked: StudySearch) -> tuple[Fact, ...]:
    near, where = asked.search.near, asked.near or PlaceAsked()
    place = asked.place.label if asked.place else ""
    place = place or (words.country_name(where.country_code) if where.country_code else "")
    radius_km = near.radius_km if near else None
    miles = measures_in_miles(where.home_code)
    facts = (
        Fact(_("Conditions"), words.listing(name_of(slug) for slug in asked.named)),
        Fact(_("Near"), place),
        Fact(_("Within"), distance_words(radius_km, miles=miles) if radius_km is not None else ""),
    )
    return tuple(fact for fact in facts if fact.value)


@dataclass(frozen=True, slots=True)
class _Maker:
    asked: StudySearch
    own_names: Sequence[str]
    address_of: AddressOf
    today: date
    stale_after_months: int

    def study(self, number: int, trial: Trial, summary: ShownSummary) -> BookletStudy:
        """`trial` comes with all its parts."""
        fresh = freshness(trial, self.today, self.stale_after_months)
        shown = [contact for contact in trial.contacts.all() if not contact.hidden]
        places, rest = self._places(trial, shown, call_first=fresh.call_first)
        more = ngettext("%(count)s more open site", "%(count)s more open sites", rest) % {"count": words.number(rest)}
        central = contact_views(one for one in shown if one.kind == v.ContactKind.CENTRAL)
        reached = any(place.contacts for place in places)
        address = self.address_of(str(trial.nct_id))
        return BookletStudy(
            number=number,
            nct_id=str(trial.nct_id),
            by_hand=trial.registry == v.Registry.HAND,
            headline=headline_of(trial, summary),
            tested=_tested(summary),
            joining=_joining(trial),
            status=study_status(trial),
            freshness=fresh,
            places=places,
            more_places=more if rest else "",
            central=() if reached else central[:MOST_CONTACTS],
            address=address,
            code=qr_code(address),
        )

    def _places(self, trial: Trial, contacts: Sequence[Contact], *, call_first: bool) -> tuple[tuple[Place, ...], int]:
        """The clinic's own open sites, else the nearest open one that the search may mean; how many more there are."""
        near, country = self.asked.near or PlaceAsked(), self.asked.search.country
        countries = Sites(trial, contacts, (), near, call_first=call_first).countries()
        meant = [one for one in countries if not country or one.code == country]
        sites = sorted((site for one in meant for site in one.sites if site.is_open), key=by_distance)
        own = [site for site in sites if site.is_named and is_own(site.facility, site.city, self.own_names)]
        shown = own[:MOST_OWN_SITES] or sites[:1]
        return tuple(Place(one, bool(own), one.contacts[:MOST_CONTACTS]) for one in shown), len(sites) - len(shown)


def _tested(summary: ShownSummary) -> tuple[Line, ...]:
    sentences = summary.of(Section.WHAT)[:MOST_SENTENCES]
    return tuple(Line(one.text, one.origin == Origin.OFFICIAL) for one in sentences)


def _joining(trial: Trial) -> tuple[Fact, ...]:
    """Who can join in short, without what only the registry's own words say."""
    count = trial.enrollment_count
    phase = Fact(_("Phase"), phase_words(trial.phases, trial.study_type))
    people = Fact(_("People"), words.people(count, trial.enrollment_type) if count is not None else "")
    stated = [fact for fact in joining_facts(trial) if not fact.official]
    age = () if any(age_limits(trial)) else (Fact(_("Age"), _("Age not stated")),)
    return tuple(fact for fact in (*age, *stated, phase, people) if fact.value)
