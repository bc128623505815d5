"""The record so far: how good the forecasts were, beside chance, past cases and rivals."""

from __future__ import annotations

from pathlib import Path

from summitry.ledger.chain import head
from summitry.ledger.collecting import no_collecting
from summitry.ledger.connect import reading
from summitry.ledger.errors import readable
from summitry.ledger.gathering import AHEAD, REPLAY, gather
from summitry.ledger.place import ledger_url, shown
from summitry.ledger.scores import Scores
from summitry.ledger.scoring import FLOOR
from summitry.ledger.standing import standing_of

RESAMPLES = 1000


def score(*, ledger: str | Path | None = None, seed: int = 0, resamples: int = RESAMPLES) -> Scores:
    """How good the forecasts on record were: every resolved question, all scores.

    Forecasts recorded before the day of the outcome and replays made after it are scored
    apart. Intervals are bootstrapped by question, with `resamples` drawn by `seed`.

    Raises LedgerError where there is no ledger or it cannot be read, ValueError for options
    out of range.
    """
    if not 2 <= resamples <= 100_000:
        raise ValueError(f"resamples must be from 2 to 100,000, not {resamples}")
    if not 0 <= seed <= 2**53 - 1:
        raise ValueError(f"seed must be from 0 to 2**53 - 1, not {seed}")
    with no_collecting():
        return _score(ledger, seed, resamples)


def _score(ledger: str | Path | None, seed: int, resamples: int) -> Scores:
    with reading(ledger) as connection:
        with readable():
            gathered = gather(connection)
        entries, last = head(connection)
    return Scores(
        place=shown(ledger_url(ledger)),
        head=last,
        entries=entries,
        forecasts=gathered.forecasts,
        questions=gathered.questions,
        resolved=len(gathered.asked),
        corrected_late=gathered.corrected_late,
        idle=sum(one.idle for one in gathered.asked),
        idle_rivals=sum(one.idle_rivals for one in gathered.asked),
        floor=FLOOR,
        seed=seed,
        resamples=resamples,
        standings=[
            standing_of([q for q in gathered.asked if q.ours.get(name)], name, seed, resamples)
            for name in (AHEAD, REPLAY)
            if any(q.ours.get(name) for q in gathered.asked)
        ],
        titles=gathered.titles,
    )
