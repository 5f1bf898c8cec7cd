"""Small helpers for columns that hold a closed vocabulary."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q

from trials import labels


def token_field(vocabulary: type[StrEnum], **options: Any) -> models.CharField:
    """A column of one registry token; empty when the registry does not say."""
    return models.CharField(max_length=32, choices=labels.choices(vocabulary), blank=True, default="", **options)


def holds_token(column: str, vocabulary: Iterable[StrEnum], *, name: str, empty: bool = True) -> models.CheckConstraint:
    """The database's word that a column holds a token of the vocabulary (or, with `empty`, nothing)."""
    allowed = [token.value for token in vocabulary] + ([""] if empty else [])
    return models.CheckConstraint(name=name, condition=Q(**{f"{column}__in": allowed}))
