"""Our English sentences through the criteria engine: what it reads in them must be what it reads in the official words.

A sentence that reads otherwise may have lost a condition or turned one round, so the official words stand in its place.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from trials.criteria.model import Criterion, Rule, Study
from trials.criteria.rules import with_rules
from trials.plain_language.eligibility.rewording import reworded
from trials.plain_language.levelling import named_once
from trials.plain_language.model import Origin
from trials.plain_language.tongue import tongue


def read_otherwise(criteria: Sequence[Criterion], study: Study) -> frozenset[str]:
    """The ids of the criteria whose plain sentences give other rules than their official words do.

    `criteria` are the engine's own reading of `study`, with their rules.
    """
    plain = _plain_texts(criteria)
    parents = {one.parent for one in criteria if one.parent} & plain.keys()
    return _differing(criteria, study, {source: text for source, text in plain.items() if source not in parents}) | (
        _differing(criteria, study, {source: plain[source] for source in parents}) if parents else frozenset()
    )


def _differing(criteria: Sequence[Criterion], study: Study, plain: Mapping[str, str]) -> frozenset[str]:
    """Of the criteria whose words are put plainly, those that then read otherwise. The words above a criterion say for
    whom it is, so they stay official while it is read."""
    again = with_rules([replace(one, text=plain.get(one.id, one.text), rules=()) for one in criteria], study)
    return frozenset(
        one.id for one, ours in zip(criteria, again, strict=True) if one.id in plain and _facts(one) != _facts(ours)
    )


def _plain_texts(criteria: Sequence[Criterion]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    written: set[str] = set()
    for sentence in named_once(reworded(criteria, tongue("en"))):
        texts.setdefault(sentence.sources[0], []).append(sentence.text)
        if sentence.origin is Origin.WRITTEN:
            written.add(sentence.sources[0])
    return {source: " ".join(parts) for source, parts in texts.items() if source in written}


def _facts(criterion: Criterion) -> Counter[Rule]:
    """The rules without the numbers of their groups: which stand together is told by the order."""
    return Counter(replace(rule, any_of=None if rule.any_of is None else 0) for rule in criterion.rules)
