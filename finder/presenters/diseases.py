"""Which of our diseases may join: what the rules for joining say, whatever the title says."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from finder.presenters.condition_list import NamedCondition, named
from trials import conditions as vocabulary
from trials.language import Text
from trials.models import Trial
from trials.plain_language.coverage import Coverage, coverage
from trials.summaries import criteria_of

# In the order of the page, each as a word and a shape.
_SAID: dict[Coverage, tuple[Text, str]] = {
    Coverage.IN: (_("May be able to join"), "full"),
    Coverage.UNCLEAR: (_("Not clear from the rules"), "half"),
    Coverage.OUT: (_("Probably cannot join with this disease alone"), "empty"),
}


@dataclass(frozen=True, slots=True)
class DiseaseGroup:
    """Diseases of which the rules say the same. `shape` is full, half or empty, as that of a status."""

    word: Text
    shape: str
    conditions: tuple[NamedCondition, ...]


def disease_groups(trial: Trial) -> tuple[DiseaseGroup, ...]:
    """Empty where the rules tell nothing about any of them. `trial` comes with its criteria."""
    told = coverage(criteria_of(trial))
    if set(told.values()) <= {Coverage.UNCLEAR}:
        return ()
    groups = {kind: [named(vocabulary.by_slug(slug)) for slug in told if told[slug] is kind] for kind in _SAID}
    return tuple(DiseaseGroup(*_SAID[kind], tuple(group)) for kind, group in groups.items() if group)
