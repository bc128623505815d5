"""How the probability of no agreement hangs on the principals' reservation values."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from summitry.analysis.outcomes import tier_hits
from summitry.analysis.setup import Setup, play_again
from summitry.game.compile import Game
from summitry.game.variation import Variation

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


def reservation_table(setup: Setup) -> list[Shifted]:
    """Re-run with each principal's reservation value shifted, all else the same numbers.

    The unshifted column is re-run too, once, on as many draws as the others, so that the
    columns differ by the shift alone.
    """
    rows = []
    unshifted: tuple[float, float] | None = None
    for party, record in setup.dossier.parties.items():
        if record.role != "principal":
            continue
        best = best_worth(setup.game, party)
        for share in SHIFTS:
            if share == 0.0 and unshifted is not None:
                none, error = unshifted
            else:
                none, error = _none(setup, {party: share * best})
            if share == 0.0:
                unshifted = none, error
            rows.append(Shifted(party, share, share * best, none, error))
    return rows


def _none(setup: Setup, shift: dict[str, float]) -> tuple[float, float]:
    t = setup.question.detail
    question = replace(setup.question, rounds=setup.question.rounds[: t + 1])
    run = replace(setup.run, draws=min(DRAWS, setup.run.draws), progress=None)
    game, outcomes = play_again(setup.dossier, question, run, variation=Variation(shift=shift))
    none = tier_hits(outcomes, setup.weights, t, len(game.tiers))[:, 0]
    return float(none.mean()), float(none.std(ddof=1) / np.sqrt(run.draws))
