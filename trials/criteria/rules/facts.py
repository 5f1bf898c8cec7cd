"""A fact found in a criterion's words, before facts are grouped into rules."""

from dataclasses import dataclass

from trials.criteria.model import Kind, Within
from trials.criteria.wording.reading import Reading
from trials.criteria.wording.zones import Zones


@dataclass(slots=True)
class Fact:
    """`start` and `end` are where it stands in the text. `glue` ties facts that hold together whatever stands
    between."""

    attribute: str
    op: str
    value: float | bool | tuple[str, ...]
    start: int
    end: int
    unit: str = ""
    within: Within | None = None
    partial: bool = False
    ever: bool = False
    stable: bool = False
    failed: bool = False
    applies_to: tuple[str, ...] = ()
    glue: str = ""
    sexed: str = ""  # of limits that differ for men and women: see `sexes`
    by_the_way: bool = False  # its time stands for all that its sentence says of the medicine: see `washed_out`
    mere: bool = False  # only named; counts where no other criterion of the study asks for it


@dataclass(frozen=True, slots=True)
class Scene:
    """What a family of rules sees: the criterion read, its kind, the diseases under study, the words it stands
    under."""

    reading: Reading
    zones: Zones
    kind: Kind
    own: frozenset[str]
    own_others: frozenset[tuple[str, str]] = frozenset()
    above: tuple[str, ...] = ()
    is_heading: bool = False  # it names a group of people, and its children say what is asked of them
    people: tuple[str, ...] = ()  # the diseases of those whom it is for, as its label or that of one above it says
    people_end: int = 0  # where its own label ends
    lead: "Scene | None" = None  # the criterion it stands under, whose look-back and conditions it shares

    @property
    def text(self) -> str:
        return self.reading.text
