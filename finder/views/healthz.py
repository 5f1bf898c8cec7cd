from dataclasses import asdict

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from trials.mail_health import mail_findings, mail_state
from trials.models import Trial
from trials.site_health import database_state, findings, sync_state


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For machines: 200 while visitors can be served, 503 when they cannot."""
    try:
        migrated = migrations_applied()
        state = site_state() if migrated else {}
    except Error:
        return _answer({"database": "down"}, 503)
    return _answer({"database": "ok", "migrations_applied": migrated, **state}, 200 if migrated else 503)


def _answer(state: dict[str, object], status: int) -> JsonResponse:
    return JsonResponse(state, status=status, headers={"Cache-Control": "no-store"})


def migrations_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def site_state() -> dict[str, object]:
    """`warnings` is what somebody should look after; none of it keeps visitors out."""
    sync, database, mail = sync_state(), database_state(), mail_state()
    return {
        "hours_since_sync": sync.hours_since_complete,
        "trials": Trial.objects.count(),
        "sync": {
            "state": sync.state,
            "began_at": sync.began_at,
            "hours_running": sync.hours_running,
            "reason": sync.reason,
        },
        "disk": {
            "database_mb": database.size_bytes // 10**6,
            "free_gb": None if database.free_bytes is None else database.free_bytes // 10**9,
        },
        "read_only": database.read_only,
        "mail": asdict(mail),
        "warnings": [asdict(one) for one in (*findings(sync, database), *mail_findings(mail))],
    }
