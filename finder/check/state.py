"""What travels in the form: what was entered so far, signed, so that it can only be what we wrote. Nothing is stored.

The signature keeps entries out that no screen of ours can have made. The state is not secret: it holds what the person
typed, and goes back to nobody but them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from trials.questions.answering import CONDITION, KINDS
from trials.questions.reading import questions

LONGEST_STATE = 20_000  # characters; every question answered in full takes some 3,000
_SALT = "finder.check"


class StateError(ValueError):
    """A sentence for the person whose form cannot be used."""


@dataclass(frozen=True, slots=True)
class State:
    """`entries` as in `trials.questions.answering`, in the order in which the screens were shown; a skipped one is
    empty. `study` is the NCT id when the questionnaire is about one study alone.
    """

    entries: Mapping[str, Any] = field(default_factory=dict)
    study: str = ""

    def with_entry(self, slug: str, entry: Mapping[str, Any]) -> "State":
        """A screen that is answered again keeps its place. Beside another condition other kinds are offered, so what
        was ticked among the former ones, and that these were all, no longer holds.
        """
        changed = slug == CONDITION and self.entries.get(slug, entry) != entry
        kept = {one: held for one, held in self.entries.items() if one != KINDS or not changed}
        return replace(self, entries={**kept, slug: entry})

    def before(self, slug: str) -> str:
        """The screen shown before this one; empty for the first."""
        shown = list(self.entries)
        place = shown.index(slug) if slug in self.entries else len(shown)
        return shown[place - 1] if place else ""

    def signed(self) -> str:
        return _signer().sign_object({"e": self.entries, "s": self.study}, compress=True)


def read_state(text: str) -> State:
    """Raises StateError on what we did not sign; empty is the start."""
    if not text:
        return State()
    if len(text) > LONGEST_STATE:
        raise StateError(_("This form holds more than a questionnaire can. Please start again."))
    try:
        held = _signer().unsign_object(text)
        known = {question.slug for question in questions()}  # a question may be gone since the form was sent
        return State({slug: entry for slug, entry in held["e"].items() if slug in known}, str(held["s"]))
    except (signing.BadSignature, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise StateError(_("This form was changed on its way, or is very old. Please start again.")) from error


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT)
