"""What a database reports, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from summitry.ledger.errors import LedgerError
from summitry.ledger.place import shown

# what the database's message holds, and what it means for the ledger
SAYINGS = (
    ("append-only", "it takes no changes: entries are only added"),
    ("permission denied", "this user has no right to do that"),
    ("disk is full", "the disk is full; nothing was recorded, the ledger is as it was"),
    ("No space left", "the disk is full; nothing was recorded, the ledger is as it was"),
    ("disk I/O error", "the disk refused (full, or a limit on the size of files); "
     "nothing was recorded, the ledger is as it was"),
    ("readonly database", "the file may only be read; nothing was recorded"),
    ("not a database", "the file is no ledger"),
    ("malformed", "the file is damaged; restore a copy, or `ledger import` an export"),
    ("unable to open", "the file cannot be opened; look at its folder and its rights"),
    ("database is locked", "somebody else has been writing for half a minute; try again"),
    ("no such table", "the file is no ledger, or a table of it was taken away"),
    ("authentication failed", "the server refuses this user or its password"),
    ('relation "', "a table of the ledger was taken away"),
    ("does not exist", "the server knows no such database or user"),
    ("connection to server", "the database cannot be reached; is it running, the address right?"),
    ("connection timeout", "the database cannot be reached; is it running, the address right?"),
    ("resolve host", "the database cannot be reached; there is no such host"),
    ("UNIQUE constraint", "another entry has taken this place in the chain; try again"),
    ("unique constraint", "another entry has taken this place in the chain; try again"),
)  # fmt: skip


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what the database raises into a LedgerError that says what it means."""
    try:
        yield
    except SQLAlchemyError as error:
        raise LedgerError(f"{shown(url)}: {_meaning(error)}") from error
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise LedgerError(
            "a ledger in PostgreSQL needs psycopg: pip install 'summitry[postgres]'"
        ) from error


def _meaning(error: SQLAlchemyError) -> str:
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    for part, meaning in SAYINGS:
        if part in said:
            return meaning
    first = said.strip().splitlines()[0] if said.strip() else type(error).__name__
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return (
            f"the database went away ({first}); what was not confirmed as recorded is not, "
            "or look with `summitry ledger list`"
        )
    return f"the database does not answer as it should: {first}"
