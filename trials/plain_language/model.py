"""What the plain-language writer gives: sentences, each with the places of the record that it came from.

The JSON form is a contract with everything that reads it; `Summary.as_json` writes it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Section(StrEnum):
    """The parts of a summary, in the order in which they stand on a page."""

    HEADLINE = "headline"
    WHAT = "what"  # what is tested, in whom, why, against what
    STAGE = "stage"  # phase and what it means
    HAPPENS = "happens"  # groups, chance of each, placebo, who knows, how long, what is asked
    MAY_JOIN = "may_join"
    MAY_NOT_JOIN = "may_not_join"
    SIZE = "size"
    WHERE = "where"
    STATUS = "status"
    SPONSOR = "sponsor"
    NOT_STATED = "not_stated"  # what the registry does not say and people ask


class Origin(StrEnum):
    WRITTEN = "written"  # our own sentence
    OFFICIAL = "official"  # the registry's wording, repaired only, where we have no safe plain sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `sources` are paths into the record or criterion ids ("I3"), never empty."""

    section: Section
    text: str
    sources: tuple[str, ...]
    origin: Origin = Origin.WRITTEN

    def as_json(self) -> dict[str, Any]:
        return {
            "section": self.section.value,
            "text": self.text,
            "sources": list(self.sources),
            "origin": self.origin.value,
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """All sentences on one study in one language. `grade` is the Flesch-Kincaid grade of what we wrote, in English."""

    nct_id: str | None
    lang: str
    grade: float
    sentences: tuple[Sentence, ...]

    def of(self, *sections: Section) -> tuple[Sentence, ...]:
        return tuple(sentence for sentence in self.sentences if sentence.section in sections)

    def as_json(self) -> dict[str, Any]:
        return {
            "nct_id": self.nct_id,
            "lang": self.lang,
            "grade": round(self.grade, 1),
            "sentences": [sentence.as_json() for sentence in self.sentences],
        }
