"""How the probability of no agreement hangs on the principals' reservation values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from summitry.analysis.outcomes import play_all, tier_hits
from summitry.dossier.schema import Dossier
from summitry.game.board import Floats
from summitry.game.compile import Game, compile_game

SHIFTS = (-0.5, 0.0, 0.5, 1.0)
DRAWS = 32


@dataclass(frozen=True)
class Shifted:
    """The model's probability of no agreement when one reservation value is moved.

    `share` of the party's best package (its mean worth over all draws), `points` that is.
    """

    party: str
    share: float
    points: float
    none: float
    standard_error: float


def best_worth(game: Game, party: str) -> float:
    """What the package that is best for a party is worth to it, on the mean of all draws."""
    utilities = game.beliefs.utility[game.parties.index(party)]
    return float(utilities.max(initial=0.0))


@dataclass(frozen=True)
class Rerun:
    """How the what-ifs are run: draws and seed, rounds (indices), protocol, threads."""

    draws: int
    seed: int
    rounds: tuple[int, ...]
    protocol: str
    workers: int


def reservation_table(
    dossier: Dossier, game: Game, weights: Floats, t: int, rerun: Rerun
) -> list[Shifted]:
    """Re-run with each principal's reservation value shifted, all else the same numbers.

    The unshifted column is re-run too, once, on as many draws as the others, so that the
    columns differ by the shift alone.
    """
    rows = []
    unshifted: tuple[float, float] | None = None
    for party, record in dossier.parties.items():
        if record.role != "principal":
            continue
        best = best_worth(game, party)
        for share in SHIFTS:
            if share == 0.0 and unshifted is not None:
                none, error = unshifted
            else:
                none, error = _none(dossier, {party: share * best}, weights, t, rerun)
            if share == 0.0:
                unshifted = none, error
            rows.append(Shifted(party, share, share * best, none, error))
    return rows


def _none(
    dossier: Dossier, shift: dict[str, float], weights: Floats, t: int, rerun: Rerun
) -> tuple[float, float]:
    game = compile_game(
        dossier, draws=rerun.draws, seed=rerun.seed, rounds=rerun.rounds[: t + 1], shift=shift
    )
    outcomes = play_all(game, rerun.protocol, rerun.workers, survey=False)
    none = tier_hits(outcomes, weights, t, len(game.tiers))[:, 0]
    return float(none.mean()), float(none.std(ddof=1) / np.sqrt(rerun.draws))
