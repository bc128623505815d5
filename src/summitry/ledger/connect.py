"""Opening a ledger: to read it as it stands, or to add to it alone.

Whoever adds holds a lock from before the head is read until the entry is committed, so two
writers never build on the same head; the unique `previous` would refuse it besides.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from summitry.ledger.errors import LedgerError
from summitry.ledger.faults import explained
from summitry.ledger.place import default_file, ledger_url, shown
from summitry.ledger.schema import HEAD, migrate, version_of

PATIENCE = 30  # seconds that a writer waits for another
PAGE = 16_384  # bytes: entries and forecasts are of thousands of bytes each
LOCK = 0x5355_4D4D  # the number that PostgreSQL locks a ledger's writers by


@contextmanager
def reading(ledger: str | Path | None = None) -> Iterator[Connection]:
    """A connection that sees one state of the ledger throughout.

    Raises LedgerError where there is no ledger, or one that cannot be read.
    """
    url = ledger_url(ledger)
    with explained(url), _connection(url, "rw") as connection:
        begin = "BEGIN" if url.get_backend_name() == "sqlite" else READ_ONE_STATE
        connection.exec_driver_sql(begin)
        if version_of(connection) is None:
            raise _none_yet(url)
        yield connection


@contextmanager
def writing(ledger: str | Path | None = None) -> Iterator[Connection]:
    """A connection that alone may add; all is committed at the end, or nothing.

    Makes the ledger where there is none. Raises LedgerError where that cannot be done.
    """
    url = ledger_url(ledger)
    if url.database == str(default_file()):
        default_file().parent.mkdir(parents=True, exist_ok=True)
    with explained(url), _connection(url, "rwc") as connection:
        if url.get_backend_name() == "sqlite":
            _log_ahead(connection)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if version_of(connection) != HEAD:
            migrate(connection)
        yield connection
        connection.commit()


@contextmanager
def adding(ledger: str | Path | None = None) -> Iterator[Connection]:
    """As `writing`, for what is about earlier entries: no ledger is made where there is none."""
    with reading(ledger):
        pass
    with writing(ledger) as connection:
        yield connection


def _log_ahead(connection: Connection) -> None:
    """Let a file's log be written ahead (WAL), so that readers see whole states.

    SQLite does not wait here where somebody else does the same at that moment.
    """
    until = time.monotonic() + PATIENCE
    while connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
        try:
            connection.exec_driver_sql(f"PRAGMA page_size = {PAGE}")  # heeded by a new file only
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


READ_ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


@contextmanager
def _connection(url: URL, mode: str) -> Iterator[Connection]:
    engine = _engine(url, mode)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _engine(url: URL, mode: str) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 10})
    path = Path(str(url.database))
    if mode == "rw" and not path.exists():
        raise _none_yet(url)
    if path.is_dir():
        raise LedgerError(f"{path}: is a folder; name a file in it")
    return create_engine("sqlite://", creator=lambda: _sqlite(path, mode), poolclass=NullPool)


def _sqlite(path: Path, mode: str) -> Any:
    """A connection to the file; where nothing may be written beside it, to what it holds."""
    try:
        return _opened(path, f"mode={mode}")
    except sqlite3.OperationalError as error:
        log = path.with_name(f"{path.name}-wal")
        nothing_beside = not (log.exists() and log.stat().st_size)
        if mode != "rw" or "locked" in str(error) or not nothing_beside:
            raise
        return _opened(path, "mode=ro&immutable=1")


def _opened(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?{how}", uri=True, isolation_level=None, timeout=PATIENCE
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _none_yet(url: URL) -> LedgerError:
    return LedgerError(f"{shown(url)}: there is no ledger yet; `summitry record` begins one")
