"""One sentence for many changes of one kind, in the language of the page."""

from collections.abc import Sequence

from django.utils.translation import ngettext

from trials.changes import Change, ChangeKind
from trials.language import country_name, listing
from trials.records import Site

NAMED_COUNTRIES = 3  # more than these are counted


def summed(found: Sequence[Change]) -> str:
    """What these changes, all of one kind, have in common: "12 sites opened in 4 countries."."""
    kind, values = found[0].kind, {"count": len(found), "countries": _countries(found)}
    return (_there(kind, len(found)) if values["countries"] else _anywhere(kind, len(found))) % values


def _there(kind: ChangeKind, count: int) -> str:
    """The sentence on sites whose countries are all known."""
    phrases = {
        ChangeKind.SITE_OPENED: ngettext(
            "%(count)d site opened in %(countries)s.", "%(count)d sites opened in %(countries)s.", count
        ),
        ChangeKind.SITE_CLOSED: ngettext(
            "%(count)d site closed in %(countries)s.", "%(count)d sites closed in %(countries)s.", count
        ),
        ChangeKind.SITE_ADDED: ngettext(
            "%(count)d new site in %(countries)s.", "%(count)d new sites in %(countries)s.", count
        ),
        ChangeKind.SITE_REMOVED: ngettext(
            "%(count)d site in %(countries)s is no longer listed.",
            "%(count)d sites in %(countries)s are no longer listed.",
            count,
        ),
    }
    return phrases.get(kind) or _anywhere(kind, count)


def _anywhere(kind: ChangeKind, count: int) -> str:
    phrases = {
        ChangeKind.SITE_OPENED: ngettext("%(count)d site opened.", "%(count)d sites opened.", count),
        ChangeKind.SITE_CLOSED: ngettext("%(count)d site closed.", "%(count)d sites closed.", count),
        ChangeKind.SITE_ADDED: ngettext("%(count)d new site.", "%(count)d new sites.", count),
        ChangeKind.SITE_REMOVED: ngettext(
            "%(count)d site is no longer listed.", "%(count)d sites are no longer listed.", count
        ),
        ChangeKind.SITE_CHANGED: ngettext(
            "%(count)d change to a site's name, address or status.",
            "%(count)d changes to sites' names, addresses or status.",
            count,
        ),
        ChangeKind.CONTACT: ngettext("%(count)d change of a contact.", "%(count)d changes of contacts.", count),
        ChangeKind.OUTCOME: ngettext("%(count)d change of a measure.", "%(count)d changes of measures.", count),
    }
    return phrases.get(kind) or ngettext("%(count)d more change.", "%(count)d more changes.", count)


def _countries(found: Sequence[Change]) -> str:
    """Where the sites are, by name or by number; empty unless the country of each is known."""
    sites = [site for change in found if isinstance(site := change.after or change.before, Site)]
    places = dict.fromkeys((site.country_code, "" if site.country_code else site.country_text) for site in sites)
    if len(sites) < len(found) or ("", "") in places:
        return ""
    if len(places) > NAMED_COUNTRIES:
        return ngettext("%(count)d country", "%(count)d countries", len(places)) % {"count": len(places)}
    return listing(sorted(country_name(code, text) for code, text in places))
