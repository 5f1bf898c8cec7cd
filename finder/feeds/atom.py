"""Atom feeds of what the registry changed last: of a condition, or of any search."""

import re
import uuid
from datetime import UTC, date, datetime, time

from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.feeds.items import StudyItem, about, items, with_item_parts
from finder.feeds.listing import newest
from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.condition_list import name_of
from finder.presenters.terms import ENGLISH
from finder.presenters.text_chips import filter_names
from trials.find import without_missing_words

MOST_ENTRIES = 50
_MOST_COUNTRIES = 3  # named in an entry
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_ENTRY = datetime(1970, 1, 1, tzinfo=UTC)  # Atom asks for a date also where there is nothing


class _Feed(Atom1Feed):
    """Without entries it is as old as it can be: the present moment would be another answer each time."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else _NO_ENTRY


def feed(asked: StudySearch, request: HttpRequest, own: str, page: str, today: date, stale_after_months: int) -> str:
    """The feed as XML; `own` is its path, `page` that of the page that it stands for."""
    told = about()
    made = _Feed(
        title=_title(asked),
        link=request.build_absolute_uri(page),
        description=None,
        subtitle=told.not_medical_advice,
        language=get_language(),
        author_name=_("CTD Trial Finder"),
        author_link=request.build_absolute_uri(reverse("home")),
        feed_url=request.build_absolute_uri(own),
        feed_guid=_urn(own),
        feed_copyright=f"{told.credit} {told.licence}",
    )
    trials = list(with_item_parts(newest(asked))[:MOST_ENTRIES])
    for item in items(trials, request, today, stale_after_months):
        made.add_item(
            title=_clean(item.title),
            link=item.url,
            description=escape(_clean(summary(item))),
            unique_id=_urn(item.registry_url or f"{item.listing_url}#{item.nct_id}", get_language() or ENGLISH),
            pubdate=_at(item.first_posted),
            updateddate=_at(item.registry_last_update or item.first_posted) or item.read_at,
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
    return _("%(search)s: newest changes") % {"search": _clean(" · ".join(parts))}


def _urn(*parts: str) -> str:
    """An id that stays the same wherever the site stands; made of the registry's address, so the study's alone."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "#".join(parts)).urn


def _at(day: date | None) -> datetime | None:
    """The registry tells days; Atom needs a moment."""
    return datetime.combine(day, time(), UTC) if day else None


def _clean(text: str) -> str:
    """Without characters that XML cannot hold."""
    return " ".join(_NOT_IN_XML.sub(" ", text).split())
