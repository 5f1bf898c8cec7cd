"""What the criteria engine doubts, repairs and refuses, in sentences of the page's language. An unknown code stands for
itself, so that nothing an engine says is lost.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from trials.criteria.checks import MESSAGES as WARNINGS
from trials.criteria.repair import REASONS
from trials.criteria.vocabulary import MESSAGES as PROBLEMS
from trials.criteria.vocabulary import Problem
from trials.ingest.readings import FAILED

_OURS = {FAILED: _("Our software could not read this text: %(words)s")}


def warning_sentence(warning: Mapping[str, Any]) -> str:
    """`warning` as it is stored in `CriteriaReading.warnings`."""
    code, values = str(warning["code"]), {"criterion": warning["criterion"] or "", "words": warning["words"]}
    message = _OURS.get(code) or WARNINGS.get(code)
    return _filled(message, values) if message else " ".join(part for part in (code, values["words"]) if part)


def repair_reason(code: str) -> str:
    """Why a text was repaired, or might be."""
    return gettext(REASONS[code]) if code in REASONS else code


def problem_sentence(problem: Problem) -> str:
    return _filled(PROBLEMS[problem.code], {"criterion": problem.criterion, **problem.values})


def _filled(message: str, values: Mapping[str, Any]) -> str:
    """Messages without values are no formats: "100 %" may stand in them."""
    return gettext(message) % values if "%(" in message else gettext(message)
