"""At which step carrying out a deal stalls, and of whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from summitry.analysis.movers import Case
from summitry.analysis.setup import Setup
from summitry.game.board import Floats
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.lattice import Lattice, lattice_of, walk
from summitry.game.roadmap import stops_of
from summitry.game.solutions import after_vetoes, gains, nash

ENDLESS = 1e12


def stall_of(setup: Setup, case: Case, k: int) -> tuple[str, tuple[str, ...], float, float] | None:
    """Party, step (commitments), trust asked (infinite: none would do) and trust had.

    Of the package that is the Nash solution among those of tier k or higher that all accept;
    None where there is none, or where it can be carried out after all.
    """
    game, board, d = setup.game, setup.game.board, case.draw
    stakes = game.stakes(case.stratum)
    waited = min(int(setup.outcomes.when[case.stratum, d]), setup.question.detail)
    gained = gains(board, stakes, d, waited)
    granted = sum(1 << int(bit) for bit in np.flatnonzero(game.setting.granted[d]))
    inside = after_vetoes(board, gained, granted) & (board.tiers >= k)
    principals = (board.principals >> np.arange(board.parties)) & 1 == 1
    mask = nash(
        gained[inside][:, principals], board.masks[inside], game.setting.power[d][principals]
    )
    if mask is None:
        return None
    at = int(np.searchsorted(board.masks, np.uint32(mask)))
    stops = stops_of(board, stakes, game.setting.reversible[d], d)
    worst = worst_step(lattice_of(board, mask, gained[at], stops), stops.trust)
    if worst is None:
        return None
    i, step, asked = worst
    names = tuple(game.commitments[c] for c in step)
    return game.parties[i], names, asked, float(stops.trust[i])


def worst_step(lattice: Lattice, trust: Floats) -> tuple[int, tuple[int, ...], float] | None:
    """The party and step that ask for most trust above what the party has, and how much.

    On the order of least demand; where none works at any trust, on the one that would work
    if the party that would rather stop could not, with infinite trust asked. None where
    the package can be carried out, or in no order at all.
    """
    if lattice.least(trust) <= TOLERANCE:
        return None
    order = lattice.order(trust)
    if order:
        over = [
            (asked - trust[i], i, step)
            for step in walk(lattice, order)
            for i, asked in step.asked.items()
        ]
        _, i, step = max(over, key=lambda item: item[0])
        return i, step.commitments, step.asked[i]
    parties = range(len(lattice.gains))
    for bound in [*((i,) for i in parties), tuple(parties)]:
        breach = np.where(np.isin(np.arange(len(lattice.gains)), bound), ENDLESS, lattice.breach)
        order = replace(lattice, breach=breach).order(trust)
        tempted = [
            (step.temptation[i], i, step)
            for step in walk(lattice, order)
            for i in bound
            if i in step.temptation
        ]
        if tempted:
            _, i, step = max(tempted, key=lambda item: item[0])
            return i, step.commitments, np.inf
    return None
