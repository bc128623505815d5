"""The four solutions among the points of a frontier.

Nash (1950), Kalai and Smorodinsky (1975), Kalai (1977, egalitarian) and utilitarian. Where
packages tie, the one on the frontier is taken, and of several there the smallest mask.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from summitry.game.board import Floats
from summitry.game.kernels.stops import TOLERANCE


def solve_points(gains: Floats, masks: Sequence[int], power: Floats) -> dict[str, int | None]:
    """Which of the points (principals' `gains`, (points, principals)) each solution is: masks.

    None where there are no points.
    """
    if not len(masks):
        return dict.fromkeys(("nash", "kalai-smorodinsky", "egalitarian", "utilitarian"))
    ideal = gains.max(axis=0)
    wins, logs = nash_keys(gains, power)
    return {
        "nash": _best(masks, wins, logs),
        "kalai-smorodinsky": _best(masks, smallest_share(gains, ideal)),
        "egalitarian": _best(masks, gains.min(axis=1)),
        "utilitarian": _best(masks, gains.sum(axis=1)),
    }


def nash_keys(gains: Floats, power: Floats) -> tuple[Floats, Floats]:
    """How many principals gain, and the sum of the logarithms of what they gain.

    A sum of logarithms, since a product of many gains leaves the range of numbers.
    """
    wins = gains > TOLERANCE
    logs = np.where(wins, np.log(np.where(wins, gains, 1.0)), 0.0) @ power
    return wins.sum(axis=1).astype(float), logs


def smallest_share(gains: Floats, ideal: Floats) -> Floats:
    """The smallest share that a principal gets of its best; 1 where there is nothing to share."""
    some = ideal > TOLERANCE
    share: Floats = np.where(some, gains / np.where(some, ideal, 1.0), 1.0).min(axis=1)
    return share


def _best(masks: Sequence[int], *keys: Floats) -> int:
    """The mask with the largest first key, then the next; ties go to the smaller mask."""
    left = np.arange(len(masks))
    for key in keys:
        left = left[key[left] == key[left].max()]
    return min(masks[int(k)] for k in left)
