"""The Atom feed of one study: an entry for each version of its record, with what changed in plain words."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.feeds.entries import at_midnight, clean, empty_feed, urn
from finder.presenters.changes import ChangesView, VersionView
from finder.presenters.terms import ENGLISH


def study_feed(study: ChangesView, request: HttpRequest) -> str:
    """The feed as XML, newest version first: as many as the first page of the study's changes shows."""
    page, own = (reverse(name, args=[study.nct_id]) for name in ("changes", "study_feed"))
    title = _("%(study)s: what changed") % {"study": f"{study.nct_id} · {study.title}"}
    made = empty_feed(request, title, own=own, page=page)
    for version in study.versions:
        made.add_item(
            title=clean(_entry_title(study.nct_id, version)),
            link=request.build_absolute_uri(f"{page}#version-{version.number}"),
            description=escape(clean(_told(version))),
            unique_id=urn(f"{study.nct_id}/{version.stamp.key}", get_language() or ENGLISH),
            updateddate=at_midnight(version.stamp.changed_on) or version.stamp.read_at,
        )
    return made.writeString("utf-8")


def _entry_title(nct_id: str, version: VersionView) -> str:
    if not version.day:
        return _("%(study)s: version without a date") % {"study": nct_id}
    return _("%(study)s: version of %(date)s") % {"study": nct_id, "date": version.day}


def _told(version: VersionView) -> str:
    if version.is_first:
        return _("We first read this record on %(date)s.") % {"date": version.read_on}
    if version.unread:
        return _("We cannot compare this version with the one before it.")
    lines = ("".join(piece.text for piece in line.pieces) for line in (*version.lines, *version.others))
    told = " ".join(lines) or _("Nothing changed that a reader would notice.")
    if version.in_part:
        told += " " + _("We read at least one of these two versions only in part. So we may not see all that changed.")
    return told
