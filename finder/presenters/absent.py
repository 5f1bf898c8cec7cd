"""Why we show nothing of a study."""

from django.utils.translation import gettext as _

from trials.why_not import Place, Whereabouts


def why_absent(found: Whereabouts) -> str:
    if found.place is Place.TAKEN_OFF:
        return _("An editor has taken this study off our pages. The registry may still show it.")
    if found.in_registry:
        return _("We do not have this study. The registry may have it.")
    return _("We do not have this study.")
