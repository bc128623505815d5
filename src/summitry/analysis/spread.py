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
from summitry.game.board import Bools, Floats
from summitry.game.compile import Game, compile_game
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.large.package import package_on
from summitry.game.large.roadmap import tempts_nobody
from summitry.game.roadmap import lattice_of, stops_of
from summitry.game.solutions import utility_of

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
WORK = 6_000_000
FEWEST = 64
# up to so many commitments all orders are searched as quickly as one is found
QUICK = 12
# from here on each commitment more halves the fewest draws, as it doubles what one takes
MANY = 16


@dataclass(frozen=True)
class Spread:
    """How a package fares over the draws, types weighted by the signals.

    `accepted`: the share in which all accept who must. Of those, `signed` is the share in
    which some order asks no party for more than its trust, `self_enforcing` that in which some
    order tempts nobody, `hopeless` that in which none works at any trust, `quantiles` (levels
    as text) the minimum trust (None: hopeless). `tempted`: of those in which it can be signed, the
    share in which each mover would gain by stopping on the order that is signed. `trust`: the
    medians of the movers' trust. `draws` were used for each combination of types, and give
    `standard_error`s.
    """

    accepted: float
    signed: float | None
    self_enforcing: float | None
    hopeless: float | None
    quantiles: Mapping[str, float | None]
    tempted: Mapping[str, float]
    trust: Mapping[str, float]
    draws: int
    standard_error: Mapping[str, float | None]


@dataclass(frozen=True)
class _Found:
    """For every stratum and draw the minimum trust (NaN: refused), and what holds it together.

    Shapes: `need`, `signed`, `enforced` (strata, draws), `tempted` (strata, draws, N).
    """

    need: Floats
    signed: Bools
    enforced: Bools
    tempted: Bools


def spread_of(document: Document, question: Question, run: Run, mask: int) -> Spread:
    """The minimum trust of a package (mask) over the draws."""
    dossier = document.dossier
    small = compile_game(dossier, draws=1, seed=run.seed)
    states = len(small.strata) << mask.bit_count()
    fewest = FEWEST >> max(0, mask.bit_count() - MANY)
    draws = min(run.draws, max(2, fewest, WORK // (states * mask.bit_count())))
    game = compile_game(dossier, draws=draws, seed=run.seed, board=small.board)
    evidence = weigh(dossier, question.as_of, question.first_day)
    weights = strata_weights(game, evidence.posteriors())
    found = _search_all(game, weights, mask, question.detail, run.workers)
    return _told(game, weights, mask, found)


def _search_all(game: Game, weights: Floats, mask: int, waited: int, workers: int) -> _Found:
    """The orders of the package in every draw of every stratum that can be."""
    shape, board = (len(game.strata), game.draws), game.board
    found = _Found(
        np.full(shape, np.nan), np.zeros(shape, bool), np.zeros(shape, bool),
        np.zeros((*shape, board.parties), bool),
    )  # fmt: skip
    worths = [game.worths(s) for s in range(len(game.strata))]
    consent = int(board.consent[np.searchsorted(board.masks, np.uint32(mask))])
    asked = (consent >> np.arange(board.parties)) & 1 == 1
    many = mask.bit_count() > QUICK

    def work(item: tuple[int, int]) -> None:
        s, d = item
        without = worths[s].reservation[d] - (waited + 1) * worths[s].delay[d]
        gained = utility_of(board, worths[s], d, mask) - without
        if (gained[asked] < -TOLERANCE).any():
            return
        stops = stops_of(board, worths[s], game.setting.reversible[d], d)
        if many and tempts_nobody(package_on(board, mask, gained, stops, game.ranks)):
            found.need[item], found.signed[item], found.enforced[item] = 0.0, True, True
            return
        lattice = lattice_of(board, mask, gained, stops, game.ranks)
        free, within = lattice.needs(), lattice.needs(stops.trust)
        found.need[item], found.enforced[item] = free.min(), np.isfinite(free[0])
        found.signed[item] = np.isfinite(within).any()
        if found.signed[item]:
            found.tempted[item][list(lattice.tempted(within))] = True

    items = [(s, d) for s in range(shape[0]) if weights[s] > 0 for d in range(game.draws)]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, items))
    return found


def _told(game: Game, weights: Floats, mask: int, found: _Found) -> Spread:
    accepted = weights @ ~np.isnan(found.need)
    share, root = float(accepted.mean()), np.sqrt(game.draws)
    hits = {
        "signed": found.signed,
        "self_enforcing": found.enforced,
        "hopeless": np.isinf(found.need),
    }
    parts: dict[str, float | None] = dict.fromkeys(hits)
    error: dict[str, float | None] = {"accepted": float(accepted.std(ddof=1) / root), **parts}
    for name, hit in hits.items() if share > 0.0 else ():
        part = float((weights @ hit).mean() / share)
        apart = (weights @ hit - part * accepted) / share
        parts[name], error[name] = part, float(apart.std(ddof=1) / root)
    movers = _movers(game, mask)
    signed = float((weights @ found.signed).mean())
    return Spread(
        accepted=share,
        signed=parts["signed"],
        self_enforcing=parts["self_enforcing"],
        hopeless=parts["hopeless"],
        quantiles=_quantiles(found.need, weights) if share > 0.0 else _named([None] * len(LEVELS)),
        tempted={
            game.parties[i]: float((weights @ found.tempted[..., i]).mean() / signed)
            for i in movers
            if signed > 0.0
        },
        trust=_trust(game, weights, movers),
        draws=game.draws,
        standard_error=error,
    )


def _movers(game: Game, mask: int) -> list[int]:
    """The parties that move in a package."""
    moving = 0
    for c in range(len(game.commitments)):
        if mask >> c & 1:
            moving |= int(game.board.movers[c])
    return [i for i in range(len(game.parties)) if moving >> i & 1]


def _named(quantiles: list[float | None]) -> dict[str, float | None]:
    return dict(zip([f"{level:g}" for level in LEVELS], quantiles, strict=True))


def _quantiles(need: Floats, weights: Floats) -> dict[str, float | None]:
    heavy = np.broadcast_to(weights[:, None], need.shape)
    known = ~np.isnan(need) & (heavy > 0)
    found = [_quantile(need[known], heavy[known], level) for level in LEVELS]
    return _named([value if np.isfinite(value) else None for value in found])


def _trust(game: Game, weights: Floats, movers: list[int]) -> dict[str, float]:
    """The median of each mover's trust, over the types by their weights."""
    trust = np.stack([game.worths(s).trust for s in range(len(game.strata))])
    heavy = np.broadcast_to(weights[:, None], trust.shape[:2]).ravel()
    return {game.parties[i]: _quantile(trust[..., i].ravel(), heavy, 0.5) for i in movers}


def _quantile(values: Floats, weights: Floats, level: float) -> float:
    order = np.argsort(values, kind="stable")
    edges = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(edges, level * edges[-1])])
