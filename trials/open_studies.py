"""The studies that a questionnaire can be about, made ready once for each version of the data."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from trials import vocab as v
from trials.conditions import ancestors, family, known
from trials.coverage import GROUPS
from trials.find import in_list_order
from trials.ingest.coverages import coverages
from trials.kinship import Sibling
from trials.matching.catalogue import Catalogue, catalogue_of
from trials.matching.tree import Groups, Node
from trials.matching.verdict import compiled
from trials.models import DataChange, Trial, TrialCondition, TrialQuerySet
from trials.questions.choosing import prepare
from trials.records import Eligibility
from trials.siblings import siblings_of
from trials.stored_criteria import stored_criteria
from trials.summaries import criteria_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Studies:
    """Studies in the order of our lists; a set of them is a number, one bit for each place.

    `trees` are what they ask, `trial_ids` their rows. `of_condition` are the sets per condition of our list that they
    cover, as for a search; `of_none` those that name no condition at all: unknown never excludes. `without_rules` are
    those of whose criteria none can be checked, so that nobody can be told that they may fit. `siblings` go by the row
    of a trial.
    """

    version: tuple[int, int, int]
    catalogue: Catalogue
    nct_ids: tuple[str, ...]
    trial_ids: tuple[int, ...]
    trees: tuple[Groups[Node], ...]
    of_condition: Mapping[str, int]
    of_none: int
    without_rules: int
    siblings: Mapping[int, tuple[Sibling, ...]]

    def concerning(self, slugs: Iterable[str]) -> int:
        """The studies that concern somebody who has all these: of each condition, of its kinds and of wider ones.

        The name of a group of diseases concerns them where it stands for theirs (`trials.coverage`). Without a
        condition of our list, or with one that is not on it, all studies.
        """
        named = [slug for slug in slugs if known(slug)]
        wanted = {one for slug in named for one in family(slug) | (ancestors(slug) - GROUPS)}
        if not named:
            return self.catalogue.all
        found = self.of_none
        for slug in wanted:
            found |= self.of_condition.get(slug, 0)
        return found

    def place(self, nct_id: str) -> int | None:
        return self.nct_ids.index(nct_id) if nct_id in self.nct_ids else None


_building = threading.Lock()
_held: Studies | None = None
_made_at = 0.0  # seconds of the monotonic clock
_AGE_SECONDS = 30  # a running import changes the data each second


def open_studies() -> Studies:
    """The studies of our conditions that are open or about to open; one query while the data stay the same.

    When they change, visitors get the former state for the moment that a new one is being made aside.
    """
    held = _held
    if held is None or not settings.STUDIES_MADE_ASIDE:
        with _building:
            return _hold()
    recent = time.monotonic() - _made_at < _AGE_SECONDS
    if not recent and held.version != DataChange.version() and _building.acquire(blocking=False):
        try:
            threading.Thread(target=_hold_aside, daemon=True).start()
        except RuntimeError:  # the machine has no thread left
            _building.release()
            logger.exception("The studies could not be made ready.")
    return held


def one_study(trial: Trial) -> Studies:
    """A single study, whatever its status, without siblings."""
    return _studies((0, 0, 0), Trial.objects.filter(pk=trial.pk), siblings=False)


def tree_of_trial(trial: Trial) -> Groups[Node]:
    """What a trial asks by its rows as they are now."""
    limits = Eligibility(
        minimum_age_years=trial.minimum_age_years,
        below_age_years=trial.below_age_years,
        sex=v.Sex(trial.sex) if trial.sex else None,
    )
    return compiled(criteria_of(trial), limits)


def _hold_aside() -> None:
    global _made_at
    try:
        _hold()
    except Exception:
        _made_at = time.monotonic()  # not at once again
        logger.exception("The studies could not be made ready.")
    finally:
        _building.release()
        connection.close()


def _hold() -> Studies:
    """Holds the lock. The version is read before the data: what changes in between is read again the next time."""
    global _held, _made_at
    version = DataChange.version()
    if _held is None or _held.version != version:
        with _one_moment():
            _held = _studies(version, _in_question(), siblings=True)
        _made_at = time.monotonic()
    return _held


@contextmanager
def _one_moment() -> Iterator[None]:
    """All queries see the same state of the data, as far as nobody else has begun a transaction."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _in_question() -> TrialQuerySet:
    still_to_come = Trial.objects.visible().in_scope().with_status(*sorted(v.UPCOMING_STATUSES))
    return still_to_come.exclude(nct_id=None).exclude(study_type=v.StudyType.EXPANDED_ACCESS)


def _studies(version: tuple[int, int, int], trials: TrialQuerySet, *, siblings: bool) -> Studies:
    rows = list(in_list_order(trials).values("pk", "nct_id", "minimum_age_years", "below_age_years", "sex"))
    ids = [row["pk"] for row in rows]
    criteria = stored_criteria(ids)
    trees = tuple(compiled(criteria.get(row["pk"], ()), _limits(row)) for row in rows)
    names = tuple(str(row["nct_id"]) for row in rows)
    linked = set(TrialCondition.objects.filter(trial_id__in=ids).values_list("trial_id", flat=True))
    catalogue = catalogue_of(zip(names, trees, strict=True))
    prepare(catalogue)
    silent = sum(1 << place for place, pk in enumerate(ids) if not any(one.rules for one in criteria.get(pk, ())))
    return Studies(
        version,
        catalogue,
        names,
        tuple(ids),
        trees,
        _by_condition(ids),
        sum(1 << place for place, pk in enumerate(ids) if pk not in linked),
        silent,
        siblings_of(ids) if siblings else {},
    )


def _limits(row: Mapping[str, Any]) -> Eligibility:
    return Eligibility(
        minimum_age_years=row["minimum_age_years"],
        below_age_years=row["below_age_years"],
        sex=v.Sex(row["sex"]) if row["sex"] else None,
    )


def _by_condition(trial_ids: list[int]) -> dict[str, int]:
    """The studies that take each condition."""
    found: dict[str, int] = defaultdict(int)
    held = coverages(trial_ids)
    for place, pk in enumerate(trial_ids):
        for slug in held[pk].covered:
            found[slug] |= 1 << place
    return dict(found)
