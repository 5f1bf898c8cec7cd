"""The bundled studies, read by the engine and compiled: what many tests hold answers against."""

import json
from functools import cache
from pathlib import Path

from trials.criteria import engine
from trials.matching.tree import Groups, Node
from trials.matching.verdict import compiled
from trials.registries.ctgov.reader import read_study

SAMPLE = Path(__file__).resolve().parents[1] / "trials" / "sample"


@cache
def bundled_studies() -> list[Groups[Node]]:
    found = []
    for path in sorted(SAMPLE.glob("NCT*.json")):
        payload = json.loads(path.read_text())
        criteria = engine.parse(engine.study_of(payload)).criteria
        found.append(compiled(criteria, read_study(payload).eligibility))
    return found
