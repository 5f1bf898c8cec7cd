"""The record of a study in the registry's own words, for those who want to check or to know more."""

from dataclasses import dataclass

from finder.presenters import design as designed
from trials.models import Trial
from trials.text_blocks import Block, clean_text, text_blocks


@dataclass(frozen=True, slots=True)
class RecordView:
    """All texts are English. `official_title` is empty where it is the title once more."""

    official_title: str
    summary: tuple[Block, ...]
    description: tuple[Block, ...]
    design: tuple[designed.Fact, ...]
    arms: tuple[designed.ArmView, ...]
    interventions: tuple[designed.InterventionView, ...]
    outcomes: tuple[designed.OutcomeGroup, ...]
    conditions: tuple[str, ...]
    keywords: tuple[str, ...]


def record_view(trial: Trial) -> RecordView:
    return RecordView(
        official_title=unless_same(clean_text(trial.official_title), clean_text(trial.brief_title)),
        summary=text_blocks(trial.brief_summary),
        description=text_blocks(unless_same(trial.detailed_description, trial.brief_summary)),
        design=designed.design_facts(trial),
        arms=designed.arm_views(trial),
        interventions=designed.intervention_views(trial),
        outcomes=designed.outcome_groups(trial),
        conditions=tuple(dict.fromkeys(clean_text(listed.text) for listed in trial.listed_conditions.all())),
        keywords=tuple(dict.fromkeys(clean_text(keyword) for keyword in trial.keywords)),
    )


def unless_same(text: str, other: str) -> str:
    """The text, or nothing where the other says the same."""
    return "" if " ".join(text.split()).casefold() == " ".join(other.split()).casefold() else text
