"""The orders in which a list can stand; each choice is a link."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from finder.forms import StudySearch
from trials.find import Sort


@dataclass(frozen=True, slots=True)
class SortChoice:
    id: str
    label: str
    url: str
    active: bool


_LABELS: dict[Sort, Callable[[], str]] = {
    Sort.DISTANCE: lambda: _("Nearest, own country first"),
    Sort.NEAREST: lambda: _("Nearest, any country"),
    Sort.MATCH: lambda: _("Best match"),
    Sort.OPEN_FIRST: lambda: _("Open first"),
    Sort.NEWEST: lambda: _("Newest"),
    Sort.ENDING: lambda: _("Study ends soonest"),
}


@dataclass(frozen=True, slots=True)
class Sorting:
    """`chosen` is the name of the order that the list has; `open` where one was chosen a moment ago."""

    chosen: str
    choices: tuple[SortChoice, ...]
    open: bool


def sorting(asked: StudySearch, path: str, trigger: str) -> Sorting:
    """The orders that make sense for the search: by distance with a place only, by match with words only."""
    search = asked.search
    offered = [sort for sort in _LABELS if sort not in _NEEDS or _NEEDS[sort](asked)]
    kept = [one for one in asked.parameters if one[0] != "sort"]
    choices = tuple(
        SortChoice(
            f"sort-{sort}", _LABELS[sort](), f"{path}?{urlencode([*kept, ('sort', sort.value)])}", sort is search.order
        )
        for sort in offered
    )
    return Sorting(_LABELS[search.order](), choices, trigger.startswith("sort-"))


_NEEDS: dict[Sort, Callable[[StudySearch], bool]] = {
    Sort.DISTANCE: lambda asked: bool(asked.search.near),
    Sort.NEAREST: lambda asked: bool(asked.search.near),
    Sort.MATCH: lambda asked: bool(asked.search.text),
}
