"""The sentences for what changed, in the language of the page. Contacts are never named: some are hidden."""

from collections.abc import Callable
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials import vocab as v
from trials.change_phrases import AGES, CAME, DATES, FIELDS, SEXES, SITES, STATUSES, WENT, WORDED
from trials.changes import AgeRange, Change, ChangeKind, Enrollment, Value
from trials.labels import LABELS, label
from trials.language import country_name, listing, precise_date, time_span
from trials.records import Arm, Contact, Intervention, Outcome, RecordDate, SecondaryId, Site, Sponsor

_VOCABULARIES: dict[str, type[StrEnum]] = {
    "study_type": v.StudyType,
    "allocation": v.Allocation,
    "intervention_model": v.InterventionModel,
    "primary_purpose": v.PrimaryPurpose,
    "masking": v.Masking,
    "who_masked": v.WhoMasked,
    "observational_model": v.ObservationalModel,
    "time_perspective": v.TimePerspective,
    "last_known_status": v.RecruitmentStatus,
    "phases": v.Phase,
}


def sentence(change: Change) -> str:
    """Whole sentences that say what changed."""
    return _BY_KIND.get(change.kind, _part)(change)


def place(site: Site) -> str:
    """A site in one line, its country in the language of the page."""
    country = country_name(site.country_code, site.country_text)
    return ", ".join(part for part in (site.facility, site.city, country) if part) or _("Unnamed site")


def _status(change: Change) -> str:
    if change.after is None:
        return _("The registry no longer says where the study stands.")
    return str(STATUSES[str(change.after)])


def _sex(change: Change) -> str:
    if change.after is None:
        return _("The registry no longer says which sexes can join.")
    return str(SEXES[str(change.after)])


def _ages(change: Change) -> str:
    gained = isinstance(change.after, AgeRange)
    ages = change.after if isinstance(change.after, AgeRange) else change.before
    if not isinstance(ages, AgeRange):
        return _("The ages of the people who can join changed.")
    first, below = ages.minimum, ages.below
    whole = first % 1 == 0 and (below or 0) % 1 == 0
    words: dict[str, object] = {"first": _age(first, whole), "below": _age(below or 0, whole)}
    if below is None:
        form = "older"
    elif first == 0:
        form = "under"
    elif below - first == 1 and whole:
        form = "one"
    else:
        form, words["last"] = "range", _age(below - 1, whole)
    return str(AGES[form if whole else f"odd {form}"][0 if gained else 1]) % words


def _age(years: float, whole: bool) -> str:
    """An age as a bare number of years, or with the unit in which it is a round number."""
    if whole:
        return f"{years:g}"
    if years % 1 == 0:
        return time_span(years, "years")
    for per_year, unit in ((12, "months"), (365.25 / 7, "weeks")):
        if abs(years * per_year - round(years * per_year)) < 0.001:
            return time_span(round(years * per_year), unit)
    return time_span(round(years * 365.25), "days")


def _date(change: Change) -> str:
    changed, stated, gone = DATES[change.detail]
    phrase = stated if change.before is None else gone if change.after is None else changed
    return str(phrase) % {"before": _day(change.before), "after": _day(change.after)}


def _day(value: Value) -> str:
    """A date, no more exact than the registry tells it."""
    if not isinstance(value, RecordDate):
        return ""
    day = precise_date(value.date, value.precision)
    return _("%(date)s (planned)") % {"date": day} if value.type == v.DateType.ESTIMATED else day


def _enrollment(change: Change) -> str:
    before, after = change.before, change.after
    if not isinstance(after, Enrollment) or after.count is None:
        return _("The registry no longer says how many people are planned.")
    if after.count == 0 and after.type == v.DateType.ACTUAL:
        return _("Nobody joined the study.")
    if after.type == v.DateType.ACTUAL:
        joined = ngettext("%(count)d person joined the study.", "%(count)d people joined the study.", after.count)
        return joined % {"count": after.count}
    planned = ngettext("The study plans for %(count)d person.", "The study plans for %(count)d people.", after.count)
    if isinstance(before, Enrollment) and before.count not in (None, after.count):
        planned = ngettext(
            "The study now plans for %(count)d person. Before, it was %(before)d.",
            "The study now plans for %(count)d people. Before, it was %(before)d.",
            after.count,
        )
        return planned % {"count": after.count, "before": before.count}
    return planned % {"count": after.count}


def _contact(change: Change) -> str:
    contact = change.after or change.before
    if isinstance(contact, Contact) and contact.kind == v.ContactKind.OFFICIAL:
        return _("The person who answers for the study changed, or their details did.")
    if change.detail:
        return _("The contact at this site changed: %(site)s.") % {"site": change.detail}
    return _("The contact for the study changed.")


def _site_step(change: Change) -> str:
    if change.kind == ChangeKind.SITE_CHANGED and change.detail != "status":
        return _part(change)
    if not isinstance(change.after, Site):
        return _part(change)
    status = label(v.RecruitmentStatus, change.after.status or "")
    return str(SITES[change.kind]) % {"site": place(change.after), "status": status}


def _part(change: Change) -> str:
    """A part that came, went or is written anew; a text; or a field of its own."""
    # A name that ends in a full stop ("Inc.") would end the sentence with two.
    before, after = (name_of(value).rstrip(".") for value in (change.before, change.after))
    if phrase := WORDED.get((change.kind, change.detail)):
        return str(phrase) % {"before": before, "after": after}
    if change.before is None and change.kind in CAME:
        return str(CAME[change.kind]) % {"name": after}
    if change.after is None and change.kind in WENT:
        return str(WENT[change.kind]) % {"name": before}
    return _other(change)


def _other(change: Change) -> str:
    field = _("Phase") if change.kind == ChangeKind.PHASE else str(FIELDS.get(change.detail, change.detail))
    name = "phases" if change.kind == ChangeKind.PHASE else change.detail
    words = {"field": field, "before": _value(change.before, name), "after": _value(change.after, name)}
    if change.before is None:
        return _("%(field)s, now stated: “%(after)s”.") % words
    if change.after is None:
        return _("%(field)s: the registry no longer says “%(before)s”.") % words
    return _("%(field)s: now “%(after)s”, before “%(before)s”.") % words


def _value(value: Value, field: str) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return listing(_value(one, field) for one in value)
    vocabulary = _VOCABULARIES.get(field)
    return str(label(vocabulary, str(value))) if vocabulary and vocabulary in LABELS else name_of(value)


def name_of(value: Value) -> str:
    """What a part is called; a text as it stands; nothing for a contact."""
    match value:
        case None | Contact() | AgeRange() | Enrollment() | RecordDate():
            return ""
        case Site():
            return place(value)
        case Arm(label=name) | Intervention(name=name) | Outcome(measure=name) | Sponsor(name=name):
            return name
        case SecondaryId(identifier=name):
            return name
    return str(value)


_BY_KIND: dict[ChangeKind, Callable[[Change], str]] = {
    ChangeKind.STATUS: _status,
    ChangeKind.SEX: _sex,
    ChangeKind.AGES: _ages,
    ChangeKind.DATE: _date,
    ChangeKind.ENROLLMENT: _enrollment,
    ChangeKind.CONTACT: _contact,
    ChangeKind.SITE_OPENED: _site_step,
    ChangeKind.SITE_CLOSED: _site_step,
    ChangeKind.SITE_CHANGED: _site_step,
}
