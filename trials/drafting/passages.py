"""The official words of a study that may be put plainly: its criteria and its title, each with where it stands."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trials.criteria.model import Criterion, Kind
from trials.plain_language.model import Origin, Section, Sentence
from trials.plain_language.record.facts import TITLE

_SECTIONS = {Kind.INCLUSION: Section.MAY_JOIN, Kind.EXCLUSION: Section.MAY_NOT_JOIN}


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one source. `under` are those of the criteria that it stands under, the topmost first."""

    source: str
    section: Section
    text: str
    under: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that decides what the words mean; their number in the list is none of that."""
        meaning = (self.section.value, self.under, self.text)
        return hashlib.sha256(json.dumps(meaning).encode()).hexdigest()


def passages_of(criteria: Sequence[Criterion], title: str) -> list[Passage]:
    """The title, unless it is empty, and every criterion in reading order."""
    by_id = {criterion.id: criterion for criterion in criteria}
    passages = [Passage(TITLE, Section.HEADLINE, title)] if title else []
    for criterion in criteria:
        under = tuple(parent.text for parent in _above(criterion, by_id))
        passages.append(Passage(criterion.id, _SECTIONS[criterion.kind], criterion.text, under))
    return passages


def without_plain_words(passages: Iterable[Passage], sentences: Iterable[Sentence]) -> list[Passage]:
    """Those of which at least a part is still shown in the registry's wording."""
    official = {source for one in sentences if one.origin is Origin.OFFICIAL for source in one.sources}
    return [passage for passage in passages if passage.source in official]


def _above(criterion: Criterion, by_id: dict[str, Criterion]) -> list[Criterion]:
    chain: list[Criterion] = []
    parent = by_id.get(criterion.parent or "")
    while parent is not None and parent not in chain:
        chain.insert(0, parent)
        parent = by_id.get(parent.parent or "")
    return chain
