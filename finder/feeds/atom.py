"""Atom feeds of what the registry changed last: of a condition, or of any search."""

from datetime import date

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.feeds.entries import at_midnight, clean, empty_feed, urn
from finder.feeds.items import StudyItem, items, with_item_parts
from finder.feeds.listing import newest
from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.condition_list import name_of
from finder.presenters.terms import ENGLISH
from finder.presenters.text_chips import filter_names
from trials.find import without_missing_words

MOST_ENTRIES = 50
_MOST_COUNTRIES = 3  # named in an entry


def feed(asked: StudySearch, request: HttpRequest, own: str, page: str, today: date, stale_after_months: int) -> str:
    """The feed as XML; `own` is its path, `page` that of the page that it stands for."""
    made = empty_feed(request, _title(asked), own=own, page=page)
    trials = list(with_item_parts(newest(asked))[:MOST_ENTRIES])
    for item in items(trials, request, today, stale_after_months):
        made.add_item(
            title=clean(item.title),
            link=item.url,
            description=escape(clean(summary(item))),
            unique_id=urn(item.registry_url or f"{item.listing_url}#{item.nct_id}", get_language() or ENGLISH),
            pubdate=at_midnight(item.first_posted),
            updateddate=at_midnight(item.registry_last_update or item.first_posted) or item.read_at,
        )
    return made.writeString("utf-8")


def summary(item: StudyItem) -> str:
    """How the study stands, what it tests, where it runs, and why one should call first."""
    told = (item.status_text, item.tested, _where(item), *item.call_first)
    return " ".join(sentence for sentence in told if sentence)


def _where(item: StudyItem) -> str:
    if not item.site_count:
        return ""
    places = words.sites(item.site_count)
    if 0 < len(item.countries) <= _MOST_COUNTRIES:
        countries = words.listing(map(words.country_name, item.countries))
        places = _("%(sites)s in %(countries)s") % {"sites": places, "countries": countries}
    return _("Where: %(places)s.") % {"places": places}


def _title(asked: StudySearch) -> str:
    """All that the search asks for, so that two feeds of one condition can be told apart."""
    parts = [*(name_of(slug) for slug in asked.named), *filter_names(asked, without_missing_words(asked.search))]
    if not parts:
        return _("Studies: newest changes")
    return _("%(search)s: newest changes") % {"search": clean(" · ".join(parts))}
