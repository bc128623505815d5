"""Playing the draws again with one number held or drawn anew, all else the same.

With the same random numbers the difference is told well by few draws, its level is not: so the
level is the forecast's on all draws (control variates: Hammersley and Handscomb 1964). In each of
the few draws the parties are of types of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.carried import both_of, carried_influence, joint
from summitry.analysis.mixed import mixed_match
from summitry.analysis.outcomes import gather
from summitry.analysis.pooling import Pooling
from summitry.analysis.setup import Setup, model_of, pooling_of
from summitry.evidence.log_odds_pool import draw_factors
from summitry.game.board import Floats, Ints
from summitry.game.compile import compile_game
from summitry.game.run import How, play_matches
from summitry.game.variation import AS_IT_IS, Variation

AT_ONCE = 32


@dataclass(frozen=True)
class Played:
    """The tier signed and that carried out in each draw by each of R rounds: (draws, R)."""

    signed: Ints
    carried: Ints


@dataclass(frozen=True)
class Bench:
    """A small run, to be played again with changes.

    `rounds` is how many are played: those that the round told in detail hangs on, of which the
    others keep what the forecast has. `model` (all rounds, K + 1) and `both` (K + 1, K) are the
    forecast's on all its draws, `plain` what the few draws bring unchanged.
    """

    setup: Setup
    draws: int
    pooling: Pooling
    rounds: int
    model: Floats
    both: Floats
    slopes: Floats
    plain: Played

    @property
    def detail(self) -> int:
        """The round told in detail."""
        return self.setup.question.detail

    @property
    def base(self) -> Told:
        """The forecast itself."""
        pooled = self.pooling.pooled(self.model)[self.detail]
        factors = draw_factors(pooled, self.model[self.detail])
        return Told(pooled, factors @ self.both)


@dataclass(frozen=True)
class Told:
    """Pooled probabilities of each tier (K + 1), and of at least each carried out (K)."""

    pooled: Floats
    carried: Floats


@dataclass(frozen=True)
class Held:
    """What is told with a number held, and what each of the few draws adds to the change."""

    told: Told
    pooled_change: Floats
    carried_change: Floats


def bench_of(setup: Setup, draws: int) -> Bench:
    """The unchanged game on a number of draws."""
    draws, pooling = min(draws, setup.run.draws), pooling_of(setup)
    model, t = model_of(setup), setup.question.detail
    rounds = _needed(pooling, t) + 1
    (plain,) = play_variations(setup, [AS_IT_IS], draws, rounds)
    both, slopes = both_of(setup, t).mean(axis=0), pooling.slopes(model)
    return Bench(setup, draws, pooling, rounds, model, both, slopes, plain)


def _needed(pooling: Pooling, t: int) -> int:
    """The last round that round t hangs on: a later one only where its classes reach back."""
    later = [k for k in pooling.classes if k > t]
    return t if t in pooling.classes or not later else min(later)


def play_variations(
    setup: Setup, variations: Sequence[Variation], draws: int, rounds: int
) -> list[Played]:
    """What each variation brings, on the same draws."""
    how = How(setup.question.protocol, survey=False)
    played = []
    for first in range(0, len(variations), AT_ONCE):
        games = [
            compile_game(
                setup.dossier,
                draws=draws,
                seed=setup.run.seed,
                rounds=setup.question.rounds[:rounds],
                variation=variation,
                board=setup.game.board,
            )
            for variation in variations[first : first + AT_ONCE]
        ]
        types = setup.evidence.posteriors()
        matches = [mixed_match(game, types, setup.run.seed) for game in games]
        records = play_matches(matches, how, setup.run.workers)
        for game, record in zip(games, records, strict=True):
            outcomes = gather(game, [record])
            played.append(Played(outcomes.tier[0], outcomes.carried[0]))
    return played


def held(bench: Bench, played: Played) -> Held:
    """The forecast with what a changed run brings on the few draws added to it."""
    t, tiers = bench.detail, len(bench.setup.tiers)
    hits = _hits(played, tiers) - _hits(bench.plain, tiers)
    model = bench.model.copy()
    moved = np.maximum(model[: bench.rounds] + hits.mean(axis=0), 0.0)
    model[: bench.rounds] = moved / moved.sum(axis=1, keepdims=True)
    pooled = bench.pooling.pooled(model)[t]
    both = _both(played, t, tiers) - _both(bench.plain, t, tiers)
    carried = draw_factors(pooled, model[t]) @ np.maximum(bench.both + both.mean(axis=0), 0.0)
    added = np.zeros((bench.draws, *bench.model.shape))
    added[:, : bench.rounds] = hits
    change = (added.reshape(bench.draws, -1) @ bench.slopes.T).reshape(added.shape)[:, t]
    factors = draw_factors(bench.base.pooled, bench.model[t])
    of_carried = carried_influence(both, hits[:, t], change, bench.both, bench.model[t], factors)
    # at least a tier carried out was signed at least there
    least = np.cumsum(pooled[::-1])[::-1][1:]
    told = Told(pooled, np.minimum(carried, least))
    return Held(told, change, of_carried)


def renewed(bench: Bench, played: Played) -> Floats:
    """How often each tier comes and goes when one number alone is drawn anew: (draws, K + 1)."""
    before, after = bench.plain.signed[:, bench.detail], played.signed[:, bench.detail]
    tiers = np.arange(len(bench.setup.tiers))
    found: Floats = 0.5 * ((before[:, None] == tiers) != (after[:, None] == tiers))
    return found


def _hits(played: Played, tiers: int) -> Floats:
    """Which tier each draw is at by each round: (draws, R, K + 1)."""
    found: Floats = (played.signed[:, :, None] == np.arange(tiers)).astype(float)
    return found


def _both(played: Played, t: int, tiers: int) -> Floats:
    return joint(played.signed[None, :, t], played.carried[None, :, t], np.ones(1), tiers)
