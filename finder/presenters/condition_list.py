"""Our list of conditions as the pages ask it."""

from trials import conditions as vocabulary
from trials.conditions import Condition


def name_of(slug: str) -> str:
    condition = vocabulary.known(slug)
    return condition.name if condition else ""


def ours() -> tuple[Condition, ...]:
    """The conditions that this finder is for, each family together."""
    return tuple(condition for condition in vocabulary.conditions() if condition.core)


def on_home_page() -> tuple[Condition, ...]:
    chosen = [condition for condition in vocabulary.conditions() if condition.home is not None]
    return tuple(sorted(chosen, key=lambda condition: condition.home or 0))
