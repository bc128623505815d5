"""A negotiation over items as a game of the model, played by its protocols.

The commitments are the deal as such, and for each kind "the first takes one, two, ... of it",
each of which needs the one before: so the possible packages are just the splits. Everything
is handed over at once and can be undone, so that no split asks for trust. Each knows its own
values and its own reservation value, and believes of the other what the population of value
vectors that fit the items allows.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from summitry.analysis.human_deals.population import population
from summitry.analysis.human_deals.reading import POINTS, Negotiations
from summitry.estimates import uniforms
from summitry.game.beliefs import Beliefs, Population, beliefs
from summitry.game.board import Board, Floats, Ints, Rules, build_board
from summitry.game.numbers import Setting, Stakes
from summitry.game.run import play

ROUNDS = 6
LEARNING = 0.5
ROUNDING = 1e-6
BOTH = 0b11
MOST_AT_ONCE = 65_536  # games, for the memory's sake
WORKERS = os.cpu_count() or 1


class Assumed(NamedTuple):
    """What the game assumes of people beyond the rules that they were told.

    Each would rather have no deal than less than its reservation value: normal with a mean
    and a standard deviation (cut at 0), known to itself, lowered by `delay` each round.
    `knowledge`: the share of the variance of the other's gains that it sees at the start.
    """

    reservation: float
    deviation: float = 0.0
    delay: float = 0.0
    knowledge: float = 0.5


def board_of(kinds: Ints) -> Board:
    """The board for `kinds` (3) items."""
    size = 1 + int(kinds.sum())
    firsts = np.cumsum([1, *kinds[:2]])
    requires = [0] + [1 if c in firsts else 1 | 1 << (c - 1) for c in range(1, size)]
    nothing = np.zeros(size, np.uint32)
    return build_board(
        Rules(
            parties=2,
            principals=BOTH,
            movers=np.full(size, BOTH, np.uint32),
            consent=nothing,
            requires=np.array(requires, np.uint32),
            only_with=nothing,
            excludes=nothing,
            instant=np.zeros(size, bool),
            linkages=np.zeros(0, np.uint32),
            chances=(),
            tier_all=np.array([1], np.uint32),
            tier_any=np.zeros(1, np.uint32),
        )
    )


def splits_on(board: Board, kinds: Ints) -> Ints:
    """Which split, in lexical order, each package of the board is: (P)."""
    ends = 1 + np.cumsum(kinds)
    taken = [
        np.bitwise_count((board.masks >> np.uint32(end - kind)) & np.uint32((1 << kind) - 1))
        for end, kind in zip(ends.tolist(), kinds.tolist(), strict=True)
    ]
    return np.ravel_multi_index(tuple(taken), tuple(kinds + 1))


def _stakes(kinds: Ints, values: Ints, reservation: Floats, delay: float) -> Stakes:
    """The stakes of D draws: `values` (D, 2, 3), `reservation` (D, 2)."""
    draws = len(values)
    items = np.repeat(values, kinds, axis=2).astype(float)
    items[:, 1] *= -1.0
    deal = np.broadcast_to([[[0.0], [float(POINTS)]]], (draws, 2, 1))
    nothing = np.zeros((draws, 2))
    return Stakes(
        values=np.concatenate([deal, items], axis=2),
        linkages=np.zeros((draws, 2, 0)),
        reservation=np.ascontiguousarray(reservation),
        delay=nothing + delay,
        breach=nothing,
        trust=nothing + 1.0,
    )


def _reservations(assumed: Assumed, levels: Floats) -> Floats:
    """Reservation values at these quantile levels, none below 0."""
    return np.maximum(assumed.reservation + assumed.deviation * ndtri(levels), 0.0)


def _levels(seed: int, draws: int, name: str) -> Floats:
    """Uniform numbers for the two: (draws, 2)."""
    paths = [f"deals.{name}.{side}" for side in ("first", "second")]
    return np.column_stack([uniforms(seed, path, draws) for path in paths])


def _believed(board: Board, kinds: Ints, assumed: Assumed) -> Beliefs:
    """What each believes of either: all value vectors with all levels of the reservation."""
    vectors = population(kinds)
    levels = (np.arange(20) + 0.5) / 20
    values = np.repeat(vectors, len(levels), axis=0)[:, None].repeat(2, axis=1)
    floors = np.tile(_reservations(assumed, levels), len(vectors))[:, None].repeat(2, axis=1)
    stakes = _stakes(kinds, values, floors, assumed.delay)
    parties = [Population(np.ones(1), [Stakes(*(x[:, side] for x in stakes))]) for side in (0, 1)]
    found = beliefs(board, parties, ROUNDS)
    # all and nothing are worth 10 and 0 by any vector: rounding must not make that unsure
    return found._replace(deviation=np.where(found.deviation < ROUNDING, 0.0, found.deviation))


def _setting(board: Board, assumed: Assumed, pairs: int, draws: int, seed: int) -> Setting:
    """All that a draw holds besides what the two gain, the same for all pairs."""
    lots = [uniforms(seed, f"deals.rounds.{t}.initiative", draws) for t in range(ROUNDS)]
    proposers = (np.column_stack(lots) >= 0.5).astype(np.int64)
    total = pairs * draws
    return Setting(
        reversible=np.ones((total, len(board.movers))),
        knowledge=np.full(total, assumed.knowledge),
        learning=np.full(total, LEARNING),
        power=np.ones((total, 2)),
        chance=np.zeros((total, 0)),
        granted=np.zeros((total, 0), bool),
        proposers=np.tile(proposers, (pairs, 1)),
        ends=np.zeros((total, ROUNDS), bool),
    )


def play_kinds(
    kinds: Ints, values: Ints, assumed: Assumed, protocol: str, draws: int, seed: int
) -> tuple[Ints, Ints]:
    """What m pairs over the same items agree on in each draw: split (-1: none), and round.

    `kinds` (3), `values` (m, 2, 3); both results are (m, draws). All pairs have the same
    draws of reservation values, of proposers and of what is taken for the other's values.
    """
    pairs = len(values)
    board, vectors = board_of(kinds), population(kinds)
    own, mistaken = (
        np.tile(_reservations(assumed, _levels(seed, draws, name)), (pairs, 1))
        for name in ("reservation", "ghost.reservation")
    )
    guess = vectors[(_levels(seed, draws, "ghost.values") * len(vectors)).astype(np.int64)]
    record = play(
        board,
        _stakes(kinds, values.repeat(draws, axis=0), own, assumed.delay),
        _setting(board, assumed, pairs, draws, seed),
        _stakes(kinds, np.tile(guess, (pairs, 1, 1)), mistaken, assumed.delay),
        _believed(board, kinds, assumed),
        protocol=protocol,
        survey=False,
        workers=WORKERS,
    )
    split = np.append(splits_on(board, kinds), -1)[record.package]
    return split.reshape(pairs, draws), record.when.reshape(pairs, draws).astype(np.int64)


def play_all(
    negotiations: Negotiations,
    assumed: Assumed,
    protocol: str,
    draws: int,
    seed: int,
    advance: Callable[[int], None] = lambda _pairs: None,
) -> Floats:
    """In which share of the draws each split is agreed on in each round: (rounds, n, K).

    `advance` is told of how many negotiations have been played.
    """
    counts, values = negotiations.counts, negotiations.values
    width = int((counts + 1).prod(axis=1).max())
    shares = np.zeros((ROUNDS, len(counts), width))
    at_once = max(1, MOST_AT_ONCE // draws)
    for kinds in np.unique(counts, axis=0):
        rows = np.flatnonzero((counts == kinds).all(axis=1))
        pairs, place = np.unique(values[rows], axis=0, return_inverse=True)
        found = np.zeros((ROUNDS, len(pairs), width))
        for start in range(0, len(pairs), at_once):
            part = pairs[start : start + at_once]
            split, when = play_kinds(kinds, part, assumed, protocol, draws, seed)
            pair, draw = np.nonzero(split >= 0)
            np.add.at(found, (when[pair, draw], start + pair, split[pair, draw]), 1.0 / draws)
        shares[:, rows] = found[:, np.asarray(place).reshape(-1)]
        advance(len(rows))
    return shares
