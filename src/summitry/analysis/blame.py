"""Who turns down what, in the draws that interests or a veto keep from a tier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.outcomes import OBSTACLES, obstacle_codes, signed_by
from summitry.analysis.setup import Setup
from summitry.analysis.standing import waited_by
from summitry.game.board import Floats
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.refusals import Refusals, refusals

BLAMED = (OBSTACLES.index("interests"), OBSTACLES.index("veto"))


@dataclass(frozen=True)
class Refusal:
    """One party that turns a tier down, in the draws with that obstacle.

    `share`: the share of them in which it has a part, in either way. `refuses_all`: the share of them in which no package of the tier is worth it to this
    party, whatever the others say. `alone`: the share in which all others who must accept
    some package (of a principal: the other principals), and this party alone does not.
    `shortfall`: the median, over the draws in which it is defined, of what is missing (in the
    party's own points) in the best package that all others accept.
    """

    party: str
    share: float
    refuses_all: float
    alone: float
    shortfall: float | None


def scan_all(setup: Setup, tiers: Sequence[int]) -> list[Refusals]:
    """For every stratum, who falls short of what in the round that is told in detail.

    Only in the draws that interests or a veto keep from one of the `tiers`; in the others
    nobody falls short of anything.
    """
    game, t = setup.game, setup.question.detail
    kept = np.zeros((len(game.strata), game.draws), bool)
    for k in tiers:
        kept |= np.isin(obstacle_codes(setup.outcomes, t, k), BLAMED)
    rounds, signed = waited_by(setup, t) + 1, signed_by(setup.outcomes, t)
    found = []
    for s in range(len(game.strata)):
        worths, draws = game.worths(s), np.flatnonzero(kept[s] & (setup.weights[s] > 0))
        part = refusals(
            game.board,
            worths,
            draws,
            worths.reservation[draws] - rounds[draws, None] * worths.delay[draws],
            signed[s, draws].astype(np.int64),
            len(game.tiers),
            setup.run.workers,
        )
        found.append(Refusals(*(_spread_out(x, draws, game.draws) for x in part)))
    return found


def _spread_out(values: np.ndarray, draws: np.ndarray, number: int) -> np.ndarray:
    """Values of some draws in a table of all, noughts elsewhere."""
    table = np.zeros((number, *values.shape[1:]), values.dtype)
    table[draws] = values
    return table


def draws_with(setup: Setup, k: int, obstacle: str) -> Floats:
    """The weight of each draw that a given obstacle keeps from tier k: (strata, draws)."""
    codes = obstacle_codes(setup.outcomes, setup.question.detail, k)
    weights: Floats = (codes == OBSTACLES.index(obstacle)) * setup.weights[:, None]
    return weights


def refusals_of(setup: Setup, scanned: Sequence[Refusals], k: int, obstacle: str) -> list[Refusal]:
    """Who refuses tier k, most often first; principals for `interests`, others for `veto`."""
    weights = draws_with(setup, k, obstacle)
    total = weights.sum()
    if total == 0:
        return []
    found = []
    for i, party in enumerate(setup.game.parties):
        principal = bool(setup.game.board.principals >> i & 1)
        asked = setup.game.board.concerned >> i & 1
        if not asked or principal != (obstacle == "interests"):
            continue
        own = np.stack([part.own[:, k - 1, i] for part in scanned])
        best = np.stack([part.best[:, k - 1, i] for part in scanned])
        alone = np.isfinite(best) & (best < -TOLERANCE)
        never = np.isfinite(own) & (own < -TOLERANCE)
        if not (weights * (alone | never)).any() and not principal:
            continue
        found.append(
            Refusal(
                party=party,
                share=float((weights * (alone | never)).sum() / total),
                refuses_all=float((weights * never).sum() / total),
                alone=float((weights * alone).sum() / total),
                shortfall=weighted_median(-best, weights * alone),
            )
        )
    return sorted(found, key=lambda refusal: (-refusal.share, -refusal.refuses_all))


def weighted_median(values: Floats, weights: Floats) -> float | None:
    """The median of values by weight; None where nothing weighs anything."""
    chosen = weights > 0
    if not chosen.any():
        return None
    values, weights = values[chosen], weights[chosen]
    order = np.argsort(values, kind="stable")
    edges = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(edges, edges[-1] / 2)])
