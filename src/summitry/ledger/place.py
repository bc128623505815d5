"""Where the ledger is: a file of this user's, or what `SUMMITRY_LEDGER` names."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from summitry.ledger.errors import LedgerError

VARIABLE = "SUMMITRY_LEDGER"


def ledger_url(given: str | Path | None = None) -> URL:
    """The address of a ledger: as given, else from the environment, else the default file.

    A path means a SQLite file. Raises LedgerError for another database than SQLite and
    PostgreSQL.
    """
    named = str(given or os.environ.get(VARIABLE) or default_file())
    if "://" not in named:
        return URL.create("sqlite", database=str(Path(named).expanduser().absolute()))
    try:
        url = make_url(named)
    except (ArgumentError, ValueError):
        raise LedgerError("the ledger's address is no URL; see `summitry ledger --help`") from None
    kind = url.get_backend_name()
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return URL.create("sqlite", database=str(Path(url.database).absolute()))
    raise LedgerError(
        f"{shown(url)}: a ledger is a SQLite file (sqlite:////path/to/file) or a PostgreSQL "
        "database (postgresql://user@host/name)"
    )


def default_file() -> Path:
    """`summitry/ledger.sqlite3` in the folder for a user's data (`XDG_DATA_HOME`)."""
    home = os.environ.get("XDG_DATA_HOME")
    folder = Path(home) if home else Path.home() / ".local" / "share"
    return folder / "summitry" / "ledger.sqlite3"


def shown(url: URL) -> str:
    """The address as messages show it: a file's path, or the URL without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql")
    return url.render_as_string(hide_password=True)
