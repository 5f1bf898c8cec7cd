"""What the rows of a comparison are called."""

from django.utils.translation import gettext_lazy as _

from finder.presenters.words import Text
from trials.criteria.concepts import Concept

_NAMES: dict[Concept, Text] = {
    Concept.AGE: _("Age"),
    Concept.SEX: _("Sex"),
    Concept.DISEASE: _("Which disease"),
    Concept.DURATION: _("How long you have had it"),
    Concept.ACTIVITY: _("How active the disease is"),
    Concept.ANTIBODIES: _("Antibodies"),
    Concept.LUNGS: _("Lungs"),
    Concept.KIDNEYS: _("Kidneys"),
    Concept.HEART: _("Heart and blood vessels"),
    Concept.LIVER: _("Liver"),
    Concept.BLOOD: _("Blood counts"),
    Concept.NERVES: _("Brain, nerves and mind"),
    Concept.STEROIDS: _("Steroids"),
    Concept.NEEDED: _("Treatments that you need to have had, or to take"),
    Concept.KEPT_OUT: _("Treatments that keep you out, and for how long"),
    Concept.PROCEDURES: _("Vaccines, operations and transplants"),
    Concept.INFECTIONS: _("Infections"),
    Concept.PREGNANCY: _("Pregnancy and birth control"),
    Concept.ILLNESSES: _("Other illnesses, allergies and body weight"),
}


def concept_name(concept: Concept) -> Text:
    return _NAMES[concept]
