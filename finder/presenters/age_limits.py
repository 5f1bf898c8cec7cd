"""The age limits that a page may show."""

from trials.models import Trial
from trials.records import RecordError
from trials.registries.ctgov.values import parse_age, states_no_limit


def age_limits(trial: Trial) -> tuple[str, str]:
    """The lower and the upper limit in the registry's words. Empty: not stated, or both dropped as contradictory.

    A limit that cannot be read is kept as it is written.
    """
    low, high = ("" if states_no_limit(text) else text for text in (trial.minimum_age_text, trial.maximum_age_text))
    dropped = trial.minimum_age_years is None and trial.below_age_years is None
    return ("", "") if dropped and low and high and _is_age(low) and _is_age(high) else (low, high)


def states_age_limit(trial: Trial) -> bool:
    return not (states_no_limit(trial.minimum_age_text) and states_no_limit(trial.maximum_age_text))


def _is_age(text: str) -> bool:
    try:
        parse_age(text)
    except RecordError:
        return False
    return True
