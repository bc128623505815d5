"""What another analyst would say: the forecast with every number centred elsewhere in its range.

The standard error is that of the dice; this is the doubt about the numbers. Model section 5.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit, ndtri

from summitry.analysis.mixed import mixed_match
from summitry.analysis.outcomes import gather
from summitry.analysis.pooling import Pooling
from summitry.analysis.setup import Setup, pooling_of
from summitry.estimates import analyst_level, shifted_prior
from summitry.evidence.log_odds_pool import at_least, exactly
from summitry.game.board import Floats
from summitry.game.compile import Game, compile_game
from summitry.game.kernels.carrying import Deeds
from summitry.game.kernels.talks import Record
from summitry.game.run import How, play_matches
from summitry.game.variation import AS_IT_IS, Variation

COPIES = 32
DRAWS = 256
CENTRAL = (0.1, 0.9)


class Range(NamedTuple):
    """The central 80 % of what other analysts say: of at least each tier (2, R, K), and of each."""

    at_least: Floats
    exactly: Floats


def range_of_analysts(setup: Setup, pooled: Floats) -> Range:
    """What other analysts would say with numbers from the same ranges.

    `pooled` (R, K + 1) is the forecast. Each of 32 copies of the dossier has its numbers shifted
    within their ranges, and is played on the same 256 draws (each draw with types of its own).
    What a copy changes there, in log-odds, is added to the forecast, so that the dice of the
    few draws move all copies alike and the range none.
    """
    pooling = pooling_of(setup)
    variations = [AS_IT_IS, *(Variation(analyst=k) for k in range(COPIES))]
    games = [
        compile_game(
            setup.dossier,
            draws=DRAWS,
            seed=setup.run.seed,
            rounds=setup.question.rounds,
            variation=variation,
            board=setup.game.board,
        )
        for variation in variations
    ]
    matches = [
        mixed_match(game, _types(setup, variation), setup.run.seed)
        for game, variation in zip(games, variations, strict=True)
    ]
    how = How(setup.question.protocol, survey=False, carry=False)
    played = play_matches(matches, how, setup.run.workers)
    told = [
        _log_odds(_model(setup, game, one), pooling)
        for game, one in zip(games, played, strict=True)
    ]
    moved = np.stack(told[1:]) - told[0]
    said = np.where(at_least(pooled) > 0, expit(_inside(at_least(pooled)) + moved), 0.0)
    # at least a tier is no less likely than at least a higher one
    said = np.flip(np.maximum.accumulate(np.flip(said, -1), -1), -1)
    return Range(np.quantile(said, CENTRAL, axis=0), np.quantile(exactly(said), CENTRAL, axis=0))


def _types(setup: Setup, variation: Variation) -> dict[str, Floats]:
    """What is held of the parties' types, with the priors as the analyst has them."""
    found = {}
    for party, posterior in setup.evidence.posteriors().items():
        weights = np.asarray(posterior, float)
        if variation.analyst is not None:
            paths = [f"types.{party}.{name}.prior" for name in setup.dossier.types[party]]
            levels = [analyst_level(setup.run.seed, path, variation.analyst) for path in paths]
            weights = shifted_prior(weights, ndtri(levels))
        found[party] = weights
    return found


def _model(setup: Setup, game: Game, played: tuple[Record, Deeds]) -> Floats:
    tier = gather(game, [played]).tier[0]
    return np.stack(
        [[np.mean(tier[:, t] == k) for k in range(len(setup.tiers))] for t in range(tier.shape[1])]
    )


def _log_odds(model: Floats, pooling: Pooling) -> Floats:
    """The pooled log-odds of at least each tier."""
    return _inside(at_least(pooling.pooled(model)))


def _inside(probability: Floats) -> Floats:
    half = 0.5 / DRAWS
    found: Floats = logit(np.clip(probability, half / 10, 1 - half / 10))
    return found
