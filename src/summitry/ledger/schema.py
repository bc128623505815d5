"""Which version of the tables a ledger has, and bringing it to this one.

Alembic is imported only where tables are made: a ledger that is up to date does not wait for it.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from summitry.ledger.errors import LedgerError
from summitry.ledger.guards import VERSION_TABLE

HEAD = "entries_and_contents"
OLDER: tuple[str, ...] = ()  # the versions that the migrations start from
MIGRATIONS = Path(__file__).parent / "migrations"


def version_of(connection: Connection) -> str | None:
    """The version of a ledger's tables; None where there are none yet.

    Raises LedgerError for one that this version of Summitry does not know.
    """
    tables = inspect(connection)
    version: str | None = None
    if tables.has_table(VERSION_TABLE):
        found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}"))
        version = found.scalar_one_or_none()
    if version is None:
        if tables.has_table("ledger_entries"):
            raise LedgerError(
                f"this is a ledger whose table `{VERSION_TABLE}` was emptied or taken away; put "
                f"`{HEAD}` back into it, then look with `ledger verify`"
            )
        return None
    if version not in (HEAD, *OLDER):
        raise LedgerError(
            f"this ledger was made by a newer version of Summitry (its tables are `{version}`, "
            f"known are those up to `{HEAD}`): upgrade Summitry; nothing was changed"
        )
    return version


def migrate(connection: Connection) -> None:
    """Bring the tables to this version, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes.update(connection=connection, version_table=VERSION_TABLE)
    command.upgrade(config, "head")
