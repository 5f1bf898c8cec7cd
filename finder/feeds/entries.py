"""What all our Atom feeds have in common."""

import re
import uuid
from datetime import UTC, date, datetime, time

from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.feeds.items import about

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_ENTRY = datetime(1970, 1, 1, tzinfo=UTC)  # Atom asks for a date also where there is nothing


class Feed(Atom1Feed):
    """Without entries it is as old as it can be: the present moment would be another answer each time."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else _NO_ENTRY


def empty_feed(request: HttpRequest, title: str, *, own: str, page: str) -> Feed:
    """`own` is the feed's path, `page` that of the page that it stands for."""
    told = about()
    return Feed(
        title=clean(title),
        link=request.build_absolute_uri(page),
        description=None,
        subtitle=told.not_medical_advice,
        language=get_language(),
        author_name=_("CTD Trial Finder"),
        author_link=request.build_absolute_uri(reverse("home")),
        feed_url=request.build_absolute_uri(own),
        feed_guid=urn(own),
        feed_copyright=f"{told.credit} {told.licence}",
    )


def urn(*parts: str) -> str:
    """An id that stays the same wherever the site stands; made of the registry's address, so the study's alone."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "#".join(parts)).urn


def at_midnight(day: date | None) -> datetime | None:
    """The registry tells days; Atom needs a moment."""
    return datetime.combine(day, time(), UTC) if day else None


def clean(text: str) -> str:
    """Without characters that XML cannot hold."""
    return " ".join(_NOT_IN_XML.sub(" ", text).split())
