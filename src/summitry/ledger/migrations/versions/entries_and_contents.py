"""Entries and contents, with the guards that refuse to change or delete them."""

import sqlalchemy as sa
from alembic import op

revision = "entries_and_contents"
down_revision = None

TABLES = ("ledger_entries", "ledger_contents")
SQLITE = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'a ledger is append-only: nothing is changed or deleted'); END
"""
# `INSERT OR REPLACE` deletes what stands in its way without any DELETE trigger
TAKEN = """
CREATE TRIGGER {table}_refuse_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, 'a ledger is append-only: UNIQUE constraint failed'); END
"""
SAME = {
    "ledger_entries": "position = NEW.position OR id = NEW.id OR previous = NEW.previous",
    "ledger_contents": "sha256 = NEW.sha256",
}
REFUSE = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a ledger is append-only: nothing is changed or deleted'; END $$
"""
POSTGRESQL = (
    "CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
    "CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()",
    "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_refuse_change",
    "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_refuse_truncate",
    "REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, CURRENT_USER",
)


def upgrade() -> None:
    """Make both tables and guard them."""
    op.create_table(
        "ledger_entries",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("previous", sa.String(64), nullable=False, unique=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("question", sa.String(64), nullable=False, index=True),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "ledger_contents",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for verb in ("update", "delete"):
                op.execute(SQLITE.format(table=table, verb=verb))
            op.execute(TAKEN.format(table=table, same=SAME[table]))
        return
    op.execute(REFUSE)
    for table in TABLES:
        for statement in POSTGRESQL:
            op.execute(statement.format(table=table))
