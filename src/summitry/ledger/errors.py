"""What can be wrong with a ledger, or with what is to be put on record.

SummitryError
├── LedgerError   a ledger that cannot be read or written; nothing was changed
└── Refused       what a ledger does not take, with all the reasons
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from summitry.dossier.errors import SummitryError


class LedgerError(SummitryError):
    """A ledger that cannot be read or written; the message says why."""


class Refused(SummitryError):
    """What a ledger does not take: `reasons` lists them all."""

    def __init__(self, what: str, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join([f"{what} was not recorded:", *(f"- {r}" for r in reasons)]))


@contextmanager
def readable() -> Iterator[None]:
    """Turn what is raised over entries that are not as entries are into a LedgerError."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise LedgerError("an entry was changed by force; look with `ledger verify`") from error
