"""Golden patients into the database: the bundled ones, and what editors expect of them."""

from collections.abc import Iterable, Mapping

from auditlog.context import disable_auditlog
from django.db import transaction

from trials.golden.patients import Patient, patients
from trials.golden_rows import found_matches
from trials.ingest.turns import writers_turn
from trials.models import GoldenPatient, GoldenVerdict

_FIELDS = ("name", "note", "answers")


@transaction.atomic
def load_golden_patients() -> None:
    """Bring the bundled patients in line with the data file; those that an editor changed stay as they are."""
    writers_turn()
    with disable_auditlog():  # nobody's doing: the file says what changed, and some of it is written in bulk
        _bring_in_line()


def _bring_in_line() -> None:
    rows = GoldenPatient.objects.exclude(slug=None).prefetch_related("expected")
    stored = {row.slug: row for row in rows}
    for one in patients():
        row = stored.pop(one.slug, None)
        if row is None or not (row.from_editor or _says_the_same(row, one)):
            _write(one, row or GoldenPatient(slug=one.slug))
    gone = [row.pk for row in stored.values() if not row.from_editor]
    GoldenPatient.objects.filter(pk__in=gone).delete()


def _says_the_same(row: GoldenPatient, one: Patient) -> bool:
    held = [(verdict.nct_id, verdict.verdict, verdict.reason) for verdict in row.expected.all()]
    wanted = [(expected.nct_id, expected.verdict.value, expected.reason) for expected in one.expected]
    return all(getattr(row, name) == getattr(one, name) for name in _FIELDS) and held == wanted


def _write(one: Patient, row: GoldenPatient) -> None:
    for name in _FIELDS:
        setattr(row, name, getattr(one, name))
    row.save()
    row.expected.all().delete()
    GoldenVerdict.objects.bulk_create(
        GoldenVerdict(patient=row, nct_id=expected.nct_id, verdict=expected.verdict.value, reason=expected.reason)
        for expected in one.expected
    )


@transaction.atomic
def expect_what_is_found(chosen: Iterable[GoldenPatient]) -> Mapping[int, int]:
    """Expect of these patients what their studies give them now; returns for each whose verdicts changed how many.

    The reasons of the verdicts that change go: they were given for another. Studies that we do not hold stay.
    """
    keys = [patient.pk for patient in chosen]
    verdicts = list(GoldenVerdict.objects.filter(patient__in=keys).select_related("patient").select_for_update())
    found = found_matches(verdicts)
    changed: dict[int, int] = {}
    for one in verdicts:
        if one.pk in found and one.verdict != (now := found[one.pk].verdict.value):
            one.verdict, one.reason = now, ""
            one.save(update_fields=["verdict", "reason"])
            changed[one.patient_id] = changed.get(one.patient_id, 0) + 1
    GoldenPatient.objects.filter(pk__in=changed).update(from_editor=True)
    return changed
