"""Questions to ask one's own doctor, chosen by the kind of study. They ask; they advise nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from trials import vocab as v
from trials.criteria.model import Criterion, Kind
from trials.language import Text
from trials.models import Trial
from trials.plain_language.record.facts import StudyFacts
from trials.summaries import criteria_of, record_of

_BIRTH_CONTROL = {"contraception", "pregnant_or_breastfeeding"}
_CELLS = re.compile(r"\bcells?\b|\bCAR\b", re.IGNORECASE)
_LIVING = {v.InterventionType.BIOLOGICAL, v.InterventionType.GENETIC}
_DONE_TO_THE_BODY = {v.InterventionType.DEVICE, v.InterventionType.PROCEDURE, v.InterventionType.RADIATION}


@dataclass(frozen=True)
class _Study:
    """What the choice depends on."""

    trial: Trial
    facts: StudyFacts
    criteria: list[Criterion]

    @property
    def is_randomised(self) -> bool:
        return self.trial.allocation == v.Allocation.RANDOMIZED

    @property
    def tests_something(self) -> bool:
        return self.trial.study_type != v.StudyType.OBSERVATIONAL

    @property
    def is_biologic(self) -> bool:
        return any(one.type in _LIVING or _CELLS.search(one.name) for one in self.trial.interventions.all())

    @property
    def acts_on_the_body(self) -> bool:
        return any(one.type in _DONE_TO_THE_BODY for one in self.trial.interventions.all())

    @property
    def has_washout(self) -> bool:
        """Whether somebody who takes a medicine, or took one lately, is kept out."""
        rules = (rule for one in self.criteria if one.kind is Kind.EXCLUSION for rule in one.rules)
        return any(rule.attribute == "treatment" and not rule.failed for rule in rules)

    @property
    def speaks_of_pregnancy(self) -> bool:
        return any(rule.attribute in _BIRTH_CONTROL for one in self.criteria for rule in one.rules)


_QUESTIONS: tuple[tuple[Callable[[_Study], bool], Text], ...] = (
    (lambda s: True, _("Could this study fit me, with all my illnesses and medicines?")),
    (lambda s: True, _("What other care could I have instead?")),
    (lambda s: s.tests_something, _("What are the risks for me, and what is not known yet?")),
    (lambda s: s.facts.has_placebo, _("What could happen to my disease if I get the placebo?")),
    (lambda s: s.is_randomised, _("I cannot choose my group. Would each group be all right for me?")),
    (lambda s: s.is_biologic, _("How does it act on my immune system, and for how long?")),
    (lambda s: s.is_biologic, _("Which vaccines should I have before, and which must wait?")),
    (lambda s: s.acts_on_the_body, _("What is done to my body, and can it be undone?")),
    (lambda s: s.has_washout, _("Would I have to stop a medicine? Do not stop one without your doctor.")),
    (lambda s: s.speaks_of_pregnancy, _("Could a pregnancy be a problem, and which birth control fits me?")),
    (lambda s: not s.tests_something, _("What is taken from me, such as blood, and who sees my data?")),
    (lambda s: bool(s.facts.record.sites), _("How often would I have to travel, and am I well enough for it?")),
    (lambda s: True, _("Will you stay in touch with the study team about my care?")),
)  # fmt: skip


def questions(trial: Trial) -> tuple[Text, ...]:
    """`trial` comes with all its parts."""
    study = _Study(trial, StudyFacts(record_of(trial)), criteria_of(trial))
    return tuple(question for is_asked, question in _QUESTIONS if is_asked(study))
