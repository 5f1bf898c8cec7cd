"""Where to go on from a search that finds nothing: the same search with less asked, where that finds something."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.forms import StudySearch, read_search
from finder.presenters import words
from finder.presenters.condition_list import name_of
from finder.presenters.filters import condition_url
from trials.conditions import by_slug
from trials.find import matching

MOST_WIDER = 3  # wider conditions that are offered


@dataclass(frozen=True, slots=True)
class WayOn:
    label: str
    url: str
    count: str


def ways_on(asked: StudySearch, path: str) -> tuple[WayOn, ...]:
    """Each asks the database once; only those that find something."""
    ways = (_way(label, url) for label, url in [*_less_asked(asked, path), *_wider(asked, path)])
    return tuple(way for way in ways if way)


def _way(label: str, url: str) -> WayOn | None:
    """Counted as the page behind the link counts."""
    found = matching(read_search(QueryDict(url.partition("?")[2])).search).count()
    count = ngettext("%(count)s study", "%(count)s studies", found) % {"count": words.number(found)}
    return WayOn(label, url, count) if found else None


def _less_asked(asked: StudySearch, path: str) -> Iterable[tuple[str, str]]:
    used = {name for name, _value in asked.parameters}
    for name, label in (
        ("country", _("The same search in all countries")),
        ("age", _("The same search for all ages")),
        ("status", _("The same search, open or not")),
    ):
        if name in used:
            yield label, _with(asked, path, used - {name})
    if len(used - _SUBJECT) > 1:
        yield _("The same search without any filter"), _with(asked, path, used & _SUBJECT)


_SUBJECT = {"q", "condition", "scope"}  # what is looked for, as against the filters on it


def _with(asked: StudySearch, path: str, names: Container[str]) -> str:
    kept = [one for one in asked.parameters if one[0] in names]
    return f"{path}?{urlencode(kept)}" if kept else path


def _wider(asked: StudySearch, path: str) -> Iterable[tuple[str, str]]:
    """The same search for the wider conditions of the one that is named."""
    if len(asked.named) == 1:
        for slug in by_slug(asked.named[0]).parents[:MOST_WIDER]:
            label = _("The same search for the wider condition: %(condition)s") % {"condition": name_of(slug)}
            yield label, condition_url(path, asked.parameters, slug)
