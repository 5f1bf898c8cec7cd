"""Each criterion of a study, read by every family of facts. Readings are kept: parents are read for each of their
children."""

import re
from collections.abc import Iterator, Sequence

from trials.criteria.model import Criterion, Study
from trials.criteria.rules.ages import age_facts
from trials.criteria.rules.diagnoses import diagnosis_facts
from trials.criteria.rules.dose import dose_facts
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.rules.findings import finding_facts
from trials.criteria.rules.judgement import without_judged
from trials.criteria.rules.labels import labels_of
from trials.criteria.rules.measured import measured_facts
from trials.criteria.rules.people import people_facts
from trials.criteria.rules.pregnancy import pregnancy_facts
from trials.criteria.rules.scope import scoped
from trials.criteria.rules.settling import settled
from trials.criteria.rules.studied import Own
from trials.criteria.rules.treatments import treatment_facts
from trials.criteria.rules.washed_out import washed_out_facts
from trials.criteria.wording.reading import Reading, read
from trials.criteria.wording.terms import Context
from trials.criteria.wording.zones import Zones, zones_of

Read = tuple[Criterion, Scene | None, list[Fact]]

FAMILIES = (
    age_facts, people_facts, diagnosis_facts, measured_facts, dose_facts, finding_facts, pregnancy_facts,
    treatment_facts, washed_out_facts,
)  # fmt: skip
# A text beyond these is no single criterion, and no rule is read from it: the longest real one has a third of them.
LONGEST_RULED = 8_000  # characters
MOST_CUES = 300
_A_FEW_WORDS = 40  # characters: "Females" alone is a criterion
_LONGEST_HEADING = 9  # words
_GROUP = re.compile(
    r"\b(?:patients?|subjects?|participants?|groups?|cohorts?|arms?|populations?|parts?|criteri(?:a|on)|controls?|"
    r"volunteers?)\b",
    re.IGNORECASE,
)


class Reader:
    """Reads the criteria of one study, as often as what is known of its disease changes."""

    def __init__(self, criteria: Sequence[Criterion], study: Study) -> None:
        self.criteria = criteria
        self.context = Context([study.title, *study.conditions, *(criterion.text for criterion in criteria)])
        self._by_id = {criterion.id: criterion for criterion in criteria}
        self._parents = {criterion.parent for criterion in criteria}
        self._readings: dict[str, tuple[Reading, Zones] | None] = {}
        self.labels = labels_of(criteria, self._reading)

    def read(self, own: Own) -> list[Read]:
        """The facts of every criterion; `own` is the disease under study."""
        return [(criterion, *self._facts(criterion, own)) for criterion in self.criteria]

    def ancestors(self, criterion: Criterion) -> Iterator[Criterion]:
        """The criteria that this one stands under, the nearest first."""
        above = self._by_id.get(criterion.parent or "")
        while above is not None:
            yield above
            above = self._by_id.get(above.parent or "")

    def _facts(self, criterion: Criterion, own: Own) -> tuple[Scene | None, list[Fact]]:
        scene = self._scene(criterion, own)
        if scene is None:
            return None, []
        facts = without_judged(scene, [fact for family in FAMILIES for fact in family(scene)])
        return scene, scoped(scene, settled(scene, facts), self.context)

    def _scene(self, criterion: Criterion, own: Own) -> Scene | None:
        known = self._reading(criterion.text)
        if known is None or not (known[0].mentions or known[0].numbers or len(criterion.text) <= _A_FEW_WORDS):
            return None
        others = frozenset(("other", name) for name in own.others)
        above = tuple(reversed([one.text for one in self.ancestors(criterion)]))
        over = self._reading(above[-1]) if above else None
        lead = Scene(*over, criterion.kind, own.slugs, others) if over else None
        is_heading = criterion.id in self._parents and _names_a_group(criterion.text)
        people, people_end = self._people(criterion)
        return Scene(*known, criterion.kind, own.slugs, others, above, is_heading, people, people_end, lead)

    def _people(self, criterion: Criterion) -> tuple[tuple[str, ...], int]:
        """Whom its own label says that it is for, else the nearest above it."""
        if criterion.id in self.labels:
            return self.labels[criterion.id]
        return next((self.labels[one.id][0] for one in self.ancestors(criterion) if one.id in self.labels), ()), 0

    def _reading(self, text: str) -> tuple[Reading, Zones] | None:
        if text not in self._readings:
            self._readings[text] = None
            if text and len(text) <= LONGEST_RULED:
                reading = read(text, self.context)
                if len(reading.cues) <= MOST_CUES:
                    self._readings[text] = reading, zones_of(reading)
        return self._readings[text]


def _names_a_group(text: str) -> bool:
    """ "SLE patients:", "Control group", "Inclusion criteria for LN:"."""
    return len(text.split()) <= _LONGEST_HEADING and _GROUP.search(text) is not None
