"""The ledger in words: where what we show is not just what the registry's newest record says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trials import vocab as v
from trials.ingest.editorial import RULE as KEPT_BY_EDITOR
from trials.models import FieldNote, Trial

_SITES = "contactsLocationsModule.locations"
# Layout only: nothing was changed that a reader could miss.
_QUIET_RULES = {"markup", "state-repeats-city"}


@dataclass(frozen=True, slots=True)
class NoteView:
    """`country` is the country, in the registry's words, of the sites beside which the note belongs."""

    sentence: str
    country: str = ""


def site_notes(trial: Trial) -> tuple[NoteView, ...]:
    """Notes on sites and their countries, in the registry's order, each sentence once."""
    notes = [note for note in _loud(trial) if _is_of_site(note)]
    return tuple(dict.fromkeys(NoteView(_sentence(note), _country_of(note, notes)) for note in notes))


def other_notes(trial: Trial) -> tuple[NoteView, ...]:
    """Notes on everything else, each sentence once."""
    return tuple(dict.fromkeys(NoteView(_sentence(note)) for note in _loud(trial) if not _is_of_site(note)))


def _is_of_site(note: FieldNote) -> bool:
    return _SITES in note.path and note.origin != v.Origin.HIDDEN


def _loud(trial: Trial) -> list[FieldNote]:
    return [note for note in trial.field_notes.all() if note.rule not in _QUIET_RULES and _still_holds(note, trial)]


def _still_holds(note: FieldNote, trial: Trial) -> bool:
    """An editor may have shown the contact meanwhile, or taken the title back. Other words of theirs speak for
    themselves.
    """
    if note.origin == v.Origin.HIDDEN:
        return any(contact.hidden not in {"", KEPT_BY_EDITOR} for contact in trial.contacts.all())
    if note.rule == "country-against-state":
        return False  # one doubt without a second: for the review desk, not for an accusation of the registry
    if note.origin == v.Origin.EDITED:
        editorial = getattr(trial, "editorial", None)
        return note.path == "editorial.plain_title" and editorial is not None and bool(editorial.plain_title)
    return True


def _country_of(note: FieldNote, notes: Sequence[FieldNote]) -> str:
    if note.rule == "country-of-siblings":
        return note.shown
    if note.rule == "country-against-state":
        return note.written.rpartition(", ")[2]
    if note.rule == "site-listed-twice":  # beside the country that was put right for the same entry, if one was
        same = (n for n in notes if n.rule == "country-of-siblings" and n.path.endswith(f".{note.shown}.country"))
        return next((n.shown for n in same), "")
    return note.written if note.rule == "unknown-country" else ""


def _sentence(note: FieldNote) -> str:
    values = {"written": note.written, "shown": note.shown}
    by_rule = {
        "country-of-siblings": _("The registry wrote “%(written)s”; the city and the other sites are in %(shown)s."),
        "country-against-state": _("The registry wrote “%(written)s”. This state and country do not fit together."),
        "site-listed-twice": _("The registry lists this site twice: “%(written)s”. We show it once."),
        "unknown-country": _("The registry wrote the country “%(written)s”, which we do not know."),
        "unread-age": _("The registry wrote the age limit “%(written)s”, which we could not read."),
        "ages-out-of-order": _("The registry wrote the ages “%(written)s”. The lower limit is above the upper one."),
        "unread-date": _("The registry wrote the date “%(written)s”, which we could not read."),
        "unknown-token": _("The registry wrote “%(written)s”, a value we do not know yet."),
    }
    by_origin = {
        v.Origin.HIDDEN.value: _(
            "A contact in this record seems to belong to another study. We do not show it until an editor has checked."
        ),
        v.Origin.FILLED.value: _("The newest record leaves out a part. We show it from an earlier version."),
        v.Origin.FLAGGED.value: _("The registry wrote “%(written)s”. This may be a mistake."),
        v.Origin.EDITED.value: _("Our editor wrote the title. The registry wrote “%(written)s”."),
        v.Origin.REPAIRED.value: _("The registry wrote “%(written)s”; we show “%(shown)s”."),
    }
    if note.origin == v.Origin.HIDDEN:
        return by_origin[note.origin]
    if not note.written and note.origin != v.Origin.FILLED:
        return _of_nothing_written(note)
    return (by_rule.get(note.rule) or by_origin[note.origin]) % values


def _of_nothing_written(note: FieldNote) -> str:
    """The sentence where the registry left the place empty."""
    if note.origin == v.Origin.EDITED:
        return _("Our editor wrote the title. The registry gives none.")
    if note.shown:
        return _("The registry left this empty; we show “%(shown)s”.") % {"shown": note.shown}
    return _("The registry left a place empty where it should say something.")
