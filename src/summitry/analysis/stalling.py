"""Commitment: at which step the orders of moves ask somebody for more trust than it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.blame import draws_with
from summitry.analysis.movers import Case, sample_of
from summitry.analysis.setup import Setup
from summitry.analysis.standing import standing_of
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.roadmap import Lattice, Step, walk
from summitry.game.solutions import nash

STALLS = 32


@dataclass(frozen=True)
class Stall:
    """One step at which packages of a tier stall, by share of a sample of 32 draws.

    `party` is the mover that would have to trust, `doubted` (share of these draws) who would later
    gain by stopping. `trust_asked` and `trust` are medians. Some trust would always do: nobody
    loses by the whole of what all accept.
    """

    party: str
    step: Sequence[str]
    share: float
    trust_asked: float
    trust: float
    doubted: dict[str, float]


@dataclass(frozen=True)
class Found:
    """The step of one draw: party, commitments, trust asked and had."""

    party: str
    step: tuple[str, ...]
    asked: float
    trust: float
    doubted: tuple[str, ...]


def stalls_of(setup: Setup, k: int, number: int = STALLS) -> list[Stall]:
    """At which step of whom packages of tier k or higher stall, in a sample of draws."""
    cases = sample_of(draws_with(setup, k, "commitment"), number)
    found = [stall_of(setup, case, k) for case in cases]
    return stalls_by_step([stall for stall in found if stall is not None])


def stall_of(setup: Setup, case: Case, k: int) -> Found | None:
    """Where the package that would be the Nash solution stalls, on the order that asks for least.

    Of the packages of tier k or higher that all accept; None where there is none, or no order.
    """
    game, place = setup.game, standing_of(setup, case)
    board = game.board
    inside = np.flatnonzero(place.zone(k, len(game.tiers)))
    mask = nash(
        place.gained[np.ix_(inside, game.principals)],
        board.masks[inside],
        game.setting.power[case.draw][game.principals],
    )
    if mask is None:
        return None
    lattice = place.lattice(int(np.searchsorted(board.masks, np.uint32(mask))))
    step = worst_step(lattice, place.stops.trust)
    if step is None:
        return None
    i, at = step
    return Found(
        game.parties[i],
        tuple(game.commitments[c] for c in at.commitments),
        at.asked[i],
        float(place.stops.trust[i]),
        tuple(game.parties[j] for j in at.doubted if j != i),
    )


def worst_step(lattice: Lattice, trust: np.ndarray) -> tuple[int, Step] | None:
    """The mover and step that ask for most trust above what there is, on the easiest order.

    None where there is no order, or none asks too much.
    """
    over = [
        (asked - trust[i], i, step)
        for step in walk(lattice, lattice.easiest())
        for i, asked in step.asked.items()
    ]
    most, i, step = max(over, key=lambda item: item[0], default=(0.0, -1, None))
    return None if step is None or most <= TOLERANCE else (i, step)


def stalls_by_step(found: Sequence[Found]) -> list[Stall]:
    """Stalls by party and step, most often first."""
    groups: dict[tuple[str, tuple[str, ...]], list[Found]] = {}
    for one in found:
        groups.setdefault((one.party, one.step), []).append(one)
    stalls = []
    for (party, step), members in groups.items():
        doubted = Counter(name for one in members for name in one.doubted)
        stalls.append(
            Stall(
                party=party,
                step=list(step),
                share=len(members) / len(found),
                trust_asked=float(np.median([one.asked for one in members])),
                trust=float(np.median([one.trust for one in members])),
                doubted={name: number / len(members) for name, number in doubted.most_common()},
            )
        )
    return sorted(stalls, key=lambda stall: -stall.share)
