"""The triggers that refuse to change or delete, as the migrations write them and `verify` finds them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

VERSION_TABLE = "ledger_version"
TABLES = ("ledger_entries", "ledger_contents")
REFUSAL = "a ledger is append-only: nothing is changed or deleted"
SAME = {
    "ledger_entries": "position = NEW.position OR id = NEW.id OR previous = NEW.previous",
    "ledger_contents": "sha256 = NEW.sha256",
}


def _sqlite() -> Iterator[tuple[str, str]]:
    refused = [(table, verb) for table in TABLES for verb in ("update", "delete")]
    for table, verb in [*refused, (VERSION_TABLE, "delete")]:  # later migrations update it
        yield (
            f"{table}_refuse_{verb}",
            f"BEFORE {verb} ON {table}\nBEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        )
    for table in TABLES:
        # `INSERT OR REPLACE` deletes what stands in its way without any DELETE trigger
        yield (
            f"{table}_refuse_replace",
            f"BEFORE INSERT ON {table}\nWHEN EXISTS (SELECT 1 FROM {table} WHERE {SAME[table]})\n"
            "BEGIN SELECT RAISE(ABORT, 'a ledger is append-only: UNIQUE constraint failed'); END",
        )


SQLITE = {name: f"CREATE TRIGGER {name} {rest}" for name, rest in _sqlite()}
BODY = f"\nBEGIN RAISE EXCEPTION '{REFUSAL}'; END "
FUNCTION = f"CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$"
# when each fires, and the same as the bits of `pg_trigger.tgtype`: 1 each row, 2 before, 8 DELETE,
# 16 UPDATE, 32 TRUNCATE
POSTGRESQL = {
    "ledger_entries_refuse_change": ("UPDATE OR DELETE", 27),
    "ledger_entries_refuse_truncate": ("TRUNCATE", 34),
    "ledger_contents_refuse_change": ("UPDATE OR DELETE", 27),
    "ledger_contents_refuse_truncate": ("TRUNCATE", 34),
    "ledger_version_refuse_delete": ("DELETE", 11),
    "ledger_version_refuse_truncate": ("TRUNCATE", 34),
}
FOUND = """
SELECT t.tgname, c.relname, t.tgtype, t.tgenabled = 'A' AND t.tgqual IS NULL
       AND t.tgattr = ''::int2vector, p.proname, p.prosrc
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND t.tgrelid IN
      (to_regclass('ledger_entries'), to_regclass('ledger_contents'), to_regclass('ledger_version'))
"""


def statements(dialect: str) -> Iterator[str]:
    """What makes the guards in a database of this kind."""
    if dialect == "sqlite":
        yield from SQLITE.values()
        return
    yield FUNCTION
    for name, (events, bits) in POSTGRESQL.items():
        table = table_of(name)
        each = "ROW" if bits & 1 else "STATEMENT"
        yield (
            f"CREATE TRIGGER {name} BEFORE {events} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION ledger_refuse()"
        )
        yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
    for table in TABLES:
        yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, CURRENT_USER"
    yield f"REVOKE DELETE, TRUNCATE ON {VERSION_TABLE} FROM PUBLIC, CURRENT_USER"


def table_of(name: str) -> str:
    """The table that a guard stands on."""
    return name.partition("_refuse_")[0]


def faults_of_guards(connection: Connection) -> Iterator[str]:
    """What is wrong with the triggers on a ledger's tables: missing, changed, or not ours."""
    if connection.dialect.name == "sqlite":
        wanted, found = dict[str, object](SQLITE), _in_sqlite(connection)
    else:
        wanted = {
            name: (table_of(name), bits, True, "ledger_refuse", BODY)
            for name, (_, bits) in POSTGRESQL.items()
        }
        found = {row[0]: tuple(row[1:]) for row in connection.execute(text(FOUND))}
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            yield f"the trigger `{name}`, which refuses changes, is missing"
        elif name not in wanted:
            yield f"the trigger `{name}` is not one of a ledger's: it may change what is added"
        elif found[name] != wanted[name]:
            yield f"the trigger `{name}`, which refuses changes, was changed or disabled"


def _in_sqlite(connection: Connection) -> dict[str, object]:
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: str(sql).strip() for name, sql in connection.execute(query)}
