"""One study's eligibility text → its criteria, with rules, warnings and a ledger of repairs."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from trials.criteria.checks import warnings_of
from trials.criteria.layout.decode import Decoded, decode
from trials.criteria.layout.outline import Node, Outline, outline
from trials.criteria.model import Criterion, Kind, Parsed, Repair, Study, Warning_
from trials.criteria.repair import repaired
from trials.criteria.rules import with_rules

_WORD = re.compile(r"\S+")

ENGINE_VERSION = "1.2.9"  # raise it whenever the same text may give another result: stored rows are then made anew


# The registry takes 20,000 characters. Of a text far beyond, only the layout is read: hostile input ends here.
LONGEST_READ = 100_000


def study_of(record: Mapping[str, Any]) -> Study:
    """What the engine reads of an API v2 study record. Raises ValueError when the object is none."""
    protocol = record.get("protocolSection")
    if not isinstance(protocol, Mapping):
        raise ValueError("not a study record: protocolSection is missing")
    identification, conditions, eligibility = (
        _section(protocol, name) for name in ("identificationModule", "conditionsModule", "eligibilityModule")
    )
    return Study(
        nct_id=_text(identification, "nctId") or None,
        text=_text(eligibility, "eligibilityCriteria"),
        title=_text(identification, "briefTitle"),
        conditions=_texts(conditions.get("conditions")),
        minimum_age=_text(eligibility, "minimumAge"),
        maximum_age=_text(eligibility, "maximumAge"),
        sex=_text(eligibility, "sex"),
    )


def parse(study: Study) -> Parsed:
    """Read a study's text. Any string gives a result; what is not understood is a criterion without rules."""
    decoded = decode(study.text)
    tree = outline(decoded.text)
    criteria, ledger = _criteria(tree, decoded)
    if len(study.text) > LONGEST_READ:
        too_long = Warning_("text_too_long", None, f"{len(study.text):,}")
        return Parsed(study.nct_id, tuple(criteria), (too_long,), tuple(ledger))
    criteria = with_rules(criteria, study)
    warnings = warnings_of(criteria, study.text, study, notices=tree.notices, ledger=ledger)
    return Parsed(study.nct_id, tuple(criteria), warnings, tuple(ledger))


def _criteria(tree: Outline, decoded: Decoded) -> tuple[list[Criterion], list[Repair]]:
    ids = _ids(tree.nodes)
    criteria: list[Criterion] = []
    ledger: list[Repair] = []
    for node, name in zip(tree.nodes, ids, strict=True):
        words, places = _unwrapped(decoded.text, node.start, node.end)
        text, fixes = repaired(words)
        start, end = decoded.span(node.start, node.end)
        parent = None if node.parent is None else ids[node.parent]
        criteria.append(Criterion(name, node.kind, parent, text, start, end, node.join, node.any_of))
        for fix in fixes:
            source_start, source_end = decoded.span(places[fix.start], places[max(fix.start, fix.end - 1)] + 1)
            written = words[fix.start : fix.end]
            ledger.append(Repair(fix.reason, written, fix.shown, source_start, source_end, fix.made))
    return criteria, ledger


def _ids(nodes: tuple[Node, ...]) -> list[str]:
    count: Counter[Kind] = Counter()
    names = []
    for node in nodes:
        count[node.kind] += 1
        names.append(f"{'I' if node.kind is Kind.INCLUSION else 'E'}{count[node.kind]}")
    return names


def _unwrapped(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """The words of a node on one line, and for each character its place in the decoded text."""
    words: list[str] = []
    places: list[int] = []
    for word in _WORD.finditer(text, start, end):
        if words:
            places.append(word.start() - 1)
        words.append(word.group())
        places.extend(range(*word.span()))
    return " ".join(words), places


def _section(protocol: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = protocol.get(name)
    return section if isinstance(section, Mapping) else {}


def _text(section: Mapping[str, Any], name: str) -> str:
    value = section.get(name)
    return value if isinstance(value, str) else ""


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()
