"""The part of a map of studies that an address asks for: around a place, a box, all that was found, or the world."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import dist
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from finder.forms import StudySearch
from finder.map.clusters import APART
from finder.map.projection import Frame, fitted, world
from finder.map.zoom import ALL, WORLD, box_around, box_of
from finder.presenters.distance import distance_words
from finder.presenters.filters import page_url
from finder.presenters.site_map import SiteMap, site_map
from finder.presenters.text_chips import in_miles
from trials.models import Place
from trials.places.distance import Point, distance_km
from trials.site_points import SitePoint

LIST_ID = "places"  # of the list, on the page of the map
NEAREST = 5  # places with sites that the map around a place shows at least


class MapPart:
    """The points of the part, and the addresses of other parts. Who looks from a place begins around it."""

    def __init__(self, asked: StudySearch, path: str, zoom: str, points: Sequence[SitePoint]) -> None:
        self.asked, self.path, self.all = asked, path, points
        box = box_of(zoom)
        within = [one for one in points if box and box.holds(one.latitude, one.longitude)]
        self.begins = not within and zoom not in (WORLD, ALL)
        self.points = within or points
        if zoom == WORLD:
            self.frame = world()
        elif self.begins and asked.place:
            self.frame = _around(asked.place, points)
            self.points = [one for one in points if self.frame.shows(one.latitude, one.longitude)]
        else:
            self.frame = _frame(self.points)

    def map(self, unplaced: int) -> SiteMap:
        drawn = site_map(self.points, self.frame, self._url, unplaced, tuple(self._zooms()), self.asked.place)
        return replace(drawn, around=self._told())

    def _told(self) -> str:
        """What the place has to do with what is shown."""
        place, near = self.asked.place, self.asked.search.near
        if not place or not near or not self.points:
            return ""
        if near.radius_km is not None:
            values = {"distance": distance_words(near.radius_km, miles=in_miles(self.asked)), "place": place.label}
            return _("The map shows sites within %(distance)s of %(place)s.") % values
        return _("The map shows the part around %(place)s.") % {"place": place.label} if self.begins else ""

    def _zooms(self) -> Iterator[tuple[str, str]]:
        fitting = _frame(self.all)
        if not self.frame.world:
            yield _("Whole world"), self._address(WORLD)
        if fitting != self.frame and not fitting.world:
            yield _("Zoom to results"), self._address(ALL if self.asked.place else "")
        if self.asked.place and not self.begins:
            yield _("Near: %(name)s") % {"name": self.asked.place.label}, self._address("")

    def _address(self, zoom: str, fragment: str = "") -> str:
        parameters = (*self.asked.parameters, ("map", zoom)) if zoom else self.asked.parameters
        return (f"{self.path}?{urlencode(parameters, safe=',')}" if parameters else self.path) + fragment

    def _url(self, group: Sequence[SitePoint]) -> str:
        """The studies of the one country; of several a nearer map, or where that is no clearer the list."""
        codes = {point.country_code for point in group}
        if len(codes) == 1:
            return country_url(self.asked, reverse("studies"), codes.pop())
        nearer = _frame(group)
        middle, *others = [nearer.place(point.latitude, point.longitude) for point in group]
        if any(dist(middle, other) >= APART for other in others):
            return self._address(str(box_around([(point.latitude, point.longitude) for point in group])))
        return self._address("", f"#{LIST_ID}")


def country_url(asked: StudySearch, path: str, code: str) -> str:
    """The same search in that country."""
    kept = tuple(one for one in asked.parameters if one[0] != "country")
    return page_url(path, (*kept, ("country", code)) if code else kept, 1)


def _frame(points: Sequence[SitePoint]) -> Frame:
    return fitted((point.latitude, point.longitude) for point in points)


def _around(place: Place, points: Sequence[SitePoint]) -> Frame:
    """As near as the nearest few let it be."""
    nearest = sorted(points, key=lambda one: distance_km(place.point, Point(one.latitude, one.longitude)))[:NEAREST]
    return fitted([(place.latitude, place.longitude), *((one.latitude, one.longitude) for one in nearest)])
