"""What is asked of a dossier, and whether it can be answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from summitry.dossier.errors import CannotAnswer
from summitry.dossier.schema import Dossier


@dataclass(frozen=True)
class Question:
    """From which date, about which rounds (indices), which of them in detail, by what protocol.

    `first_day` is the day of the first of these rounds: signals of that day come too late.
    """

    as_of: dt.date | None
    rounds: tuple[int, ...]
    first_day: dt.date | None
    detail: int
    protocol: str


def ask(
    dossier: Dossier, as_of: dt.date | None, round: int | None, protocol: str | None
) -> Question:
    """The question for a date: the rounds still to come, the one to detail (1 = the first).

    Raises CannotAnswer where there are no commitments or no round is left, ValueError for
    a round that does not exist.
    """
    if not dossier.commitments:
        hint = "; its `issues` are answered by `summitry positions`" if dossier.issues else ""
        raise CannotAnswer(f"expect needs `commitments`: what each party could do{hint}")
    if dossier.stability is not None and not dossier.values:
        raise CannotAnswer(
            "this question needs `values`: what each commitment is worth to whom. A dossier that "
            "only orders states can be asked for `stability`"
        )
    date = as_of or dossier.as_of
    days = [r.date for r in dossier.rounds] or [None]
    left = tuple(k for k, day in enumerate(days) if day is None or date is None or day >= date)
    if not left:
        last = max(day for day in days if day)
        raise CannotAnswer(f"no round of `rounds` is left on {date}: the last was on {last}")
    if round is not None and not 1 <= round <= len(left):
        raise ValueError(f"round must be from 1 to {len(left)} on that date, not {round}")
    first = days[left[0]]
    return Question(date, left, first, (round or 1) - 1, protocol or dossier.protocol)
