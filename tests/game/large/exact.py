"""What a problem's packages bring, in exact rational arithmetic, and listed as `deals` lists them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from summitry.game.board import Rules, build_board
from summitry.game.large.problem import Problem, bits
from summitry.game.numbers import Stakes
from summitry.game.solutions import after_vetoes, gains

TOLERANCE = Fraction(1, 10**9)


def exact_zone(problem: Problem) -> dict[int, tuple[Fraction, ...]]:
    """For every package that all accept who must: the principals' gains, from the definitions."""
    zone = {}
    for mask in range(1, 1 << problem.size):
        inside = list(bits(mask))
        if not _possible(problem, mask, inside):
            continue
        linked = [k for k, needed in enumerate(problem.linkages) if needed & mask == needed]
        asked = {*problem.principals, *(i for c in inside for i in bits(problem.asks[c]))}
        gained = {
            i: sum(Fraction(problem.values[i, c]) for c in inside)
            + sum(Fraction(problem.worths[i, k]) for k in linked)
            - Fraction(problem.reservation[i])
            for i in asked
        }
        if all(gain >= -TOLERANCE for gain in gained.values()):
            zone[mask] = tuple(gained[i] for i in problem.principals)
    return zone


def _possible(problem: Problem, mask: int, inside: list[int]) -> bool:
    ruled = all(
        (problem.requires[c] | problem.only_with[c]) & mask
        == (problem.requires[c] | problem.only_with[c])
        and not problem.excludes[c] & mask
        for c in inside
    )
    tiers = zip(problem.tier_all, problem.tier_any, strict=True)
    return ruled and any(
        every & mask == every and (not some or some & mask) for every, some in tiers
    )


def exact_frontier(zone: dict[int, tuple[Fraction, ...]]) -> set[int]:
    """The packages that none dominates: better by more than the tolerance, worse nowhere by it."""

    def beats(a: tuple[Fraction, ...], b: tuple[Fraction, ...]) -> bool:
        apart = [x - y for x, y in zip(a, b, strict=True)]
        return min(apart) >= -TOLERANCE and max(apart) > TOLERANCE

    return {
        mask for mask, own in zone.items() if not any(beats(other, own) for other in zone.values())
    }


def by_listing(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """The masks of the acceptable packages and the principals' gains, listed on a board."""
    m, parties = problem.size, len(problem.reservation)

    def masks(of: tuple[int, ...]) -> np.ndarray:
        return np.array(of, np.uint32)

    board = build_board(
        Rules(
            names=tuple(f"c{c}" for c in range(m)),
            parties=parties,
            principals=sum(1 << i for i in problem.principals),
            movers=np.zeros(m, np.uint32),
            consent=masks(problem.asks),
            requires=masks(problem.requires),
            only_with=masks(problem.only_with),
            excludes=masks(problem.excludes),
            instant=np.zeros(m, bool),
            linkages=masks(problem.linkages),
            chances=(),
            tier_all=masks(problem.tier_all),
            tier_any=masks(problem.tier_any),
        )
    )
    nothing = np.zeros((1, parties))
    stakes = Stakes(
        problem.values[None], problem.worths[None], problem.reservation[None],
        *[nothing] * 5,
    )  # fmt: skip
    gained = gains(board, stakes, 0)
    inside = after_vetoes(board, gained)
    return board.masks[inside], gained[inside][:, list(problem.principals)]
