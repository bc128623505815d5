"""A dossier's game a span of draws at a time, in memory that does not grow with the draws.

The players' beliefs are about the population of all draws, so that all are drawn twice:
once for their moments, once to be played.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from summitry.dossier.schema import Dossier
from summitry.game.beliefs import SPAN, Beliefs, Moments, Population, believed, join, moments_of
from summitry.game.board import Board
from summitry.game.compile import Game, board_of, game_of, populations_of, possible_ghosts
from summitry.game.draw import Sampler, draw_setting
from summitry.game.numbers import Setting, Stakes


@dataclass(frozen=True)
class Stream:
    """A dossier with its population known, from which any span of its draws can be had."""

    dossier: Dossier
    board: Board
    beliefs: Beliefs
    draws: int
    seed: int
    rounds: tuple[int, ...]


def spans(draws: int) -> Iterator[tuple[int, int]]:
    """First draw and end of each span."""
    return ((first, min(first + SPAN, draws)) for first in range(0, draws, SPAN))


def open_stream(
    dossier: Dossier,
    *,
    draws: int,
    seed: int,
    rounds: Sequence[int],
    advance: Callable[[int], None] = lambda _draws: None,
) -> Stream:
    """The first pass: what everyone believes of the population of all draws.

    `advance` is told how many draws have been gone through. Raises what `compile_game` raises.
    """
    board = board_of(dossier)
    total: list[list[Moments]] = []
    weights = []
    for first, stop in spans(draws):
        populations = populations_of(dossier, Sampler(seed, stop - first, first=first))
        part = [[moments_of(stakes) for stakes in party.stakes] for party in populations]
        if first > 0:
            part = [list(map(join, *pair)) for pair in zip(total, part, strict=True)]
        total = part
        weights = [party.weights for party in populations]
        advance(stop - first)
    return Stream(
        dossier, board, believed(board, weights, total, len(rounds)), draws, seed, tuple(rounds)
    )


def game_between(stream: Stream, first: int, stop: int) -> Game:
    """The game of some of the draws: the rows from `first` to before `stop` of the whole."""
    dossier = stream.dossier
    # one draw more: the ghost of the last one, which is draw 0 at the very end
    sampler = Sampler(stream.seed, stop - first + 1, first=first, cycle=stream.draws)
    populations = populations_of(dossier, sampler)
    following = possible_ghosts(dossier, populations, sampler)
    setting = draw_setting(dossier, sampler, stream.rounds)
    return game_of(
        dossier,
        stream.board,
        tuple(Population(p.weights, [_but_last(s) for s in p.stakes]) for p in populations),
        Setting._make(numbers[:-1] for numbers in setting),
        Stakes(*(numbers[1:] for numbers in following)),
        stream.beliefs,
    )


def _but_last(stakes: Stakes) -> Stakes:
    return Stakes(*(numbers[:-1] for numbers in stakes))
