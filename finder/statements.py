"""How long the database may work on one query of a page."""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections


def limit_statements() -> None:
    """Have every connection that this process opens from now on give up a query in time.

    For the server alone: an import, a migration, a backup may take as long as it needs. What DATABASE_URL says in its
    own `options` counts more.
    """
    if not settings.STATEMENT_SECONDS:
        return
    options = connections.settings[DEFAULT_DB_ALIAS]["OPTIONS"]
    limit = f"-c statement_timeout={settings.STATEMENT_SECONDS * 1000}"
    options["options"] = f"{limit} {options.get('options', '')}".rstrip()
