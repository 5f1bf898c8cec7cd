"""Sponsors by the names that people know: "Novartis" for all companies whose names begin so, "NIAID" for its own."""

from django.db.models import Q

from trials import vocab as v
from trials.models import TrialSponsor

_SHORTEST = 3  # letters
_MOST = 60  # names that one word may stand for


def sponsors_called(text: str) -> list[str]:
    """All sponsors and partners of that name, in any case, as the registry writes them.

    A company is also called by the first words of its name, and anybody by the abbreviation in brackets behind it.
    Empty: nobody is called so.
    """
    called = " ".join(text.split())
    if len(called) < _SHORTEST:
        return []
    company = Q(name__istartswith=f"{called} ") | Q(name__istartswith=f"{called},")
    named = (
        Q(name__iexact=called) | (company & Q(agency_class=v.AgencyClass.INDUSTRY)) | Q(name__iendswith=f"({called})")
    )
    return sorted(TrialSponsor.objects.filter(named).values_list("name", flat=True).distinct().order_by()[:_MOST])
