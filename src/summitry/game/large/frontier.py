"""The exact Pareto frontier of packages that are too many to list.

Lists of partial packages that none other of the list dominates (Nemhauser and Ullmann 1969),
one for each state of what still interacts (dynamic programming over a path decomposition).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from summitry.game.board import Bools, Floats, Ints
from summitry.game.kernels.dominance import drop_near, sift_sorted
from summitry.game.kernels.pareto_lists import NOTHING, Lists, Turns, grow
from summitry.game.large.problem import Problem, bits, gains_of, is_acceptable, is_possible
from summitry.game.large.states import (
    MOST_STATES,
    Layout,
    Turn,
    branch,
    layout_of,
    reaches_a_tier,
    turns_of,
)
from summitry.game.large.units import Units, in_units

MOST_ROWS = 2_000_000
MOST_WORK = 400_000_000
DEEPEST = -(1 << 61)


class TooLarge(Exception):
    """The lists would outgrow the memory or the work that is allowed; the message says which."""


@dataclass(frozen=True)
class Frontier:
    """The frontier: one package (the smallest mask) for each vector of the principals' gains.

    `gains` (points, N) in points of the parties; `count` (points): how many packages bring
    the principals exactly these gains. `width`: how many decided commitments interacted at
    once, `rows`: the longest that the lists were together.
    """

    masks: tuple[int, ...]
    gains: Floats
    count: Floats
    width: int
    rows: int


class _States(NamedTuple):
    """The states, ascending, and the lists of partial packages in each."""

    keys: Ints
    lists: Lists


class _Numbers(NamedTuple):
    """A problem, its numbers in units, and the parties in the columns."""

    problem: Problem
    units: Units
    frame: _Frame


class _Frame(NamedTuple):
    """The parties in the columns (principals first), and bounds before each turn."""

    columns: list[int]
    judged: int
    needed: Ints
    tolerance: Ints
    most: Ints
    least: Ints
    asks_later: Bools


def frontier_of(problem: Problem) -> Frontier:
    """The Pareto frontier over the principals, among the packages that all accept who must.

    Equal gains are kept and counted. Every point is checked by an independent evaluator.
    Raises TooLarge where memory or work would pass the limits, before it is taken.
    """
    units, turns = in_units(problem), turns_of(problem)
    consenters = _consenters(problem, units)
    layout = layout_of(problem, consenters)
    frame = _frame(problem, units, turns, consenters)
    words = (problem.size + 63) // 64
    nothing = np.zeros((1, len(frame.columns)), np.int64), np.zeros((1, words), np.uint64)
    states = _States(np.array([layout.first]), Lists(np.array([0, 1]), *nothing, np.ones(1)))
    numbers = _Numbers(problem, units, frame)
    width, rows, work = 0, 1, 0
    for k, turn in enumerate(turns):
        states, done = _decide(numbers, layout, states, turn, k, MOST_WORK - work)
        work += done
        width, rows = max(width, len(layout.slot)), max(rows, len(states.lists.packages))
    return _finish(numbers, layout, states, width, rows)


def _consenters(problem: Problem, units: Units) -> list[int]:
    """The parties other than principals that may be asked and may refuse."""
    asked = 0
    for mask in problem.asks:
        asked |= mask
    least = np.minimum(units.values, 0).sum(axis=1) + np.minimum(units.worths, 0).sum(axis=1)
    return [
        i
        for i in bits(asked)
        if i not in problem.principals and least[i] < units.reservation[i] - units.tolerance[i]
    ]


def _frame(problem: Problem, units: Units, turns: list[Turn], consenters: list[int]) -> _Frame:
    columns = [*problem.principals, *consenters]
    rest = np.zeros((2, len(turns) + 1, len(columns)), np.int64)
    later = np.zeros((len(turns) + 1, len(columns)), bool)
    for k in range(len(turns) - 1, -1, -1):
        turn = turns[k]
        own = units.values[columns, turn.commitment]
        linked = units.worths[np.ix_(columns, list(turn.linkages))]
        rest[0, k] = rest[0, k + 1] + np.maximum(own, 0) + np.maximum(linked, 0).sum(axis=1)
        rest[1, k] = rest[1, k + 1] + np.minimum(own, 0) + np.minimum(linked, 0).sum(axis=1)
        asks = np.array([problem.asks[turn.commitment] >> i & 1 == 1 for i in columns])
        later[k] = later[k + 1] | asks
    return _Frame(
        columns=columns,
        judged=len(problem.principals),
        needed=(units.reservation - units.tolerance)[columns],
        tolerance=units.tolerance[columns],
        most=rest[0],
        least=rest[1],
        asks_later=later,
    )


def _decide(
    numbers: _Numbers, layout: Layout, states: _States, turn: Turn, k: int, most_work: int
) -> tuple[_States, int]:
    """The lists after one more commitment is decided, and the work it took."""
    problem, frame, c = numbers.problem, numbers.frame, turn.commitment
    left_out, with_it, after = branch(problem, layout, states.keys, turn)
    source = np.concatenate([left_out, with_it])
    taken = np.arange(len(source)) >= len(left_out)
    delta = np.zeros((len(source), len(frame.columns)), np.int64)
    delta[taken] = _brought(numbers, layout, states.keys[with_it], turn)
    layout.free(turn.dying)
    order = np.argsort(after, kind="stable")
    source, after = source[order], after[order]
    keys, first = np.unique(after, return_index=True)
    start = states.lists.start
    coming = int((start[source + 1] - start[source]).sum())
    if len(keys) > MOST_STATES or coming > MOST_ROWS:
        raise TooLarge(f"{coming:,} partial packages in {len(keys):,} states")
    bounds = _bounds(layout, frame, after, k + 1)
    turns = Turns(np.append(first, len(after)), source, taken[order], delta[order], *bounds)
    place = (c // 64, np.uint64(1 << c % 64))
    lists, work = grow(states.lists, turns, place, frame.judged, frame.tolerance, most_work)
    if work < 0:
        raise TooLarge(f"more than {MOST_WORK:,} comparisons of partial packages")
    return _States(keys, Lists(*lists)), work


def _brought(numbers: _Numbers, layout: Layout, keys: Ints, turn: Turn) -> Ints:
    """What taking the commitment adds in each state: its value, and linkages it completes."""
    problem, units, frame = numbers
    c = turn.commitment
    added = np.repeat(units.values[None, frame.columns, c], len(keys), axis=0)
    for n in turn.linkages:
        others = sum(1 << layout.slot[b] for b in bits(problem.linkages[n]) if b != c)
        complete = keys & others == others
        added[complete] += units.worths[frame.columns, n]
    return added


def _bounds(layout: Layout, frame: _Frame, after: Ints, k: int) -> tuple[Ints, Ints]:
    """What a row must reach to be acceptable in the end, and what is as good as anything."""
    floor = np.repeat((frame.needed - frame.most[k])[None], len(after), axis=0)
    cap = np.full_like(floor, np.iinfo(np.int64).max)
    for column, i in enumerate(frame.columns[frame.judged :], frame.judged):
        asked = after >> layout.asked[i] & 1 == 1
        enough = frame.needed[column] - frame.least[k, column]
        cap[:, column] = enough if frame.asks_later[k, column] else NOTHING
        cap[asked, column] = enough
        floor[~asked, column] = DEEPEST
    return floor, cap


def _finish(numbers: _Numbers, layout: Layout, states: _States, width: int, rows: int) -> Frontier:
    """The points that no other of any final state dominates, judged with the tolerance."""
    problem, frame, lists = numbers.problem, numbers.frame, states.lists
    good = reaches_a_tier(layout, states.keys)
    chosen = np.repeat(good, np.diff(lists.start))
    gained, count = lists.gains[chosen][:, : frame.judged], lists.packages[chosen]
    masks = _whole(lists.masks[chosen])
    order = np.lexsort((masks, *(-gained.T[::-1])))
    gained, count, masks = np.ascontiguousarray(gained[order]), count[order], masks[order]
    tolerance = frame.tolerance[: frame.judged]
    kept, twin = sift_sorted(gained, frame.judged, tolerance)
    # the first of equals has the smallest mask, since masks break ties in the order
    total = np.zeros(len(count))
    np.add.at(total, twin[twin >= 0], count[twin >= 0])
    standing = np.ones(len(kept), bool)
    for column in range(frame.judged if len(kept) else 0):
        by = np.argsort(gained[kept, column], kind="stable")
        drop_near(gained[kept], column, by, tolerance, standing)
    kept = kept[standing]
    found = tuple(int(mask) for mask in masks[kept])
    gains = np.array([gains_of(problem, mask) for mask in found])
    _check(problem, found, gains)
    gains = gains.reshape(len(found), len(problem.reservation))
    return Frontier(found, gains, total[kept], width, rows)


def _whole(words: np.ndarray) -> np.ndarray:
    """Masks in words of 64 bits as whole numbers."""
    if words.shape[1] == 1:
        return words[:, 0]
    whole = np.zeros(len(words), object)
    for w in range(words.shape[1]):
        whole += words[:, w].astype(object) << (64 * w)
    return whole


def _check(problem: Problem, masks: tuple[int, ...], gains: Floats) -> None:
    """Look at every point again, by rules and sums of their own."""
    for mask, gained in zip(masks, gains, strict=True):
        if not is_possible(problem, mask) or not is_acceptable(problem, mask, gained):
            raise AssertionError(f"the package {mask:#x} of the frontier is not acceptable")
