"""The sites of one study, country by country: how each stands, whom to ask there, and how far away it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.places_asked import PlaceAsked
from finder.presenters import words
from finder.presenters.contacts import ContactView, contact_views
from finder.presenters.distance import distance_words, measures_in_miles
from finder.presenters.freshness import OVER
from finder.presenters.notes import NoteView
from finder.presenters.site_map import country_id
from finder.presenters.status import StatusView, status_view, study_status
from trials import vocab as v
from trials.models import Contact, Site, Trial
from trials.places.distance import Point, distance_km

FEW_SITES = 12  # up to here all countries stand open


@dataclass(frozen=True, slots=True)
class SiteView:
    facility: str
    is_named: bool  # else `facility` is ours, and says that the registry names none
    city: str  # as the registry writes it
    place: str
    country: str
    km: float | None  # from the place that was asked for; None without one, or where the site has no coordinates
    distance: str  # the same in words; empty unless a place was asked for
    status: StatusView
    is_open: bool
    call_first: bool
    contacts: tuple[ContactView, ...]


@dataclass(frozen=True, slots=True)
class CountryView:
    id: str  # in the page; empty where the country is not known
    code: str
    name: str
    count: str
    open_count: str
    nearest: str  # how far its nearest site is
    sites: tuple[SiteView, ...]
    notes: tuple[NoteView, ...]
    expanded: bool


def by_distance(site: SiteView) -> tuple[float, bool]:
    """Without a distance last, and there, as where no place was asked for, the open ones first."""
    return inf if site.km is None else site.km, not site.is_open


class Sites:
    """The sites of one study, as its page lists them."""

    def __init__(
        self,
        trial: Trial,
        contacts: Iterable[Contact],
        notes: Sequence[NoteView],
        asked: PlaceAsked,
        *,
        call_first: bool,
    ) -> None:
        self.trial, self.notes, self.asked, self.call_first = trial, notes, asked, call_first
        self.all = list(trial.sites.all())
        self.contacts: dict[int | None, list[Contact]] = {}
        for contact in contacts:
            self.contacts.setdefault(contact.site_id, []).append(contact)

    def countries(self) -> tuple[CountryView, ...]:
        groups: dict[str, list[Site]] = {}
        for site in self.all:
            groups.setdefault(site.country_code or site.country_text, []).append(site)
        views = [self._country(code, group) for code, group in groups.items()]
        return tuple(sorted(views, key=self._by_nearness))

    def _by_nearness(self, country: CountryView) -> tuple[bool, float, bool, int, str]:
        """The visitor's own country, then the nearest; where that says nothing, an open one with many sites."""
        abroad = not country.code or country.code != self.asked.home_code
        distance = by_distance(country.sites[0])[0]
        return abroad, distance, not country.open_count, -len(country.sites), country.name.casefold()

    def _country(self, code: str, group: list[Site]) -> CountryView:
        name = words.country_name(code) if code else _("Country not stated in the registry")
        texts = {site.country_text for site in group}
        views = sorted((self._site(site, name) for site in group), key=by_distance)
        open_sites = sum(view.is_open for view in views)
        values = {"count": words.number(open_sites)}
        known_code = group[0].country_code
        is_home = bool(code) and code == self.asked.home_code
        return CountryView(
            id=country_id(known_code),
            code=known_code,
            name=name,
            count=words.sites(len(views)),
            open_count=ngettext("%(count)s open", "%(count)s open", open_sites) % values if open_sites else "",
            nearest=_("nearest: %(distance)s") % {"distance": views[0].distance} if views[0].km is not None else "",
            sites=tuple(views),
            notes=tuple(note for note in self.notes if note.country in texts),
            expanded=len(self.all) <= FEW_SITES or (is_home and len(group) <= FEW_SITES),
        )

    def _site(self, site: Site, country: str) -> SiteView:
        is_open = site.recruiting and not self.trial.gone_since
        km = self._km(site)
        return SiteView(
            facility=site.facility or _("Hospital not named in the registry"),
            is_named=bool(site.facility),
            city=site.city,
            place=_address(site, country),
            country=country,
            km=km,
            distance=self._distance(km),
            status=_site_status(site, self.trial, is_open=is_open),
            is_open=is_open,
            call_first=_uncertain(site, self.trial, is_open=is_open, call_first=self.call_first),
            contacts=contact_views(self.contacts.get(site.pk, ())),
        )

    def _km(self, site: Site) -> float | None:
        place = self.asked.place
        if place is None or site.latitude is None or site.longitude is None:
            return None
        return distance_km(place.point, Point(site.latitude, site.longitude))

    def _distance(self, km: float | None) -> str:
        if self.asked.place is None:
            return ""
        if km is None:
            return _("Distance not known")
        return distance_words(km, miles=measures_in_miles(self.asked.home_code))


def _outdated(site: Site, *, is_open: bool) -> bool:
    """The site is said to be open while nobody can join the study."""
    return site.status in v.OPEN_STATUSES and not is_open


def _uncertain(site: Site, trial: Trial, *, is_open: bool, call_first: bool) -> bool:
    """Whether to call before a visit; where nobody can join any more there is nothing to call about."""
    if site.status in OVER or (trial.overall_status in OVER and not trial.gone_since):
        return False
    return call_first or site.status == v.RecruitmentStatus.UNKNOWN or _outdated(site, is_open=is_open)


def _site_status(site: Site, trial: Trial, *, is_open: bool) -> StatusView:
    """The site's own word; not when it is silent, or says open while nobody can join the study."""
    unsaid = trial.gone_since or _outdated(site, is_open=is_open) or not site.status
    return study_status(trial) if unsaid else status_view(site.status)


def _address(site: Site, country: str) -> str:
    """City, state and postal code, each once; what only repeats the country is left out."""
    said = {country.casefold(), site.country_text.casefold()}
    parts = []
    for part in (site.city, site.state, site.postal_code):
        if part and part.casefold() not in said:
            said.add(part.casefold())
            parts.append(part)
    return ", ".join(parts)
