"""How many packages a dossier has and what weighing them all costs, before memory is taken.

Counted by the search that finds the frontier of large packages, without gains: one number for
each state of what still interacts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.dossier.errors import CannotAnswer
from summitry.dossier.feasible import MOST_LISTED, WIDEST, TooMany
from summitry.game.board import Board, Ints, Masks, Rules, build_board, possible_packages
from summitry.game.large.problem import Problem
from summitry.game.large.states import (
    MOST_STATES,
    Layout,
    Turn,
    branch,
    layout_of,
    reaches_a_tier,
    turns_of,
)

FEW = 18  # commitments whose sets are listed as quickly as counted
MOST_BYTES = 2e9
MOST_SECONDS = 600.0
FIRST_DRAWS = 256
# measured by benchmarks/packages.py: packages that hardly anybody accepts, and that most accept
NANOSECONDS = (3.0, 250.0)
THREADS = 2
ASKED = "this question weighs every possible package in every draw"
INSTEAD = (
    "`deals` and `roadmap` answer the dossier at the central values or in one draw; for the rest "
    "join commitments that only make sense together, or say with `requires`, `excludes` and "
    "`tiers` which packages are possible"
)


class Size(NamedTuple):
    """How many possible packages there are, and what weighing them all costs.

    `memory` in bytes, with two threads; `seconds` of one core for the first 256 draws of every
    combination of types: where hardly a package is acceptable, and where most are.
    """

    packages: int
    memory: float
    seconds: tuple[float, float]

    @property
    def too_much(self) -> bool:
        """Whether it takes more than 2 GB, or surely more than ten minutes for a first answer."""
        return self.memory > MOST_BYTES or self.seconds[0] > MOST_SECONDS


def board_within(rules: Rules, rounds: int, strata: int) -> Board:
    """The possible packages, where weighing them in so many rounds and combinations is affordable.

    Raises CannotAnswer, with what it would cost, before memory is taken.
    """
    counted = count_packages(rules)
    if counted is not None:
        _afford(size_of(rules, counted, rounds, strata))
    try:
        board = build_board(rules)
    except TooMany as error:
        raise CannotAnswer(f"{ASKED}; there are {error}. {INSTEAD}") from None
    _afford(size_of(rules, len(board.masks), rounds, strata))
    largest = _largest(board.masks, len(rules.movers))
    if largest > MOST_LISTED:
        raise CannotAnswer(
            f"{ASKED}, and searches the orders of its moves, which is done for packages of at "
            f"most {MOST_LISTED} commitments; the largest here has {largest}. {INSTEAD}"
        )
    return board


def too_wide(commitments: int) -> str:
    """Why a question over all packages is not answered for so many commitments."""
    return (
        f"{ASKED}, which is done for dossiers of at most {WIDEST} commitments; this one has "
        f"{commitments}. {INSTEAD}"
    )


def _afford(size: Size) -> None:
    if size.too_much:
        raise CannotAnswer(
            f"{ASKED}; with {size.packages:,} of them it would take about "
            f"{size.memory / 1e9:,.1f} GB of memory, and {_span(size.seconds)} of one core for "
            f"the first {FIRST_DRAWS} draws of each combination of types. At most "
            f"{MOST_BYTES / 1e9:,.0f} GB are taken, and {MOST_SECONDS / 60:.0f} minutes where "
            f"hardly a package is acceptable. {INSTEAD}"
        )


def _span(seconds: tuple[float, float]) -> str:
    low, high = (max(1.0, each / 60) for each in seconds)
    return f"{low:,.0f} to {high:,.0f} minutes"


def _largest(masks: Masks, commitments: int) -> int:
    """How many commitments the largest package has."""
    sizes = np.zeros(len(masks), np.int8)
    for k in range(commitments):
        sizes += ((masks >> np.uint32(k)) & 1).astype(np.int8)
    return int(sizes.max(initial=0))


def size_of(rules: Rules, packages: int, rounds: int, strata: int) -> Size:
    """What weighing so many packages costs in so many rounds and combinations of types."""
    columns, parties = len(rules.movers) + len(rules.linkages), rules.parties
    shared = 50 + 16 * columns + 8 * parties * (rounds + 1)
    each = 8 * parties + 27
    looks = float(packages) * parties * strata * FIRST_DRAWS
    quick, slow = (looks * nanoseconds * 1e-9 for nanoseconds in NANOSECONDS)
    return Size(packages, float(packages) * (shared + THREADS * each), (quick, slow))


def count_packages(rules: Rules) -> int | None:
    """The number of possible packages; None where too much interacts to count them quickly."""
    if len(rules.movers) <= FEW:
        return len(possible_packages(rules)[0])
    problem = _without_numbers(rules)
    layout = layout_of(problem, [])
    keys, number = np.array([layout.first]), np.ones(1, np.int64)
    for turn in turns_of(problem):
        keys, number = _decide(problem, layout, keys, number, turn)
        if len(keys) > MOST_STATES:
            return None
    return int(number[reaches_a_tier(layout, keys)].sum())


def _decide(
    problem: Problem, layout: Layout, keys: Ints, number: Ints, turn: Turn
) -> tuple[Ints, Ints]:
    """The states after one more commitment is decided, and how many packages are in each."""
    left_out, with_it, after = branch(problem, layout, keys, turn)
    layout.free(turn.dying)
    states, place = np.unique(after, return_inverse=True)
    total = np.zeros(len(states), np.int64)
    np.add.at(total, place, np.concatenate([number[left_out], number[with_it]]))
    return states, total


def _without_numbers(rules: Rules) -> Problem:
    """The rules alone: nobody gains anything, and nothing is linked."""
    nothing = np.zeros((0, len(rules.movers)))

    def masks(words: np.ndarray) -> tuple[int, ...]:
        return tuple(int(word) for word in words)

    return Problem(
        values=nothing,
        worths=nothing[:, :0],
        reservation=np.zeros(0),
        power=np.zeros(0),
        principals=(),
        linkages=(),
        requires=masks(rules.requires),
        only_with=masks(rules.only_with),
        excludes=masks(rules.excludes),
        asks=(0,) * len(rules.movers),
        tier_all=masks(rules.tier_all),
        tier_any=masks(rules.tier_any),
    )
