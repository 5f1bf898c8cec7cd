from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trials.models import ImportRun, Trial


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For machines: 200 while visitors can be served, 503 when they cannot."""
    try:
        migrated = migrations_applied()
        state = {"hours_since_sync": hours_since_sync(), "trials": Trial.objects.count()} if migrated else {}
    except DatabaseError:
        return _answer({"database": "down"}, 503)
    return _answer({"database": "ok", "migrations_applied": migrated, **state}, 200 if migrated else 503)


def _answer(state: dict[str, object], status: int) -> JsonResponse:
    return JsonResponse(state, status=status, headers={"Cache-Control": "no-store"})


def migrations_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def hours_since_sync() -> float | None:
    """Hours since a sync with the registry last ran to its end, with one decimal; None when none ever did."""
    syncs = ImportRun.objects.filter(
        kind__in=[ImportRun.Kind.INCREMENTAL, ImportRun.Kind.FULL],
        state=ImportRun.State.COMPLETE,
        finished_at__isnull=False,
    )
    last = syncs.order_by("-finished_at").values_list("finished_at", flat=True).first()
    return round((timezone.now() - last).total_seconds() / 3600, 1) if last else None
