"""How far the others can push a state down: by any legal sequence, once each, or one move.

`closure` is the definition (Fang, Hipel & Kilgour 1993): any sequence in which nobody moves twice
in a row. `once` (each at most once) and `single` (one move of one opponent) reproduce other
tools.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from summitry.game.board import Floats

Spread = Callable[[int, Floats, Floats], bool]
Rule = Callable[[Floats, Sequence[int], Spread], Floats]


MOST_ONCE = 12


def single(base: Floats, movers: Sequence[int], spread: Spread) -> Floats:
    """The lowest of `base` after at most one move of one of the movers."""
    lowest = base.copy()
    for mover in movers:
        spread(mover, base, lowest)
    return lowest


def once(base: Floats, movers: Sequence[int], spread: Spread) -> Floats:
    """The lowest of `base` after moves of the movers in any order, each at most once.

    Raises ValueError above 12 movers: every set of them is looked at.
    """
    if len(movers) > MOST_ONCE:
        raise ValueError(
            f"`once` can be asked with at most {MOST_ONCE} others who move, not {len(movers)}; "
            "ask with `closure` or `single`"
        )
    after: dict[tuple[int, ...], Floats] = {(): base}
    for size in range(1, len(movers) + 1):
        before, after = after, {}
        for chosen in combinations(movers, size):
            lowest = base.copy()
            for mover in chosen:
                rest = tuple(other for other in chosen if other != mover)
                spread(mover, before[rest], lowest)
            after[chosen] = lowest
    return after[tuple(movers)]


def closure(base: Floats, movers: Sequence[int], spread: Spread) -> Floats:
    """The lowest of `base` after any sequence, where two moves in a row make one move."""
    lowest = base.copy()
    idle = 0
    while idle < len(movers):
        for mover in movers:
            idle = 0 if spread(mover, lowest, lowest) else idle + 1
            if idle >= len(movers) or len(movers) == 1:
                return lowest
    return lowest


def alternating(base: Floats, movers: Sequence[int], spread: Spread) -> Floats:
    """The lowest of `base` after any sequence in which nobody moves twice in a row."""
    moved = dict.fromkeys(movers, base)
    while True:
        offers = {}
        for mover in movers:
            offers[mover] = np.full_like(base, np.inf)
            spread(mover, moved[mover], offers[mover])
        following = {
            last: np.minimum.reduce([base, *(offers[k] for k in movers if k != last)])
            for last in movers
        }
        if all(np.array_equal(following[k], moved[k]) for k in movers):
            return np.minimum.reduce([base, *offers.values()])
        moved = following


RULES: dict[str, Rule] = {"closure": closure, "once": once, "single": single}
