"""The minimum trust of a package over the draws, against the trust that the parties have."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from summitry.analysis.asking import Question
from summitry.analysis.setup import Run
from summitry.analysis.weights import strata_weights
from summitry.dossier.reader import Document
from summitry.evidence.signals import weigh
from summitry.game.board import Floats
from summitry.game.compile import Game, compile_game
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.lattice import Lattice, lattice_of
from summitry.game.roadmap import stops_of
from summitry.game.solutions import utility_of

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
WORK = 6_000_000
FEWEST = 64
# from here on each commitment more halves the fewest draws, as it doubles what one takes
MANY = 18


@dataclass(frozen=True)
class Spread:
    """How a package fares over the draws, types weighted by the signals.

    `accepted`: the share in which all accept who must. Of those, `carried` is the share in
    which some order asks no party for more than its trust, `hopeless` that in which none
    works at any trust, `quantiles` (levels as text) the minimum trust (None: hopeless).
    `trust`: the medians of the parties' trust. `draws` were used for each combination of
    types, and give `standard_error`s.
    """

    accepted: float
    carried: float | None
    hopeless: float | None
    quantiles: Mapping[str, float | None]
    trust: Mapping[str, float]
    draws: int
    standard_error: Mapping[str, float | None]


def spread_of(document: Document, question: Question, run: Run, mask: int) -> Spread:
    """The minimum trust of a package (mask) over the draws."""
    dossier = document.dossier
    small = compile_game(dossier, draws=1, seed=run.seed)
    states = len(small.strata) << mask.bit_count()
    fewest = FEWEST >> max(0, mask.bit_count() - MANY)
    draws = min(run.draws, max(fewest, WORK // (states * mask.bit_count())))
    game = compile_game(dossier, draws=draws, seed=run.seed)
    evidence = weigh(dossier, question.as_of, question.first_day)
    weights = strata_weights(game, evidence.posteriors())
    need, carried = _all_needs(game, weights, mask, question.detail, run.workers)
    return _told(game, weights, need, carried)


def _all_needs(
    game: Game, weights: Floats, mask: int, waited: int, workers: int
) -> tuple[Floats, Floats]:
    """For every stratum and draw the minimum trust (NaN: refused), and 1 where it is carried."""
    need = np.full((len(game.strata), game.draws), np.nan)
    carried = np.zeros(need.shape)

    def work(item: tuple[int, int]) -> None:
        s, d = item
        stakes, board = parties[s], game.board
        gained = utility_of(board, stakes, d, mask) - stakes.reservation[d]
        gained = gained + waited * stakes.delay[d]
        p = int(np.searchsorted(board.masks, np.uint32(mask)))
        asked = (int(board.consent[p]) >> np.arange(board.parties)) & 1 == 1
        if (gained[asked] < -TOLERANCE).any() or not granted[d]:
            return
        stops = stops_of(board, stakes, game.setting.reversible[d], d)
        lattice = lattice_of(board, mask, gained, stops)
        need[s, d] = lattice.least()
        carried[s, d] = _is_carried(lattice, need[s, d], stops.trust)

    parties = [game.stakes(s) for s in range(len(game.strata))]
    row = int(np.searchsorted(game.board.masks, np.uint32(mask)))
    chances = int(game.board.chances[row])
    needed = (chances >> np.arange(game.setting.granted.shape[1])) & 1 == 1
    granted = (game.setting.granted | ~needed).all(axis=1)
    items = [(s, d) for s in range(len(game.strata)) if weights[s] > 0 for d in range(game.draws)]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, items))
    return need, carried


def _is_carried(lattice: Lattice, need: float, trust: Floats) -> bool:
    """Whether some order asks nobody for more than its trust; searched only where it can differ."""
    moving = int(np.bitwise_or.reduce(lattice.movers))
    of_movers = trust[(moving >> np.arange(len(trust))) & 1 == 1]
    if need <= of_movers.min():
        return True
    if need > of_movers.max() + TOLERANCE:
        return False
    return bool(lattice.least(trust) <= TOLERANCE)


def _told(game: Game, weights: Floats, need: Floats, carried: Floats) -> Spread:
    accepted = weights @ ~np.isnan(need)
    share, root = float(accepted.mean()), np.sqrt(game.draws)
    error = {"accepted": float(accepted.std(ddof=1) / root), "carried": None, "hopeless": None}
    names = [f"{level:g}" for level in LEVELS]
    if share == 0.0:
        return Spread(
            0.0, None, None, dict.fromkeys(names), _trust(game, weights), game.draws, error
        )
    parts = {}
    for name, hit in (("carried", weights @ carried), ("hopeless", weights @ np.isinf(need))):
        parts[name] = float(hit.mean() / share)
        apart = (hit - parts[name] * accepted) / share
        error[name] = float(apart.std(ddof=1) / root)
    return Spread(
        accepted=share,
        carried=parts["carried"],
        hopeless=parts["hopeless"],
        quantiles=dict(zip(names, _quantiles(need, weights), strict=True)),
        trust=_trust(game, weights),
        draws=game.draws,
        standard_error=error,
    )


def _quantiles(need: Floats, weights: Floats) -> list[float | None]:
    heavy = np.broadcast_to(weights[:, None], need.shape)
    known = ~np.isnan(need) & (heavy > 0)
    values, heavy = need[known], heavy[known]
    order = np.argsort(values, kind="stable")
    edges = np.cumsum(heavy[order])
    found = [float(values[order][np.searchsorted(edges, q * edges[-1])]) for q in LEVELS]
    return [value if np.isfinite(value) else None for value in found]


def _trust(game: Game, weights: Floats) -> dict[str, float]:
    """The median of each mover's trust, over the types by their weights."""
    found = {}
    for i, name in enumerate(game.parties):
        if int(game.board.active) >> i & 1:
            trust = np.stack([game.stakes(s).trust[:, i] for s in range(len(game.strata))])
            middle = _quantile(trust, np.broadcast_to(weights[:, None], trust.shape))
            found[name] = middle
    return found


def _quantile(values: Floats, weights: Floats) -> float:
    order = np.argsort(values, axis=None, kind="stable")
    edges = np.cumsum(weights.ravel()[order])
    return float(values.ravel()[order][np.searchsorted(edges, edges[-1] / 2)])
