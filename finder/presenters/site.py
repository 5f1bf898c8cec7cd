"""What every page says about the data as a whole."""

from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from trials.language import long_date
from trials.models import Trial


@dataclass(frozen=True, slots=True)
class DataNotice:
    """`is_sample`: all records are the ones that came with the program; `is_empty`: there are none yet."""

    is_sample: bool
    is_empty: bool


def data_notice() -> DataNotice:
    """Two existence checks: cheap however large the tables are."""
    if Trial.objects.filter(is_sample=False).exists():
        return DataNotice(is_sample=False, is_empty=False)
    some = Trial.objects.exists()
    return DataNotice(is_sample=some, is_empty=not some)


def age_of_data() -> str:
    """When the registry's records were last read; of a database with nothing but samples, when those were collected."""
    days = Trial.objects.aggregate(
        read=Max("last_read_at", filter=Q(is_sample=False)), collected=Max("last_read_at", filter=Q(is_sample=True))
    )
    if days["read"]:
        return _("read from ClinicalTrials.gov on %(date)s") % {"date": long_date(days["read"].date())}
    if days["collected"]:
        return _("sample studies, collected on %(date)s") % {"date": long_date(days["collected"].date())}
    return ""
