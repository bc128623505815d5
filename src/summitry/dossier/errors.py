"""Everything that can be wrong with an input, as one tree.

SummitryError
├── DossierError   mistakes in a dossier, each with its place
├── CannotAnswer   a question that the dossier has no section for
└── LedgerError and Refused, in `summitry.ledger.errors`
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 600


class SummitryError(Exception):
    """An input that cannot be used; the message is for its author."""


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake (or note): where it is, what is wrong, and what would be right."""

    file: str
    line: int
    column: int
    message: str
    is_note: bool = False

    def __str__(self) -> str:
        """`file:line:column: message`, without line where the file as a whole is meant."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        text = f"{place}: {'note: ' if self.is_note else ''}{self.message}"
        shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
        return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}..."


class DossierError(SummitryError):
    """A dossier with mistakes: `problems` lists them all, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class CannotAnswer(SummitryError):
    """A question that this dossier cannot answer; the message names the missing section."""
