"""How the probability of no agreement hangs on the principals' reservation values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from summitry.analysis.outcomes import Outcomes, play_several, tier_hits
from summitry.analysis.setup import Setup
from summitry.game.board import columns_of
from summitry.game.compile import Game, compile_game
from summitry.game.run import How
from summitry.game.shifted import shift_reservation

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
    place = game.parties.index(party)
    kinds, weights = game.populations[place].stakes, game.populations[place].weights
    whole = [np.hstack([kind.values, kind.linkages]).mean(axis=0) for kind in kinds]
    utilities = columns_of(game.board) @ np.average(whole, axis=0, weights=weights)
    return float(utilities.max(initial=0.0))


def reservation_table(setup: Setup) -> list[Shifted]:
    """Re-run with each principal's reservation value shifted, all else the same numbers.

    The unshifted column is re-run too, once, on as many draws as the others, so that the
    columns differ by the shift alone.
    """
    principals = [p for p, record in setup.dossier.parties.items() if record.role == "principal"]
    moves = [(p, share, share * best_worth(setup.game, p)) for p in principals for share in SHIFTS]
    game = _small_game(setup)
    games = {(p, x): shift_reservation(game, p, x) for p, _, x in moves if x != 0.0}
    how = How(setup.question.protocol, survey=False, carry=False)
    played = play_several([game, *games.values()], how, setup.run.workers)
    unshifted, *others = [_none(setup, outcomes) for outcomes in played]
    found = dict(zip(games, others, strict=True))
    return [Shifted(p, share, x, *found.get((p, x), unshifted)) for p, share, x in moves]


def _small_game(setup: Setup) -> Game:
    """The first draws of the game, up to the round told in detail."""
    return compile_game(
        setup.dossier,
        draws=min(DRAWS, setup.run.draws),
        seed=setup.run.seed,
        rounds=setup.question.rounds[: setup.question.detail + 1],
    )


def _none(setup: Setup, outcomes: Outcomes) -> tuple[float, float]:
    """The probability of no agreement by the round told in detail, and its standard error."""
    none = tier_hits(outcomes, setup.weights, setup.question.detail, len(setup.game.tiers))[:, 0]
    return float(none.mean()), float(none.std(ddof=1) / np.sqrt(len(none)))
