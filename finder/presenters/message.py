"""The form for a message to a study team: what it shows, and what it says back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from finder.messages.form import LONGEST, Draft, began
from finder.presenters.contacts import ContactView, contact_views
from finder.presenters.titles import title_of
from finder.presenters.words import country_name
from finder.traps import TRAP
from trials import vocab as v
from trials.models import Trial
from trials.recipients import Recipient

MOST_PHONES = 3
# The order of the fields on the page.
_ORDER = ("to", "name", "email", "phone", "wanted", "text", "consent")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class MessageView:
    """`problems` by field, in the order of the fields; `trouble` is a sentence about the whole form."""

    nct_id: str
    title: str
    recipients: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    draft: Draft
    to: str
    wanted: str
    problems: Mapping[str, str]
    trouble: str
    began: str
    trap: str
    longest: Mapping[str, int]
    contacts: tuple[ContactView, ...]


def message_view(
    trial: Trial, recipients: Iterable[Recipient], draft: Draft, *, trouble: str = "", since: str = ""
) -> MessageView:
    """`trial` comes with its contacts; `since` is when the form was first shown, signed."""
    choices = tuple(Choice(one.key, recipient_words(one), one == draft.to) for one in recipients)
    languages = tuple(Choice(code, name, code == draft.wanted) for code, name in settings.LANGUAGES)
    return MessageView(
        nct_id=str(trial.nct_id),
        title=title_of(trial),
        recipients=choices,
        languages=languages,
        draft=draft,
        to=recipient_words(draft.to) if draft.to else "",
        wanted=dict(settings.LANGUAGES).get(draft.wanted, ""),
        problems={name: draft.problems[name] for name in _ORDER if name in draft.problems},
        trouble=trouble,
        began=since or began(),
        trap=TRAP,
        longest=LONGEST,
        contacts=phone_contacts(trial),
    )


def recipient_words(one: Recipient) -> str:
    """ "Study desk, for the whole study"; "Charité, Berlin, Germany: Study desk"."""
    if one.is_clinic:
        return one.name
    if not one.site:
        return _("%(name)s, for the whole study") % {"name": one.name} if one.name else _("Contact for the whole study")
    where = ", ".join(part for part in (one.site, country_name(one.country_code) if one.country_code else "") if part)
    return f"{where}: {one.name}" if one.name else where


def phone_contacts(trial: Trial) -> tuple[ContactView, ...]:
    """Whom to call instead: for the whole study, then at open sites."""
    sites = {site.pk for site in trial.sites.all() if site.recruiting}
    asked = [one for one in trial.contacts.all() if one.phone and not one.hidden and not trial.is_sample]
    central = [one for one in asked if one.kind == v.ContactKind.CENTRAL]
    return contact_views([*central, *(one for one in asked if one.site_id in sites)][:MOST_PHONES])
