"""Playing the draws again with one number held or drawn anew, all else the same.

With the same random numbers the difference is told well by few draws, its level is not: so the
level is the forecast's on all draws (control variates: Hammersley and Handscomb 1964).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from summitry.analysis.outcomes import play_all
from summitry.analysis.pooling import Blend, influence
from summitry.analysis.setup import Setup, blend_of, hits_of
from summitry.game.board import Bools, Floats
from summitry.game.compile import Game, compile_game
from summitry.game.variation import AS_IT_IS, Variation


@dataclass(frozen=True)
class Bench:
    """A small run of the round told in detail, to be played again with changes.

    `tier` (strata, draws) is what each draw has reached by that round, `hits` (draws, K) the
    weight of each tier, `mean` (K) that on all draws of the forecast: what a change brings on
    the few draws is added to it, so that every number starts from the forecast itself.
    """

    setup: Setup
    draws: int
    game: Game
    blend: Blend
    tier: np.ndarray
    hits: Floats
    mean: Floats

    @property
    def pooled(self) -> Floats:
        """The pooled probabilities of the tiers, unchanged: those of the forecast."""
        return self.blend.pooled(self.mean)

    def pooled_if(self, hits: Floats) -> Floats:
        """The pooled probabilities where the same draws bring other weights of the tiers."""
        moved = np.maximum(self.mean + hits.mean(axis=0) - self.hits.mean(axis=0), 0.0)
        return self.blend.pooled(moved / moved.sum())


@dataclass(frozen=True)
class Held:
    """The pooled probabilities (K) with a number held, and the errors of their change."""

    pooled: Floats
    standard_error: Floats


def bench_of(setup: Setup, draws: int) -> Bench:
    """The unchanged game on a number of draws."""
    draws = min(draws, setup.run.draws)
    game, tier = _play(setup, draws, AS_IT_IS, None)
    t = setup.question.detail
    mean = hits_of(setup, t).mean(axis=0)
    return Bench(setup, draws, game, blend_of(setup, t), tier, _hits(setup, tier), mean)


def hold(bench: Bench, path: str, level: float) -> Held:
    """The forecast with one number held at a quantile level, the players knowing it."""
    _, tier = _play(bench.setup, bench.draws, Variation(levels={path: level}), None)
    hits = _hits(bench.setup, tier)
    pooled = bench.pooled_if(hits)
    apart = influence(hits, bench.blend.pooled) - influence(bench.hits, bench.blend.pooled)
    return Held(pooled, apart.std(axis=0, ddof=1) / np.sqrt(bench.draws))


def renew(bench: Bench, path: str) -> Floats:
    """How often each tier comes and goes when one number alone is drawn anew: (draws, K).

    Half the weight of the strata in which a draw is at a tier in one of the two runs only;
    beliefs and what the players see of each other stay as they were.
    """
    _, tier = _play(bench.setup, bench.draws, Variation(renewed=frozenset({path})), bench.game)
    weights = bench.setup.weights
    halves = [0.5 * (weights @ _moved(bench.tier, tier, k)) for k in range(len(bench.setup.tiers))]
    return np.stack(halves, axis=1)


def _moved(before: np.ndarray, after: np.ndarray, k: int) -> Bools:
    moved: Bools = (before == k) != (after == k)
    return moved


def _play(
    setup: Setup, draws: int, variation: Variation, minds: Game | None
) -> tuple[Game, np.ndarray]:
    """The game, and the tier of every draw of every stratum by the round told in detail.

    With `minds` the players' beliefs and ghosts are those of that game.
    """
    rounds = setup.question.rounds[: setup.question.detail + 1]
    game = compile_game(
        setup.dossier, draws=draws, seed=setup.run.seed, rounds=rounds, variation=variation
    )
    if minds is not None:
        game = replace(game, ghosts=minds.ghosts, beliefs=minds.beliefs)
    outcomes = play_all(game, setup.question.protocol, setup.run.workers, survey=False)
    return game, outcomes.tier[:, :, -1]


def _hits(setup: Setup, tier: np.ndarray) -> Floats:
    return np.stack([setup.weights @ (tier == k) for k in range(len(setup.tiers))], axis=1)
