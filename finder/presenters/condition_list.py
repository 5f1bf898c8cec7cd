"""Our list of conditions as the pages ask it."""

from trials import conditions as vocabulary
from trials.conditions import Condition


def known(slug: str) -> Condition | None:
    """The condition of a slug that came from outside, or None."""
    try:
        return vocabulary.by_slug(slug)
    except KeyError:
        return None


def name_of(slug: str) -> str:
    condition = known(slug)
    return condition.name if condition else ""


def family(slug: str) -> frozenset[str]:
    """The condition and all narrower ones: what a search for it finds."""
    return vocabulary.descendants(slug) | {slug}


def ours() -> tuple[Condition, ...]:
    """The conditions that this finder is for, each family together."""
    return tuple(condition for condition in vocabulary.conditions() if condition.core)


def on_home_page() -> tuple[Condition, ...]:
    chosen = [condition for condition in vocabulary.conditions() if condition.home is not None]
    return tuple(sorted(chosen, key=lambda condition: condition.home or 0))
