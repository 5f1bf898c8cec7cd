"""The first page: what to type, where to start, how much there is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.presenters import words
from finder.presenters.condition_list import condition_name, on_home_page, ours
from finder.presenters.site import age_of_data
from trials.conditions import Condition
from trials.find import open_count, open_countries, open_counts_by_condition


@dataclass(frozen=True, slots=True)
class ConditionLink:
    slug: str
    name: str
    open_studies: int


@dataclass(frozen=True, slots=True)
class HomeView:
    conditions: tuple[ConditionLink, ...]
    condition_count: int
    count_line: str


def home_view() -> HomeView:
    links = tuple(condition_links(on_home_page(), open_counts_by_condition()))
    return HomeView(
        conditions=links,
        condition_count=len(ours()),
        count_line=_count_line(open_count(), len(open_countries()), age_of_data()),
    )


def condition_links(conditions: Iterable[Condition], counts: Mapping[str, int]) -> Iterable[ConditionLink]:
    """Each condition with the number of its studies, those of narrower conditions included, each counted once."""
    for condition in conditions:
        yield ConditionLink(condition.slug, condition_name(condition), counts.get(condition.slug, 0))


def _count_line(studies: int, countries: int, age: str) -> str:
    values = {"count": words.number(studies)}
    said = ngettext("%(count)s open study", "%(count)s open studies", studies) % values
    if countries:
        where = {"studies": said, "count": words.number(countries)}
        said = ngettext("%(studies)s in %(count)s country", "%(studies)s in %(count)s countries", countries) % where
    return _("%(studies)s · %(age)s") % {"studies": said, "age": age} if age else said
