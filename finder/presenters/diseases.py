"""Which of our diseases may join: what the rules for joining say, whatever the title says."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from finder.presenters.condition_list import NamedCondition, named
from trials import conditions as vocabulary
from trials.admission import Admission, Admitted
from trials.language import Text
from trials.models import Trial
from trials.summaries import criteria_of

# In the order of the page.
DISEASES = (
    "sle", "lupus-nephritis", "systemic-sclerosis", "ssc-ild", "dermatomyositis", "polymyositis", "antisynthetase",
    "sjogren", "mctd", "uctd", "ra-ild", "anca-vasculitis",
)  # fmt: skip
# In the order of the page, each as a word and a shape.
_SAID: tuple[tuple[set[Admission], Text, str], ...] = (
    ({Admission.IN}, _("May be able to join"), "full"),
    ({Admission.UNCLEAR}, _("Not clear from the rules"), "half"),
    ({Admission.NOT_LISTED, Admission.EXCLUDED}, _("Probably cannot join with this disease alone"), "empty"),
)


@dataclass(frozen=True, slots=True)
class DiseaseGroup:
    """Diseases of which the rules say the same. `shape` is full, half or empty, as that of a status."""

    word: Text
    shape: str
    conditions: tuple[NamedCondition, ...]


def disease_groups(trial: Trial) -> tuple[DiseaseGroup, ...]:
    """Empty where the rules tell nothing about any of them. `trial` comes with its criteria."""
    admitted = Admitted(criteria_of(trial))
    told = {slug: admitted.of(slug) for slug in DISEASES}
    if set(told.values()) <= {Admission.UNCLEAR}:
        return ()
    groups = ((word, shape, [slug for slug in told if told[slug] in kinds]) for kinds, word, shape in _SAID)
    return tuple(
        DiseaseGroup(word, shape, tuple(named(vocabulary.by_slug(slug)) for slug in slugs))
        for word, shape, slugs in groups
        if slugs
    )
