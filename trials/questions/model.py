"""A question as data: its words, its choices and units, and what is known of how people answer it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a field is answered."""

    NUMBER = "number"
    YES_NO = "yes_no"
    SEX = "sex"
    CONDITIONS = "conditions"  # what the person has: the first question
    KINDS = "kinds"  # which kinds of it, and what else beside it; what is not ticked is ruled out
    TREATMENTS = "treatments"
    STEROID_DOSE = "steroid_dose"  # a steroid and its dose a day


class KnownBy(StrEnum):
    PATIENT = "patient"
    DOCTOR = "doctor"  # most people have to look it up, or to ask


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that people may have their number in. `factor` times it is in the unit of the criteria contract."""

    slug: str
    name: str
    factor: float

    def in_contract(self, number: float) -> float:
        """Rounded, so that what is exactly at a limit in one unit is so in the other, too."""
        return round(number * self.factor, 4)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tick: a diagnosis or a treatment. `help`: other names, brands, how it is given. `of`: the diagnoses
    beside which, or beside narrower ones, alone it is offered; empty: beside all.

    What is not ticked among kinds is ruled out. Not with `rules_out` false: many people do not know whether they have
    it. Not where nothing with the same `kind_of` is ticked: everybody with that disease has one of these kinds.
    """

    slug: str
    name: str
    help: str = ""
    chance: float = 0.1  # of those to whom it is offered, how many would tick it
    of: tuple[str, ...] = ()
    kind_of: str = ""
    rules_out: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked. Texts are messages to be translated.

    `attribute` is one of the criteria contract. `name` is what the answer is called in a list ("your lung volume
    (FVC)"), `text` the question; of the only field of a question it is empty. `lowest` and `highest` bound what can be
    meant, in the contract's unit. `asks_when`: with a "yes", also how long ago. `known` is the share of people who can
    answer; `chance` of those how many say "yes"; `spread` the 5th, 25th, 50th, 75th and 95th percentile of a number,
    with `asks_when` of the months since.
    """

    attribute: str
    kind: Kind
    name: str
    text: str = ""
    help: str = ""
    units: tuple[Unit, ...] = ()
    choices: tuple[Choice, ...] = ()
    lowest: float = 0.0
    highest: float = 0.0
    asks_when: bool = False
    known_by: KnownBy = KnownBy.PATIENT
    known: float = 0.95
    chance: float = 0.1
    spread: tuple[float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Question:
    """What stands on one screen. `help` says where the answers are found. `group` is the heading it has in a review.

    `covers` are treatments or diagnoses that the choices leave no more of: who ticks none of them never had one.
    `of` are the diagnoses for which alone it is asked; empty: for all.
    """

    slug: str
    group: str
    text: str
    fields: tuple[Field, ...]
    help: str = ""
    covers: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
