"""What a typed search means: its parts, each with its place in the text, and the words that are left."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What a part of a search asks for, and what its values are."""

    STUDY_ID = "STUDY_ID"  # a study's id in the registry's writing
    CONDITION = "CONDITION"  # slugs of trials.conditions; several mean any of them
    DRUG = "DRUG"  # a name of trials.drugs, or of a drug that only its ending tells
    DRUG_KIND = "DRUG_KIND"  # slugs of kinds or names of classes of trials.drugs; see kinds.members
    SPONSOR = "SPONSOR"  # the name that `Names.sponsor` gave
    PLACE = "PLACE"  # the token that `Names.place` gave
    RADIUS = "RADIUS"  # kilometres
    COUNTRY = "COUNTRY"  # ISO 3166-1 alpha-2
    AGE = "AGE"  # years; "1.5" for eighteen months
    CHILDREN = "CHILDREN"  # of children, of no stated age
    SEX = "SEX"  # FEMALE or MALE
    STATUS = "STATUS"  # tokens of vocab.RecruitmentStatus, any of them
    PHASE = "PHASE"  # tokens of vocab.Phase, any of them
    STUDY_TYPE = "STUDY_TYPE"  # a token of vocab.StudyType
    PLACEBO = "PLACEBO"  # "no": studies that name none
    OVER_AGE = "OVER_AGE"  # years: somebody is older than that
    UNKNOWN_PLACE = "UNKNOWN_PLACE"  # the words that must name a place and that `Names.place` does not know
    SET_ASIDE = "SET_ASIDE"  # understood, and no search can ask for it ("not in China"): the kind of thing, or "WORDS"


@dataclass(frozen=True, slots=True)
class Part:
    """Words `start` to `end` of the text, `matched`, ask for one of `values`.

    `certain` is False where they may mean something else: ask, do not assume. `corrected_to` is the spelling as which
    misspelled words were read, empty where they stand as written; a page should say so. `taken` is a treatment that
    somebody has or had, which is never certain: they may look for another.
    """

    kind: Kind
    start: int
    end: int
    matched: str
    values: tuple[str, ...]
    certain: bool = True
    corrected_to: str = ""
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Free:
    """Words that carry meaning and name nothing that we know; `quoted` where they stood in quotation marks."""

    start: int
    end: int
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """`parts` and `rest` in reading order. The words of an uncertain part are not in `rest`."""

    parts: tuple[Part, ...]
    rest: tuple[Free, ...]

    def values(self, kind: Kind, *, certain: bool = True) -> tuple[str, ...]:
        """The values of all parts of a kind, each once; with `certain` False those of the uncertain parts."""
        found = (value for part in self.parts if part.kind is kind and part.certain is certain for value in part.values)
        return tuple(dict.fromkeys(found))


class Names(Protocol):
    """What the database knows by name."""

    def place(self, text: str) -> str | None:
        """The token of the place that the whole text names, or None."""

    def town(self, text: str) -> str | None:
        """The token of the place that the text plainly names by itself: a big town, or one with its country."""

    def sponsor(self, text: str) -> str | None:
        """The sponsor that the whole text names, as the registry writes it, or None."""


class NoNames:
    """Without a database no place, no town and no sponsor is known."""

    def place(self, text: str) -> str | None:
        return None

    def town(self, text: str) -> str | None:
        return None

    def sponsor(self, text: str) -> str | None:
        return None
