"""Diagnoses and the wider ones they belong to: lupus nephritis is SLE, SLE is a connective tissue disease."""

from functools import cache

from trials.criteria.wording.lexicon import data


@cache
def hierarchy() -> dict[str, frozenset[str]]:
    """For each diagnosis all the wider ones that it belongs to."""
    parents = {slug: entry.get("wider", []) for slug, entry in data("diagnoses").items() if isinstance(entry, dict)}
    out: dict[str, frozenset[str]] = {}
    for slug in parents:
        above: set[str] = set()
        waiting = list(_listed(parents[slug]))
        while waiting:
            one = waiting.pop()
            if one not in above:
                above.add(one)
                waiting.extend(_listed(parents.get(one, [])))
        out[slug] = frozenset(above)
    return out


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
