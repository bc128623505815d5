"""How often each package is acceptable to all who must accept it, and how often efficient."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from summitry.game.board import Floats
from summitry.game.compile import Game
from summitry.game.kernels.frontier import make_room, rate_packages

CHUNK = 64


class Rates(NamedTuple):
    """Probabilities (P) with standard errors (P): acceptable to all, and on the frontier."""

    acceptable: Floats
    acceptable_error: Floats
    efficient: Floats
    efficient_error: Floats


def package_rates(game: Game, weights: Floats, workers: int = 1) -> Rates:
    """How often each package lies in Z2, and on the Pareto frontier of Z2, before the talks.

    Over all draws and strata, weighted by `weights` (strata).
    """
    stakes = [game.worths(s) for s in range(len(game.strata))]

    def count(first: int) -> tuple[Floats, Floats]:
        draws = np.arange(first, min(first + CHUNK, game.draws))
        values = np.stack([each.values[draws] for each in stakes])
        linkages = np.stack([each.linkages[draws] for each in stakes])
        # who refuses the first round ends it without agreement
        reservation = np.stack([each.reservation[draws] - each.delay[draws] for each in stakes])
        sums, squares = np.zeros((2, len(game.board.masks))), np.zeros((2, len(game.board.masks)))
        rate_packages(
            values, linkages, reservation, game.board, weights,
            make_room(game.board), sums, squares,
        )  # fmt: skip
        return sums, squares

    mean, square = np.zeros((2, 2, len(game.board.masks)))
    starts = range(0, game.draws, CHUNK)
    with ThreadPoolExecutor(workers) as pool:
        # as many at once as there are workers: each part is as long as the list of packages
        for k in range(0, len(starts), workers):
            for sums, squares in pool.map(count, starts[k : k + workers]):
                mean += sums
                square += squares
    mean, square = mean / game.draws, square / game.draws
    error = np.sqrt(np.maximum(square - mean**2, 0.0) / (game.draws - 1))
    return Rates(mean[0], error[0], mean[1], error[1])
