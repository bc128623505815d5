"""What the search for a roadmap stands on: its memory, and what a collapse would leave."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.dossier.feasible import MOST_LISTED
from summitry.game.board import Floats
from summitry.game.kernels.compiling import inlined, kernel

TOLERANCE = 1e-9


class Stops(NamedTuple):
    """What each party would keep if a deal collapsed, and what it would cost to break it.

    `kept` (N, commitments) and `linked` (N, linkages): the irreversible part of every
    value; `breach` and `trust` (N).
    """

    kept: Floats
    linked: Floats
    breach: Floats
    trust: Floats


class Trail(NamedTuple):
    """Memory of one search, made once and used again for every package.

    By position in the package: its commitments, `deadline` (position, N), `ends` (which
    last steps a position can be part of, as a mask of positions), `gift`, what must come
    `earlier`, and what must come `later` unless it is in the last step itself (masks of
    positions). By depth: the subset reached, the next step to try, what each party keeps
    and has received, and which moves now come too `late`.
    """

    elements: np.ndarray
    linkages: np.ndarray
    reached: np.ndarray
    local: np.ndarray
    whole: np.ndarray
    first: np.ndarray
    second: np.ndarray
    kept: np.ndarray
    received: np.ndarray
    full: np.ndarray
    most: np.ndarray
    least: np.ndarray
    deadline: np.ndarray
    ends: np.ndarray
    gift: np.ndarray
    earlier: np.ndarray
    later: np.ndarray
    late: np.ndarray


def make_trail(parties: int, commitments: int, linkages: int) -> Trail:
    """Room for a search over the subsets of a package; none has more than 20 commitments."""
    depth = commitments + 1
    return Trail(
        elements=np.zeros(commitments, np.int64),
        linkages=np.zeros(linkages, np.int64),
        reached=np.zeros(1 << min(commitments, MOST_LISTED), np.uint8),
        local=np.zeros(depth, np.int64),
        whole=np.zeros(depth, np.uint32),
        first=np.zeros(depth, np.int64),
        second=np.zeros(depth, np.int64),
        kept=np.zeros((depth, parties)),
        received=np.zeros((depth, parties)),
        full=np.zeros(parties),
        most=np.zeros(parties),
        least=np.zeros(parties),
        deadline=np.zeros((commitments, parties)),
        ends=np.zeros(commitments, np.int64),
        gift=np.zeros(commitments, np.bool_),
        earlier=np.zeros(commitments, np.int64),
        later=np.zeros(commitments, np.int64),
        late=np.zeros(depth, np.int64),
    )


@inlined
def _bit(mask, k):
    return (mask >> np.uint32(k)) & np.uint32(1) == np.uint32(1)


@kernel
def keep_irreversible(values, linkages, reversible, masks, kept, linked):
    """Fill `kept` and `linked` with the share of every value that a collapse leaves."""
    for i in range(values.shape[0]):
        for c in range(values.shape[1]):
            kept[i, c] = values[i, c] * (1.0 - reversible[c])
    for k in range(len(masks)):
        share = 1.0
        for c in range(values.shape[1]):
            if _bit(masks[k], c):
                share = min(share, 1.0 - reversible[c])
        for i in range(values.shape[0]):
            linked[i, k] = linkages[i, k] * share


@kernel
def _unpack(mask, board, trail):
    """The commitments and linkages of a package, as lists."""
    size = 0
    for c in range(len(board.movers)):
        if _bit(mask, c):
            trail.elements[size] = c
            size += 1
    linked = 0
    for k in range(len(board.linkages)):
        if board.linkages[k] & ~mask == 0:
            trail.linkages[linked] = k
            linked += 1
    return size, linked


@kernel
def _added(i, before, after, linked, board, stops, trail):
    """What party i keeps more, by linkages, when `before` becomes `after`."""
    total = 0.0
    for x in range(linked):
        k = trail.linkages[x]
        needed = board.linkages[k]
        if needed & ~after == 0 and needed & ~before != 0:
            total += stops.linked[i, k]
    return total


@inlined
def _agrees(i, held, after, gain, stops, last):
    """Would mover i take the step from holding `held` to holding `after`?"""
    stop = held - stops.breach[i]
    if gain < stop - TOLERANCE:
        return False
    if last or stop <= after + TOLERANCE:
        return True
    return stop - after <= (stops.trust[i] + TOLERANCE) * (gain - after)
