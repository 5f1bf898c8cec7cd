"""Which version of a record a trial shows (`trials.history.rank`), and what completes it.

A bundled sample is in our words, so it completes none of the registry's own records.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F

from trials.history import is_sample, rank
from trials.models import RecordVersion
from trials.records import Note, StudyRecord
from trials.registries import ctgov

REGISTRY_SOURCE = "api:"
COLUMNS = (
    "id",
    "trial_id",
    "content_hash",
    "payload",
    "version_date",
    "is_complete",
    "is_basis",
    "fetched_at",
    "source",
)


@dataclass(slots=True)
class Version:
    """A stored or new version; `payload` of a stored one is loaded only when it is needed."""

    id: int
    content_hash: str
    version_date: date | None
    is_complete: bool
    fetched_at: datetime
    source: str
    is_basis: bool = False
    payload: dict[str, Any] | None = None
    text: str = ""
    study: StudyRecord | None = None

    @property
    def is_sample(self) -> bool:
        return is_sample(self)


@dataclass(slots=True)
class History:
    """All versions of one trial, stored and new."""

    trial_id: int | None = None
    stored: list[Version] = field(default_factory=list)
    new: list[Version] = field(default_factory=list)

    def knows(self, content_hash: str) -> bool:
        return any(version.content_hash == content_hash for version in self.stored + self.new)

    def choose_basis(self) -> Version:
        """The version to show; the flags of all are set to match."""
        basis = max(self.stored + self.new, key=rank)
        for version in self.stored + self.new:
            version.is_basis = version is basis
        return basis

    def shown_study(self) -> tuple[StudyRecord, tuple[tuple[Note, int], ...]]:
        """The basis, with what it lacks filled from the others; each note comes with its version's id."""
        basis = self.choose_basis()
        if basis.is_complete:
            return basis.study or ctgov.read_study(loaded(basis)), ()
        alike = [x for x in self.stored + self.new if x is not basis and x.is_sample == basis.is_sample]
        others = sorted(alike, key=rank, reverse=True)
        named = ((loaded(x), x.version_date.isoformat() if x.version_date else "") for x in others)
        record, notes = ctgov.completed_from(loaded(basis), named)
        return ctgov.read_study(record), tuple((note, others[source].id) for note, source in notes)


def load_payloads(histories: Iterable[History]) -> None:
    """Fetch, in one query, the stored records that are needed to complete a version that was read in part."""
    needed = {x.id: x for history in histories for x in history.stored if not history.choose_basis().is_complete}
    for key, text in RecordVersion.objects.filter(pk__in=needed).values_list("pk", "payload"):
        needed[key].payload = json.loads(text)


def loaded(version: Version) -> dict[str, Any]:
    """The record of a version; one query for a stored one that `load_payloads` did not foresee."""
    if version.payload is None:
        version.payload = json.loads(RecordVersion.objects.values_list("payload", flat=True).get(pk=version.id))
    return version.payload


def histories(nct_ids: set[str]) -> dict[str, History]:
    """The stored versions of these studies, without their payloads."""
    found: dict[str, History] = {nct_id: History() for nct_id in nct_ids}
    stored = RecordVersion.objects.filter(trial__nct_id__in=nct_ids).annotate(nct_id=F("trial__nct_id"))
    for row in stored.defer("payload"):
        facts = (row.content_hash, row.version_date, row.is_complete, row.fetched_at, row.source, row.is_basis)
        version = Version(row.pk, *facts)
        history = found[row.nct_id]
        history.trial_id = row.trial_id
        history.stored.append(version)
    return found
