"""One test away: the values that people can ask for, and how many studies each could settle."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from finder.check.position import Position
from finder.presenters.check_names import capital, name_of
from finder.presenters.words import number
from trials.questions.choosing import one_test_away
from trials.questions.model import KnownBy
from trials.questions.reading import field_of

MOST_VALUES = 3


@dataclass(frozen=True, slots=True)
class ValueToAsk:
    """A value to ask for, and what it is good for."""

    name: str
    settles: str


def tests_to_ask(position: Position, most: int = MOST_VALUES) -> tuple[ValueToAsk, ...]:
    """The values that people have to look up or ask for, and how many studies each can settle, most first."""
    asked = frozenset(position.state.entries)
    found = one_test_away(position.studies.catalogue, position.answers, asked=asked, view=position.view)
    total = number(position.standing.unknown.bit_count())
    tests = [
        ValueToAsk(
            capital(name_of(attribute)),
            _("can settle %(count)s of %(total)s studies") % {"count": number(count), "total": total},
        )
        for attribute, count in found
        if field_of(attribute).known_by is KnownBy.DOCTOR
    ]
    return tuple(tests[:most])
