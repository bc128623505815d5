"""What is to be expected: from a dossier to a forecast with reasons."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from summitry.analysis.asking import ask
from summitry.analysis.assemble import assemble
from summitry.analysis.forecast import Forecast
from summitry.analysis.outcomes import play_all
from summitry.analysis.reservation import DRAWS, Rerun
from summitry.dossier.reader import Document, load
from summitry.game.compile import compile_game

MOST_DRAWS = 1_000_000


def expect(
    dossier: str | Path | Document,
    *,
    draws: int = 2048,
    seed: int = 0,
    protocol: str | None = None,
    as_of: dt.date | None = None,
    round: int | None = None,
    changes: Sequence[str] = (),
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Forecast:
    """The forecast of a dossier: each tier's probability by each round, with the reasons.

    `dossier` is a bundled name, a path or a loaded document; `draws` the number of draws
    for each combination of the parties' types; `protocol` is `offers` or `efficient`
    (the dossier's own by default); `as_of` replays an earlier or later date; `round`
    (1 = the first that is forecast) is the one told in detail; `changes` are `PATH=VALUE`
    settings for this run; `progress` is called with (draws played, draws in all). The same
    seed gives the same forecast on any number of `workers`.

    Raises DossierError for mistakes in the dossier, CannotAnswer where a section is
    missing or no round is left, ValueError for options out of range.
    """
    _check_options(draws, seed, protocol)
    document = dossier if isinstance(dossier, Document) else load(dossier, changes)
    if isinstance(dossier, Document) and changes:
        raise ValueError("changes belong to `load` when a loaded document is given")
    question = ask(document.dossier, as_of, round, protocol)
    workers = workers or os.cpu_count() or 1
    game = compile_game(document.dossier, draws=draws, seed=seed, rounds=question.rounds)
    rerun = Rerun(min(DRAWS, draws), seed, question.rounds, question.protocol, workers)
    total = draws * len(game.strata)
    played = 0

    def advance(more: int) -> None:
        nonlocal played
        played += more
        if progress:
            progress(played, total)

    outcomes = play_all(game, question.protocol, workers, advance)
    return assemble(document, question, game, outcomes, rerun)


def _check_options(draws: int, seed: int, protocol: str | None) -> None:
    if not 2 <= draws <= MOST_DRAWS:
        raise ValueError(f"draws must be from 2 to {MOST_DRAWS:,}, not {draws}")
    if not 0 <= seed <= 2**53 - 1:
        raise ValueError(f"seed must be from 0 to 2**53 - 1, not {seed}")
    if protocol not in (None, "offers", "efficient"):
        raise ValueError(f"protocol must be `offers` or `efficient`, not `{protocol}`")
