"""Warnings for the review desk: what in a study's criteria is unclear, contradictory or missing. Pure Python."""

from trials.criteria.checks.core import warnings_of
from trials.criteria.checks.messages import MESSAGES, gettext_noop
from trials.criteria.checks.record import diseases_named

__all__ = ["MESSAGES", "diseases_named", "gettext_noop", "warnings_of"]
