"""Entries and contents, with the guards that refuse to change or delete them."""

import sqlalchemy as sa
from alembic import op

from summitry.ledger.guards import statements

revision = "entries_and_contents"
down_revision = None


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
    for statement in statements(op.get_bind().dialect.name):
        op.execute(statement)
