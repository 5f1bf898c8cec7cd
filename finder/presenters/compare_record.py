"""What a record holds behind the few sentences of a row: where these are alike, it may still differ."""

import re
from collections.abc import Hashable

from trials import vocab as v
from trials.criteria.concepts import words_key
from trials.models import Trial

_PLACEBO = re.compile(r"\b(?:placebos?|sham)\b", re.IGNORECASE)


def treatments(trial: Trial) -> Hashable:
    """With their doses and times, which stand in the descriptions."""
    found = ((one.type, words_key(one.name), words_key(one.description)) for one in trial.interventions.all())
    return frozenset(found), _arms(trial)


def groups(trial: Trial) -> Hashable:
    return _arms(trial), trial.allocation, trial.intervention_model


def names_placebo_aside(trial: Trial) -> bool:
    """A placebo, or a sham, in names and descriptions alone: no group is listed as its own, of which sentences tell."""
    if any(one.type in {v.ArmType.PLACEBO_COMPARATOR, v.ArmType.SHAM_COMPARATOR} for one in trial.arms.all()):
        return False
    arms = (f"{one.label} {one.description}" for one in trial.arms.all())
    treatments = (f"{one.name} {one.description}" for one in trial.interventions.all())
    return any(_PLACEBO.search(text) for text in (*arms, *treatments))


def masking(trial: Trial) -> Hashable:
    return trial.masking, frozenset(trial.who_masked)


def sponsors(trial: Trial) -> Hashable:
    """The lead, and who works with it."""
    return frozenset((one.role, words_key(one.name)) for one in trial.sponsors.all())


def sites(trial: Trial) -> Hashable:
    """Each by its name, its place and whether it takes people; nothing where there is none."""
    return frozenset(
        (words_key(one.facility), words_key(one.city), one.country_code, one.status) for one in trial.sites.all()
    )


def _arms(trial: Trial) -> Hashable:
    return frozenset((one.type, words_key(one.label), words_key(one.description)) for one in trial.arms.all())
