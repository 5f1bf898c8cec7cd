"""What a study tests, in whom, against what, and what it measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from finder.presenters import words
from finder.presenters.age_limits import age_limits
from trials import labels
from trials import vocab as v
from trials.models import Intervention, Outcome, Trial
from trials.text_blocks import Block, clean_text, text_blocks


@dataclass(frozen=True, slots=True)
class Fact:
    """`official`: the value is in the registry's own words. `anchor`: its address within the page of the study."""

    label: words.Text
    value: words.Text
    official: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ArmView:
    label: str
    kind: words.Text
    description: tuple[Block, ...]
    interventions: str


@dataclass(frozen=True, slots=True)
class InterventionView:
    name: str
    kind: words.Text
    other_names: str
    description: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class OutcomeView:
    measure: str
    details: tuple[Block, ...]
    time_frame: str


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    heading: words.Text
    outcomes: tuple[OutcomeView, ...]


def arm_views(trial: Trial) -> tuple[ArmView, ...]:
    return tuple(
        ArmView(
            label=clean_text(arm.label),
            kind=labels.label(v.ArmType, arm.type) if arm.type else "",
            description=text_blocks(arm.description),
            interventions=words.listing(dict.fromkeys(clean_text(i.name) for i in arm.interventions.all())),
        )
        for arm in trial.arms.all()
    )


def intervention_views(trial: Trial) -> tuple[InterventionView, ...]:
    """Each thing that is tested or compared; entries that say the same stand once."""
    return tuple(dict.fromkeys(_intervention(intervention) for intervention in trial.interventions.all()))


def _intervention(intervention: Intervention) -> InterventionView:
    others = [name for name in intervention.other_names if name.casefold() != intervention.name.casefold()]
    return InterventionView(
        name=clean_text(intervention.name),
        kind=labels.label(v.InterventionType, intervention.type) if intervention.type else "",
        other_names=words.listing(clean_text(name) for name in dict.fromkeys(others)),
        description=text_blocks(intervention.description),
    )


def outcome_groups(trial: Trial) -> tuple[OutcomeGroup, ...]:
    outcomes = list(trial.outcomes.all())
    headings = {
        v.OutcomeType.PRIMARY: _("Main question"),
        v.OutcomeType.SECONDARY: _("Further questions"),
        v.OutcomeType.OTHER: _("Other questions"),
    }
    groups = ((heading, [o for o in outcomes if o.type == kind]) for kind, heading in headings.items())
    return tuple(OutcomeGroup(heading, tuple(_outcome(o) for o in group)) for heading, group in groups if group)


def _outcome(outcome: Outcome) -> OutcomeView:
    return OutcomeView(clean_text(outcome.measure), text_blocks(outcome.description), clean_text(outcome.time_frame))


def design_facts(trial: Trial) -> tuple[Fact, ...]:
    """How the study is built; only what the registry states."""
    facts = (
        _fact(_("Kind of study"), v.StudyType, trial.study_type),
        Fact(_("Phase"), words.listing(labels.label(v.Phase, phase) for phase in trial.phases)),
        _fact(_("Purpose"), v.PrimaryPurpose, trial.primary_purpose),
        _fact(_("How people are put into groups"), v.Allocation, trial.allocation),
        _fact(_("Groups"), v.InterventionModel, trial.intervention_model),
        Fact(_("Who knows which treatment is given"), masking_words(trial.masking, trial.who_masked)),
        _fact(_("How people are observed"), v.ObservationalModel, trial.observational_model),
        _fact(_("When"), v.TimePerspective, trial.time_perspective),
        Fact(_("People"), _people(trial)),
    )
    return tuple(fact for fact in facts if fact.value)


def _people(trial: Trial) -> str:
    return words.people(trial.enrollment_count, trial.enrollment_type) if trial.enrollment_count is not None else ""


def _fact(label: str, vocabulary: type[StrEnum], token: str) -> Fact:
    """Without a value where the registry only says "other": that tells nobody anything."""
    return Fact(label, labels.label(vocabulary, token) if token not in {"", "OTHER"} else "")


def masking_words(masking: str, who_masked: Sequence[str]) -> words.Text:
    if not masking:
        return ""
    if masking == v.Masking.NONE:
        return _("Everybody knows who gets what (open label)")
    if not who_masked:
        return _("Some of the people involved are kept unaware of who gets what")
    who = words.listing(labels.label(v.WhoMasked, token) for token in who_masked)
    return _("Kept unaware of who gets what: %(who)s") % {"who": who}


def joining_facts(trial: Trial) -> tuple[Fact, ...]:
    """Age, sex and health as the record's own fields say."""
    volunteers = {True: _("Can join"), False: _("Cannot join"), None: ""}[trial.healthy_volunteers]
    facts: Sequence[Fact] = (
        Fact(_("Age"), words.age_span(*age_limits(trial)), anchor="field-age"),
        Fact(_("Sex"), labels.label(v.Sex, trial.sex) if trial.sex else "", anchor="field-sex"),
        Fact(_("Sex and gender, in the registry's words"), clean_text(trial.gender_description), official=True),
        Fact(_("Healthy people"), volunteers),
        Fact(_("Who is studied"), clean_text(trial.study_population), official=True),
    )
    return tuple(fact for fact in facts if fact.value)
