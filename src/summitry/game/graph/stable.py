"""Which states are stable for whom, under which concept, for one or many sets of payoffs.

Nash (1950); general and symmetric metarationality, GMR and SMR (Howard 1971); sequential and
simultaneous stability, SEQ and SIM (Fraser & Hipel 1979, 1984). Each concept but SIM is one
question: how low can the others' answer push a party that has just improved? With `level` for
that, a state is stable for i where no move leads to a higher min(payoff, level): on an n-cube
this is Howard's pure maximin and minimax, by reductions along axes instead of walks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summitry.game.board import Bools, Floats
from summitry.game.graph.fibers import Fibers, fibers_of
from summitry.game.graph.model import GraphModel
from summitry.game.graph.preferences import Preferences
from summitry.game.graph.sanctions import RULES, Rule, Spread, alternating
from summitry.game.kernels.pairs import sweep_pairs
from summitry.game.kernels.sweeps import order_fibers, sweep, sweep_better

LEVELLED = ("nash", "gmr", "smr", "seq")


@dataclass(frozen=True)
class Layout:
    """A model with its movers' fibers; `merges`: two moves of one mover in a row are one."""

    model: GraphModel
    fibers: Sequence[Fibers]
    rule: Rule
    merges: bool

    def opponents(self, party: int) -> list[int]:
        """The movers without a party, of those that have any move."""
        return [
            k
            for k, group in enumerate(self.model.groups)
            if not group >> party & 1 and self.can_move(k)
        ]

    def can_move(self, mover: int) -> bool:
        """Whether a mover ever decides between two states."""
        fibers = self.fibers[mover]
        return len(fibers.starts) - 1 < len(fibers.members)


def lay_out(model: GraphModel, sanctions: str = "closure") -> Layout:
    """A model ready to be asked. Raises ValueError for a rule of sanctions that there is not."""
    if sanctions not in RULES:
        raise ValueError(f"sanctions must be one of {', '.join(RULES)}, not `{sanctions}`")
    merges = not len(model.barred)
    rule = alternating if sanctions == "closure" and not merges else RULES[sanctions]
    return Layout(model, fibers_of(model), rule, merges)


def stable_states(layout: Layout, preferences: Preferences) -> dict[str, Bools]:
    """For each concept but SIM where a state is stable for whom, (N, F), each in its own view."""
    labels = {name: np.zeros(preferences.payoffs.shape, bool) for name in LEVELLED}
    for party in range(len(layout.model.parties)):
        payoffs = preferences.as_seen_by(party)[None]
        for name, stable in stable_for(layout, party, payoffs).items():
            labels[name][party] = stable[0]
    return labels


def stable_for(layout: Layout, party: int, payoffs: Floats) -> dict[str, Bools]:
    """Where the states are stable for one party, (D, F), under each concept but SIM.

    `payoffs` (D, N, F) are all parties' as this one sees them, in each of D draws.
    """
    own = np.ascontiguousarray(payoffs[:, party])
    return {**by_own_order(layout, party, own), "seq": by_others_gains(layout, party, payoffs)}


def by_own_order(layout: Layout, party: int, own: Floats) -> dict[str, Bools]:
    """Nash, GMR and SMR, for which only the party's own payoffs (D, F) count."""
    if not layout.can_move(party):
        return {name: np.ones(own.shape, bool) for name in LEVELLED if name != "seq"}
    opponents, anyhow = layout.opponents(party), any_moves(layout)
    best = best_after_own_move(layout, party, own)
    return {
        "nash": best <= own,
        "gmr": _deterred(layout, party, own, layout.rule(own, opponents, anyhow)),
        "smr": _deterred(layout, party, own, layout.rule(best, opponents, anyhow)),
    }


def by_others_gains(layout: Layout, party: int, payoffs: Floats) -> Bools:
    """SEQ, for which it counts what the others gain by; `payoffs` (D, N, F)."""
    own = np.ascontiguousarray(payoffs[:, party])
    if not layout.can_move(party):
        return np.ones(own.shape, bool)
    opponents = layout.opponents(party)
    level = layout.rule(own, opponents, improvements(layout, payoffs, opponents))
    return _deterred(layout, party, own, level)


def _deterred(layout: Layout, party: int, own: Floats, level: Floats) -> Bools:
    """Whether every improvement leads where the others can push it down to what is left."""
    best: Bools = best_after_own_move(layout, party, np.minimum(own, level)) <= own
    return best


def levels_for(layout: Layout, party: int, payoffs: Floats) -> dict[str, Floats]:
    """How low the others can bring a party from each state, (D, F): for GMR, SMR and SEQ.

    A move to a state is deterred where that is no higher than what the party leaves behind.
    For SMR it counts what the party can make of the others' answer by another move.
    """
    own = np.ascontiguousarray(payoffs[:, party])
    opponents = layout.opponents(party)
    anyhow, better = any_moves(layout), improvements(layout, payoffs, opponents)
    best = best_after_own_move(layout, party, own)
    return {
        "gmr": layout.rule(own, opponents, anyhow),
        "smr": layout.rule(best, opponents, anyhow),
        "seq": layout.rule(own, opponents, better),
    }


def margins(layout: Layout, party: int, payoffs: Floats, row: int) -> dict[str, float]:
    """By how much too little a state is worth to a party to be stable for it: Nash to SEQ.

    Nought or less where it is stable, minus infinity where it would be at any worth. `payoffs`
    (N, F) are as the party sees them. Were the state, and all that is as good, worth nothing at
    all, the best that the party could still get away with is what it has to be worth.
    """
    own = payoffs[party]
    if not layout.can_move(party):
        return dict.fromkeys(LEVELLED, -np.inf)
    without = payoffs.copy()
    without[party, own == own[row]] = -np.inf
    kept = {"nash": without[party][None]}
    for name, level in levels_for(layout, party, without[None]).items():
        kept[name] = np.minimum(without[party], level)
    return {
        name: float(best_after_own_move(layout, party, found)[0, row] - own[row])
        for name, found in kept.items()
    }


def best_after_own_move(layout: Layout, party: int, levels: Floats) -> Floats:
    """The highest level that a party can reach by one move of its own, or by staying."""
    turned = -levels
    lowest = turned.copy()
    any_moves(layout)(party, turned, lowest)
    return -lowest


def any_moves(layout: Layout) -> Spread:
    """How a level spreads by moves of any kind."""

    def spread(mover: int, levels: Floats, out: Floats) -> bool:
        fibers = layout.fibers[mover]
        if layout.merges:
            return bool(sweep(levels, fibers, out))
        nobody = np.zeros((len(levels), 0, levels.shape[1]))
        return bool(sweep_pairs(levels, nobody, fibers, out))

    return spread


def improvements(layout: Layout, payoffs: Floats, movers: Sequence[int]) -> Spread:
    """How a level spreads by moves that the mover strictly gains by (all of a joint one)."""
    simple = {k for k in movers if layout.merges and len(layout.fibers[k].parties) == 1}
    orders = {k: _order(layout.fibers[k], payoffs[:, k]) for k in simple}

    def spread(mover: int, levels: Floats, out: Floats) -> bool:
        fibers = layout.fibers[mover]
        if mover in simple:
            own = payoffs[:, mover]
            return bool(sweep_better(levels, own, orders[mover], fibers, out))
        before = levels.copy() if levels is out else levels
        theirs = np.ascontiguousarray(payoffs[:, fibers.parties])
        return bool(sweep_pairs(before, theirs, fibers, out))

    return spread


def _order(fibers: Fibers, payoffs: Floats) -> np.ndarray:
    order = np.empty((len(payoffs), len(fibers.members)), np.int32)
    order_fibers(payoffs, fibers, order)
    return order
