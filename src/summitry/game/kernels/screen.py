"""Packages that no order of moves can carry out, told apart by two look-ups a party.

A mover whose own step costs it more than the breach does must not hold too much by then: its
gain from the whole, less the least that it can hold on the way, has to reach a threshold
that hangs on the commitment alone. Below it the step can only be the last one, and a last
step has at most two commitments.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.board import Board
from summitry.game.kernels.compiling import inlined, kernel
from summitry.game.kernels.gains import _fill
from summitry.game.kernels.stops import TOLERANCE, _bit

CLOSE = 1e-9


class Screen(NamedTuple):
    """What one draw's stop values rule out at a glance.

    `low` and `high` (N, subsets of a half): the sum of what a party loses for good by a
    half's commitments, `kept_low` and `kept_high` of all that it keeps; `thresholds` (N,
    commitments), falling, and `late` (N, commitments + 1): by how many thresholds lie above,
    the commitments that must come last, as masks; `ending` (N, commitments): what must be
    left to a mover before it for that.
    """

    parts: np.ndarray
    low: np.ndarray
    high: np.ndarray
    kept_low: np.ndarray
    kept_high: np.ndarray
    ending: np.ndarray
    thresholds: np.ndarray
    late: np.ndarray
    number: np.ndarray


def make_screen(board: Board) -> Screen:
    """Room for one screen."""
    n, commitments = board.parties, len(board.movers)
    return Screen(
        parts=np.zeros(commitments),
        low=np.zeros((n, 1 << board.half)),
        high=np.zeros((n, 1 << (commitments - board.half))),
        kept_low=np.zeros((n, 1 << board.half)),
        kept_high=np.zeros((n, 1 << (commitments - board.half))),
        ending=np.zeros((n, commitments)),
        thresholds=np.zeros((n, commitments)),
        late=np.zeros((n, commitments + 1), np.uint32),
        number=np.zeros(n, np.int64),
    )


@kernel
def fill_screen(board, stops, screen):
    """Thresholds and tables of one draw.

    Each is on the safe side: what a package may lack (linkages, partners in a swap) is
    counted as if it were there, and a hair is left for rounding.
    """
    parts = screen.parts
    for i in range(board.parties):
        screen.number[i] = 0
        if not _bit(board.active, i):
            continue
        scale = 1.0 + abs(stops.breach[i])
        for c in range(len(parts)):
            parts[c] = stops.kept[i, c]
            scale += abs(parts[c])
        _fill(parts[: board.half], screen.kept_low[i])
        _fill(parts[board.half :], screen.kept_high[i])
        for c in range(len(parts)):
            parts[c] = min(stops.kept[i, c], 0.0)
        _fill(parts[: board.half], screen.low[i])
        _fill(parts[board.half :], screen.high[i])
        linked = 0.0
        for k in range(len(board.linkages)):
            linked += min(stops.linked[i, k], 0.0)
            scale += abs(stops.linked[i, k])
        for c in range(len(parts)):
            if _bit(board.movers[c], i):
                partner = _best_partner(i, c, board, stops)
                threshold = _threshold(i, c, partner, board, stops) - parts[c] + linked
                _insert(i, c, threshold - CLOSE * scale, screen)
                left = linked - stops.kept[i, c] - partner - stops.breach[i]
                screen.ending[i, c] = left - CLOSE * scale
        late = np.uint32(0)
        for k in range(screen.number[i] + 1):
            mask = screen.late[i, k]
            screen.late[i, k] = late
            late |= mask


@kernel
def _best_partner(i, c, board, stops):
    """The most that party i can be given by the other half of a swap with commitment c."""
    best = 0.0
    for d in range(len(board.movers)):
        if _bit(board.partners[c], d):
            best = max(best, stops.kept[i, d] + _links(i, d, board, stops))
    return best


@kernel
def _links(i, c, board, stops):
    """The most that the linkages of commitment c can add for party i."""
    total = 0.0
    for k in range(len(board.linkages)):
        if _bit(board.linkages[k], c):
            total += max(stops.linked[i, k], 0.0)
    return total


@kernel
def _threshold(i, c, partner, board, stops):
    """What party i must still have before it at its move c, unless that is the last one."""
    gained = stops.kept[i, c] + _links(i, c, board, stops) + partner
    breach = stops.breach[i]
    need = -breach
    if breach + gained < -TOLERANCE:
        need = max(need, gained - (breach + gained) / (stops.trust[i] + TOLERANCE))
    return need - 2.0 * TOLERANCE


@kernel
def _insert(i, c, threshold, screen):
    """Put a threshold in its place among those of a party, the highest first."""
    at = screen.number[i]
    while at > 0 and screen.thresholds[i, at - 1] < threshold:
        screen.thresholds[i, at] = screen.thresholds[i, at - 1]
        screen.late[i, at] = screen.late[i, at - 1]
        at -= 1
    screen.thresholds[i, at] = threshold
    screen.late[i, at] = np.uint32(1 << c)
    screen.number[i] += 1


@inlined
def late_moves(i, gain, low, high, screen):
    """The commitments that must come last for party i, in a package or not, as a mask."""
    number, k = screen.number[i], 0
    if number > 0:
        left = gain - screen.low[i, low] - screen.high[i, high]
        while k < number and screen.thresholds[i, k] > left:
            k += 1
    return screen.late[i, k]


@inlined
def too_many(late):
    """Whether a set of commitments is more than one step holds."""
    rest = late & (late - np.uint32(1))
    return rest & (rest - np.uint32(1)) != 0


@inlined
def hopeless(mask, low, high, gains, board, screen):
    """Whether more of a package's commitments must come last than one step holds.

    `low` and `high` are the halves of `mask`; `gains` (N) what it brings each party.
    """
    late = np.uint32(0)
    for i in range(board.parties):
        late |= late_moves(i, gains[i], low, high, screen)
    late &= mask
    if late == 0:
        return False
    if too_many(late):
        return True
    rest = late & (late - np.uint32(1))
    for c in range(len(board.movers)):
        if _bit(late, c):
            if board.followers[c] & mask != 0:
                return True
            if rest != 0 and late & ~(board.partners[c] | np.uint32(1 << c)) != 0:
                return True
            for i in range(board.parties):
                if _bit(board.movers[c], i):
                    kept = screen.kept_low[i, low] + screen.kept_high[i, high]
                    if gains[i] - kept < screen.ending[i, c]:
                        return True
    return False
