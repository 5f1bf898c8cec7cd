"""How the treatments of the criteria contract are related."""

from trials.criteria.rules.classes import classes_of


def classes_with(slug: str) -> frozenset[str]:
    """The wider classes that a treatment belongs to: B-cell depletion, biologic and immunosuppressant of rituximab."""
    return classes_of(slug)
