"""What every page says about the data as a whole."""

from dataclasses import dataclass

from django.db.models import Max

from finder.presenters.words import long_date
from trials.models import RecordVersion, Trial


@dataclass(frozen=True, slots=True)
class DataNotice:
    """`is_sample`: all records are the ones that came with the program; `is_empty`: there are none yet."""

    is_sample: bool
    is_empty: bool


def data_notice() -> DataNotice:
    """Two existence checks: cheap however large the tables are."""
    if RecordVersion.objects.exclude(source__startswith="sample:").exists():
        return DataNotice(is_sample=False, is_empty=False)
    some = RecordVersion.objects.exists() or Trial.objects.exists()
    return DataNotice(is_sample=some, is_empty=not some)


def last_read_on() -> str:
    """The day on which a record was last read from the registry, empty when none ever was."""
    newest = Trial.objects.aggregate(day=Max("last_read_at"))["day"]
    return long_date(newest.date()) if newest else ""
