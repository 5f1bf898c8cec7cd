"""Where a study runs and whom to ask: by country, or the nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from finder.places_asked import PlaceAsked
from finder.presenters.contacts import ContactView, contact_views
from finder.presenters.near import NearView, near_view
from finder.presenters.notes import NoteView, site_notes
from finder.presenters.reaching import Reaching, reaching
from finder.presenters.site_map import SiteMap, study_map
from finder.presenters.sites import CountryView, Sites, SiteView, by_distance
from trials import vocab as v
from trials.models import Trial
from trials.partner_sites import is_own

MOST_NEAREST = 5  # sites that stand above the list of all


@dataclass(frozen=True, slots=True)
class PlacesView:
    """`countries` hold every site; `nearest` are open ones of them again, where the list does not show them at once.

    `notes` are those on sites that fit no country; `map` is None where no site has coordinates. `own` are the sites of
    the clinic in whose page this stands, open ones first.
    """

    summary: str
    near: NearView
    own: tuple[SiteView, ...]
    nearest: tuple[SiteView, ...]
    map: SiteMap | None
    countries: tuple[CountryView, ...]
    central: tuple[ContactView, ...]
    reaching: Reaching | None
    notes: tuple[NoteView, ...]


def places_view(
    trial: Trial,
    summary: str,
    asked: PlaceAsked | None = None,
    own_names: Sequence[str] = (),
    *,
    call_first: bool = False,
) -> PlacesView:
    """The nearest first to the place that was asked for, its country before all others; `own_names` are a clinic's."""
    asked = asked or PlaceAsked()
    contacts = [contact for contact in trial.contacts.all() if not contact.hidden]
    notes = site_notes(trial)
    sites = Sites(trial, contacts, notes, asked, call_first=call_first)
    countries, drawn = sites.countries(), study_map(trial)
    placed = {note for country in countries for note in country.notes}
    return PlacesView(
        summary=summary,
        near=near_view(asked, located=drawn is not None),
        own=_own(countries, own_names),
        nearest=_nearest(countries, asked),
        map=drawn,
        countries=countries,
        central=contact_views(c for c in contacts if c.kind == v.ContactKind.CENTRAL),
        reaching=reaching(trial),
        notes=tuple(note for note in notes if note not in placed),
    )


def _own(countries: Sequence[CountryView], names: Sequence[str]) -> tuple[SiteView, ...]:
    sites = (site for country in countries for site in country.sites if site.is_named)
    found = (site for site in sites if is_own(site.facility, site.city, names))
    return tuple(sorted(found, key=lambda site: not site.is_open))


def _nearest(countries: Sequence[CountryView], asked: PlaceAsked) -> tuple[SiteView, ...]:
    """The nearest open sites of all countries, those of the visitor's own first."""
    listed = [(country.code != asked.home_code, site) for country in countries for site in country.sites]
    near = sorted((one for one in listed if one[1].is_open), key=lambda one: by_distance(one[1]))
    near = [one for one in near[:MOST_NEAREST] if one[1].km is not None]
    first = [site for _abroad, site in sorted(near, key=lambda one: one[0])]
    return () if len(listed) <= MOST_NEAREST and first == [site for _, site in listed][: len(first)] else tuple(first)
