"""How the diagnoses of the criteria contract are related."""

from functools import cache

from trials.criteria.rules.hierarchy import hierarchy


def wider_than(slug: str) -> frozenset[str]:
    """The wider diagnoses that somebody with this one has too: SLE and CTD of lupus nephritis."""
    return hierarchy().get(slug, frozenset())


@cache
def diagnoses() -> frozenset[str]:
    """All diagnoses that a rule can name, and `other`."""
    return frozenset(hierarchy())
