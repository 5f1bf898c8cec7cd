"""What a database holds, so short that two can be held against each other."""

import hashlib

import psycopg
from psycopg import sql

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
# Conditions are printed with other casts once they were read anew, and mean the same: so they are left out.
_SHAPE = """
    SELECT split_part(indexdef, ' WHERE ', 1) FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || convalidated FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT extname || ' ' || extversion FROM pg_extension
    UNION ALL SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
        || coalesce(column_default, '') FROM information_schema.columns WHERE table_schema = 'public'
    ORDER BY 1
"""
LEFT_OUT = {"django_session"}

Print = tuple[int, str]  # rows, and a hash over all of them


def prints(url: str) -> dict[str, Print]:
    """Of each table, of all sequences, and of tables, indexes, constraints and triggers as they are defined."""
    with psycopg.connect(url) as connection:
        found = {name: _table(connection, name) for (name,) in connection.execute(_TABLES).fetchall()}
        for name, query in (("(sequences)", _SEQUENCES), ("(shape)", _SHAPE)):
            rows = connection.execute(query).fetchall()
            found[name] = (len(rows), hashlib.md5(repr(rows).encode(), usedforsecurity=False).hexdigest())
    return {name: one for name, one in found.items() if name not in LEFT_OUT}


def _table(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> Print:
    query = sql.SQL(
        "SELECT count(*), coalesce(md5(string_agg(hash, '' ORDER BY hash)), '')"
        " FROM (SELECT md5(t::text) FROM {} AS t) AS rows (hash)"
    )
    found = connection.execute(query.format(sql.Identifier(name))).fetchone()
    assert found
    return int(str(found[0])), str(found[1])
