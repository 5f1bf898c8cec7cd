"""Our list of conditions as the pages ask it."""

from dataclasses import dataclass

from django.utils.translation import gettext

from trials import conditions as vocabulary
from trials.conditions import Condition


@dataclass(frozen=True, slots=True)
class NamedCondition:
    slug: str
    name: str


def condition_name(condition: Condition) -> str:
    """What the readers of the page call it."""
    return gettext(condition.name)


def clinical_name(condition: Condition) -> str:
    """What doctors call it, in the language of the page."""
    return gettext(condition.clinical_name)


def name_of(slug: str) -> str:
    condition = vocabulary.known(slug)
    return condition_name(condition) if condition else ""


def named(condition: Condition) -> NamedCondition:
    return NamedCondition(condition.slug, condition_name(condition))


def ours() -> tuple[Condition, ...]:
    """The conditions that this finder is for, each family together."""
    return tuple(condition for condition in vocabulary.conditions() if condition.core)


def on_home_page() -> tuple[Condition, ...]:
    chosen = [condition for condition in vocabulary.conditions() if condition.home is not None]
    return tuple(sorted(chosen, key=lambda condition: condition.home or 0))
