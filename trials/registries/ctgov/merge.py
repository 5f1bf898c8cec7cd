"""Fill what a partial record lacks from the study's other versions, so that a short record never hides a full one."""

from collections.abc import Iterable
from typing import Any

from trials import vocab as v
from trials.records import Note
from trials.registries.ctgov.values import sub

# Facts that only hold together: an old end date beside a new status, an old contact beside a new site would mislead.
_ONLY_WHOLE = frozenset({"statusModule", "contactsLocationsModule", "armsInterventionsModule", "outcomesModule"})
_SECTIONS = ("protocolSection", "derivedSection")


def completed_from(
    payload: dict[str, Any], others: Iterable[tuple[dict[str, Any], str]]
) -> tuple[dict[str, Any], tuple[tuple[Note, int], ...]]:
    """Return the record with missing modules and keys filled from `others`, best first, and a note for each filling.

    `others` pairs a record with the words for its version (a date), which the note shows; each note comes with the
    place of its source in `others`.
    """
    whole = {
        key: dict(value) if key in _SECTIONS and isinstance(value, dict) else value for key, value in payload.items()
    }
    notes: list[tuple[Note, int]] = []
    for source, (other, name) in enumerate(others):
        for section in _SECTIONS:
            target = whole[section] = dict(sub(whole, section))
            for path in _fill(target, sub(other, section)):
                notes.append((Note(v.Origin.FILLED, f"{section}.{path}", "earlier-version", shown=name), source))
    return whole, tuple(notes)


def _fill(target: dict[str, Any], source: dict[str, Any]) -> list[str]:
    filled = []
    for module, content in source.items():
        if not isinstance(content, dict) or not content:
            continue
        if not target.get(module):
            target[module] = content
            filled.append(module)
        elif module not in _ONLY_WHOLE and isinstance(target[module], dict):
            missing = {key: value for key, value in content.items() if target[module].get(key) in (None, "", [], {})}
            target[module] = {**target[module], **missing}
            filled += [f"{module}.{key}" for key in missing]
    return filled
