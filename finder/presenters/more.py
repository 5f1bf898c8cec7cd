"""Studies beyond the search: of a wider condition, of a wide group of diseases, of diseases that are not ours."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.asking_less import for_condition
from finder.presenters.condition_list import name_of
from finder.presenters.filters import page_url, scope_url
from trials import vocab as v
from trials.conditions import by_slug
from trials.find import Counts, Search, matching, other_disease_count, wide_count

MOST_COUNTED = 100  # studies beyond the search; how many more there are tells nobody anything
FEW = 5  # studies, up to which a list is short


@dataclass(frozen=True, slots=True)
class More:
    """How many there are, and the search that finds them, too."""

    sentence: str
    url: str


def wider(asked: StudySearch, counts: Counts, path: str) -> More | None:
    """Where a list is short, or has nothing open: the first wider condition that has more. One count for each tried."""
    left_out = counts.search.text != asked.search.text  # words that studies of the wider condition may have
    if not counts.total or left_out or len(asked.named) != 1 or not _is_short(counts):
        return None
    for slug in by_slug(asked.named[0]).parents:
        more = matching(replace(counts.search, conditions=(frozenset({slug}),))).count() - counts.total
        if more > 0:
            sentence = ngettext(
                "There is %(count)s more study for a wider condition: %(condition)s.",
                "There are %(count)s more studies for a wider condition: %(condition)s.",
                more,
            )
            values = {"count": words.number(more), "condition": name_of(slug)}
            return More(sentence % values, page_url(path, for_condition(asked, slug), 1))
    return None


def _is_short(counts: Counts) -> bool:
    """Who asks for closed studies does not miss the open ones."""
    chosen = counts.search.statuses or v.OPEN_STATUSES
    wanted, by_status = v.OPEN_STATUSES.intersection(chosen), counts.of("status")
    return counts.total <= FEW or (bool(wanted) and not any(by_status.get(status) for status in wanted))


def beyond(asked: StudySearch, search: Search, path: str) -> Iterator[More]:
    """Studies that name only a wide group of diseases, and those of diseases that are not ours."""
    wide = wide_count(search, most=MOST_COUNTED + 1)
    others = other_disease_count(search, most=MOST_COUNTED + 1)
    if wide:
        sentence = ngettext(
            "%(count)s more study names a wide group of diseases, such as “autoimmune diseases”. It may take yours.",
            "%(count)s more studies name a wide group of diseases, such as “autoimmune diseases”. They may take yours.",
            wide,
        )
        yield More(sentence % {"count": words.number(wide)}, scope_url(path, asked.parameters, "wide"))
    if others > MOST_COUNTED:
        sentence = _("More than %(count)s other studies in our database are about other diseases.")
        values = {"count": words.number(MOST_COUNTED)}
        yield More(sentence % values, scope_url(path, asked.parameters, "all"))
    elif others:
        sentence = ngettext(
            "%(count)s more study in our database is about another disease.",
            "%(count)s more studies in our database are about other diseases.",
            others,
        )
        yield More(sentence % {"count": words.number(others)}, scope_url(path, asked.parameters, "all"))
