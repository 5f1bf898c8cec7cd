"""The phase of a study and what it means."""

from collections.abc import Iterator

from trials import vocab as v
from trials.plain_language.expressions import Said
from trials.plain_language.record import facts as f
from trials.plain_language.record.facts import Fact, StudyFacts
from trials.plain_language.tongue import mark as _

_PHASES = {
    (v.Phase.EARLY_PHASE1,): (
        _("This is an early phase 1 study."),
        _("A few people get a very small amount. This shows what it does in the body."),
    ),
    (v.Phase.PHASE1,): (
        _("This is a phase 1 study."),
        _("Phase 1 comes first in people. It looks for side effects and for the right dose."),
    ),
    (v.Phase.PHASE1, v.Phase.PHASE2): (
        _("This is a phase 1 and phase 2 study."),
        _("It looks for side effects and the right dose. It also looks at whether it may work."),
    ),
    (v.Phase.PHASE2,): (
        _("This is a phase 2 study."),
        _("Phase 2 looks at whether it may work. It also looks for side effects."),
    ),
    (v.Phase.PHASE2, v.Phase.PHASE3): (
        _("This is a phase 2 and phase 3 study."),
        _("It looks at whether it may work, and then tests this in more people."),
    ),
    (v.Phase.PHASE3,): (
        _("This is a phase 3 study."),
        _("Phase 3 tests in many people if it works, and which side effects it has."),
    ),
    (v.Phase.PHASE4,): (
        _("This is a phase 4 study."),
        _("Phase 4 looks at a treatment that is already approved for some use."),
    ),
}


def stage_sentences(study: StudyFacts) -> Iterator[Fact]:
    phases = study.record.design.phases
    if told := _PHASES.get(phases):
        for message in told:
            yield Fact(Said(message), (f"{f.DESIGN}.phases",))
    elif phases == (v.Phase.NA,):
        yield Fact(Said(_("This study has no phase. Phases are for studies of drugs.")), (f"{f.DESIGN}.phases",))
