"""Eligibility texts through the criteria engine. Touches no database, so it can run ahead of what does."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trials.criteria import engine
from trials.criteria.model import Parsed, Study, Warning_
from trials.criteria.vocabulary import structure_problems
from trials.plain_language.rereading import read_otherwise
from trials.plain_language.writer import WRITER_VERSION
from trials.records import StudyRecord
from trials.registries.ledger import storable

logger = logging.getLogger(__name__)
# What has read a stored text: the engine, and the writer whose sentences were held against it.
READER_VERSION = f"{engine.ENGINE_VERSION}/{WRITER_VERSION}"
FAILED = "engine-failed"  # a warning's code: the text was not read, for a fault of ours
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine made of a study, ready to be stored; all in the contract's JSON form.

    `doubted` are the ids of criteria whose plain sentences it reads otherwise: they keep their official words.
    """

    engine_version: str
    text_hash: str
    input_hash: str
    criteria: tuple[Mapping[str, Any], ...]
    warnings: tuple[Mapping[str, Any], ...]
    ledger: tuple[Mapping[str, Any], ...]
    doubted: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        return any(warning["code"] == FAILED for warning in self.warnings)


@dataclass
class Readings:
    """The readings of a batch, each made once: ahead of the database where possible, else when it is asked for."""

    made: dict[Study, Reading] = field(default_factory=dict)

    def of(self, study: Study) -> Reading:
        if study not in self.made:
            self.made[study] = read_criteria(study)
        return self.made[study]


def study_of_record(record: StudyRecord) -> Study:
    """What the engine reads, of a record as we show it. Offsets then count characters of the text as it is stored."""
    eligibility = record.eligibility
    return Study(
        nct_id=record.nct_id,
        text=eligibility.criteria_text,
        title=record.brief_title,
        conditions=record.conditions,
        minimum_age=eligibility.minimum_age_text,
        maximum_age=eligibility.maximum_age_text,
        sex=eligibility.sex or "",
    )


def text_hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def input_hash_of(study: Study) -> str:
    """The same for two studies that the engine must read alike."""
    facts = (study.text, study.title, study.conditions, study.minimum_age, study.maximum_age, study.sex)
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def read_criteria(study: Study) -> Reading:
    """Let the engine read a study. Its faults never keep a study from being shown: they become a warning."""
    try:
        parsed = engine.parse(study)
        criteria = _criteria(parsed)
        problems = structure_problems(criteria, text_length=len(study.text))
        reason = str(problems[0]) if problems else ""
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
    if reason:
        reason = reason.encode("utf-8", "replace").decode()
        parsed, criteria = Parsed(study.nct_id, warnings=(Warning_(FAILED, None, reason[:_LONGEST_REASON]),)), []
    return Reading(
        engine_version=READER_VERSION,
        text_hash=text_hash_of(study.text),
        input_hash=input_hash_of(study),
        criteria=tuple(criteria),
        warnings=tuple(_warning(warning) for warning in parsed.warnings),
        ledger=_ledger(parsed),
        doubted=_doubted(parsed, study),
    )


def _doubted(parsed: Parsed, study: Study) -> tuple[str, ...]:
    """The criteria that keep their official words; all of them where our sentences cannot be held against them."""
    try:
        return tuple(sorted(read_otherwise(parsed.criteria, study)))
    except Exception:
        logger.exception("The plain sentences of %s could not be read again", study.nct_id)
        return tuple(one.id for one in parsed.criteria)


def _criteria(parsed: Parsed) -> list[dict[str, Any]]:
    return [{**one.as_json(), "text": storable(one.text)} for one in parsed.criteria]


def _warning(warning: Warning_) -> dict[str, Any]:
    return {"code": warning.code, "criterion": warning.criterion, "words": storable(warning.words)}


def _ledger(parsed: Parsed) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "reason": repair.reason,
            "written": storable(repair.written),
            "shown": storable(repair.shown),
            "source_start": repair.source_start,
            "source_end": repair.source_end,
            "made": repair.made,
        }
        for repair in parsed.ledger
    )
