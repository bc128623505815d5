"""What is to be expected: from a dossier to a forecast with reasons."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Unpack

from summitry.analysis.assemble import assemble
from summitry.analysis.forecast import Forecast
from summitry.analysis.setup import Options
from summitry.analysis.streamed import MOST_DRAWS, Running, largest_error, play_through
from summitry.dossier.reader import Document
from summitry.estimates.draws import BLOCK

MARGIN = 1.02


def expect(
    dossier: str | Path | Document,
    *,
    until_error: float | None = None,
    running: Running | None = None,
    **options: Unpack[Options],
) -> Forecast:
    """The forecast of a dossier: each tier's probability by each round, with the reasons.

    `dossier` is a bundled name, a path or a loaded document; the options are those of
    `Options`: draws, seed, protocol, as_of, round, changes, workers, progress. The same
    seed gives the same forecast on any number of `workers`. Memory does not grow with the
    draws. With `until_error` there are as many draws, from `draws` on, as bring the
    largest standard error of a pooled probability down to it; `running` is told how many
    draws have been played and that error so far.

    Raises DossierError for mistakes in the dossier, CannotAnswer where a section is
    missing or no round is left, ValueError for options out of range, or an error that would
    take too many draws.
    """
    if until_error is None:
        return assemble(play_through(dossier, options, running=running))
    if not 0.0 < until_error < 0.5:
        raise ValueError(f"until-error must be above 0 and below 0.5, not {until_error:g}")
    played = play_through(dossier, options, running=running)
    while (error := largest_error(played)) > until_error:
        # the population that the players have in mind is that of all draws: with more of
        # them all are played anew, so that the answer is that of this number of draws
        options["draws"] = _enough(played.counted.draws, error, until_error)
        played = play_through(dossier, options, running=running)
    return replace(assemble(played), until_error=until_error)


def _enough(draws: int, error: float, wanted: float) -> int:
    """How many draws bring an error down to what is wanted: whole blocks, at least one more."""
    needed = max(draws * (error / wanted) ** 2 * MARGIN, draws + 1)
    found = math.ceil(needed / BLOCK) * BLOCK
    if found > MOST_DRAWS:
        raise ValueError(
            f"a standard error of {wanted:g} would take some {found:,} draws (now {error:.2g} "
            f"with {draws:,}); at most {MOST_DRAWS:,} are played"
        )
    return found
