"""How to reach a study team: a letter to copy, and what to ask on the phone. Neither asks or tells of health."""

from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from finder.presenters.freshness import OVER
from trials import vocab as v
from trials.models import Trial
from trials.text_blocks import clean_text

ENGLISH = "en"  # what most teams read


@dataclass(frozen=True, slots=True)
class Letter:
    """`opening`, then the registry's `title`, then the `rest`. What stands in brackets is for the person to fill in."""

    language: str
    opening: str
    title: str
    rest: str


@dataclass(frozen=True, slots=True)
class Reaching:
    """`letters`: in the language of the page, and in English where that is another. `has_phone`: some number stands in
    the record.
    """

    letters: tuple[Letter, ...]
    questions: tuple[str, ...]
    has_phone: bool


def reaching(trial: Trial) -> Reaching | None:
    """None where nobody can join any more. `trial` comes with its contacts."""
    if trial.overall_status in OVER or trial.gone_since:
        return None
    languages = dict.fromkeys((get_language() or ENGLISH, ENGLISH))
    has_phone = any(one.phone and not one.hidden for one in trial.contacts.all())
    return Reaching(tuple(_letter(trial, language) for language in languages), _questions(), has_phone)


def _letter(trial: Trial, language: str) -> Letter:
    with override(language):
        return Letter(language, _opening(trial), clean_text(trial.brief_title or trial.official_title), _rest())


def _opening(trial: Trial) -> str:
    if trial.registry == v.Registry.HAND:
        said = _("I have read about your study:")
    else:
        said = _("I have read about your study %(id)s on ClinicalTrials.gov:") % {"id": trial.nct_id}
    return "\n\n".join((_("Dear study team,"), said))


def _rest() -> str:
    questions = (
        _("Are you still looking for people?"),
        _("What is the first step, and where would it be?"),
        _("What should I have ready when we talk?"),
    )
    asked = "\n".join((_("I would like to know if I could join. Please tell me:"), *(f"- {one}" for one in questions)))
    parts = (
        asked,
        _("I live in [your town]. You can reach me at [your phone number] or [your e-mail address]."),
        _("I will tell you about my health when we talk."),
        "\n".join((_("Kind regards"), _("[your name]"))),
    )
    return "\n\n".join(parts)


def _questions() -> tuple[str, ...]:
    return (
        _("Is the study still open? Are you still looking for people?"),
        _("Which site is the nearest to me, and is it open?"),
        _("Which rules keep most people out?"),
        _("What happens at the first visit, and how long does it take?"),
        _("Which papers and test results should I have ready?"),
        _("Would a medicine of mine have to change? I will not stop one without my doctor."),
        _("Who pays for tests and for my travel?"),
        _("Whom can I call again, and when?"),
    )
