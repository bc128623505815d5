"""Which states of a conflict are worth telling: today's, each tier's best, equilibria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from summitry.analysis.conflict import Conflict
from summitry.game.board import Bools, Floats
from summitry.game.solutions import nash

MOST_TOLD = 10
STRICTEST = ("nash", "seq", "smr", "gmr")


@dataclass(frozen=True)
class Pick:
    """A state to tell, and why: `today`, `package`, `best of TIER`, `equilibrium`."""

    row: int
    roles: tuple[str, ...]


def picks_of(conflict: Conflict, asked: int | None, stable: Mapping[str, Bools]) -> list[Pick]:
    """The states to tell, at most ten unless there are more tiers; strict equilibria first.

    `stable` holds for each concept where a state is stable for whom (N, F).
    """
    roles: dict[int, list[str]] = {conflict.model.today: ["today"]}
    if asked is not None:
        roles.setdefault(asked, []).append("package")
    tiers = conflict.document.dossier.tiers
    for number, name in enumerate([tier.id for tier in tiers] or ["agreement"], start=1):
        best = best_of_tier(conflict, number)
        if best is not None and (tiers or conflict.worths.populations[0] is not None):
            roles.setdefault(best, []).append(f"best of {name}")
    equilibria = {name: stable[name].all(axis=0) for name in STRICTEST}
    for name in STRICTEST:
        for row in np.flatnonzero(equilibria[name]).tolist():
            if row in roles or len(roles) < MOST_TOLD:
                marks = roles.setdefault(row, [])
                if "equilibrium" not in marks:
                    marks.append("equilibrium")
    return [Pick(row, tuple(marks)) for row, marks in roles.items()]


def best_of_tier(conflict: Conflict, tier: int) -> int | None:
    """The row of a tier's best state for the principals; None where no state reaches it.

    By points the Nash solution among those that all principals who perform anything like no
    worse than today; where there is none, or some order is not by points, the state whose lowest
    place in the principals' orders is highest.
    """
    rows = np.flatnonzero(conflict.tiers == tier)
    if not len(rows):
        return None
    parties = conflict.document.dossier.parties
    judges = [i for i, p in enumerate(conflict.model.parties) if parties[p].role == "principal"]
    judges = judges or list(range(len(conflict.model.parties)))
    payoffs = conflict.preferences.payoffs[judges]
    gains = payoffs[:, rows] - payoffs[:, [conflict.model.today]]
    agreed = rows[(gains >= 0).all(axis=0)]
    by_points = all(conflict.worths.populations[i] is not None for i in judges)
    if by_points and len(agreed):
        gained = (payoffs[:, agreed] - payoffs[:, [conflict.model.today]]).T
        best = nash(gained, conflict.model.states[agreed], np.ones(len(judges)))
        return None if best is None else conflict.model.row(best)
    among = agreed if len(agreed) else rows
    return int(among[np.argmax(_places(payoffs)[:, among].min(axis=0))])


def _places(payoffs: Floats) -> Floats:
    """Each party's places of the states (N, F), from 0 (worst) to 1 (best)."""
    ranks = [np.unique(row, return_inverse=True)[1].astype(float) for row in payoffs]
    return np.stack([rank / max(rank.max(), 1.0) for rank in ranks])
