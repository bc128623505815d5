"""The two tables of a ledger, as its migrations make them."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

# `body` is the entry, as canonical JSON, and all there is to it; the other columns are drawn
# from it so that they can be searched and scored fast, and `verify` holds them against it
entries = Table(
    "ledger_entries",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", String(64), nullable=False, unique=True),
    Column("previous", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("question", String(64), nullable=False, index=True),
    Column("summary", Text, nullable=False),
    Column("body", Text, nullable=False),
)

contents = Table(
    "ledger_contents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
