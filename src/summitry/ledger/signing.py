"""Who writes an entry, and when."""

from __future__ import annotations

import datetime as dt
import getpass
import os

from summitry.ledger.errors import LedgerError

VARIABLE = "SUMMITRY_AUTHOR"


def signed(author: str | None) -> dict[str, str]:
    """Author and time (UTC) of an entry; by default `SUMMITRY_AUTHOR`, else the login name.

    Raises LedgerError where neither is known.
    """
    name = (author or os.environ.get(VARIABLE) or _login() or "").strip()
    if not name:
        raise LedgerError(f"nobody is named as the author: give one, or set {VARIABLE}")
    return {"author": name, "created": now().strftime("%Y-%m-%dT%H:%M:%SZ")}


def now() -> dt.datetime:
    """The time now, in UTC."""
    return dt.datetime.now(dt.UTC)


def _login() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None
