"""What holds a package together: the trust that it asks for, and whom it tempts to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from summitry.game.board import Floats
from summitry.game.large.package import MOST_EXACT, lattice_of_package
from summitry.game.large.roadmap import Found, Package, find_order, walk
from summitry.game.roadmap import MOST_CELLS, Lattice

QUICK_STATES = 5_000
QUICK_BEAM = 50


@dataclass(frozen=True)
class Enforcement:
    """Whether a package can be signed, and whether anything but trust holds it together.

    `minimum_trust`: the least that any order of moves asks (None: none works at any trust);
    `can_be_signed`: some order asks nobody for more than its trust; `tempted`: who would gain by
    stopping on the order that is signed (or that would be, whatever the trust);
    `self_enforcing`: some order tempts nobody. `search`: how the orders were searched, `exact`, `bound`
    (the best order found) or `none` (not searched, or none found).
    """

    minimum_trust: float | None
    can_be_signed: bool
    tempted: Sequence[str]
    self_enforcing: bool
    search: Literal["exact", "bound", "none"]


NOT_SEARCHED = Enforcement(None, False, [], False, "none")


def finite(value: float) -> float | None:
    """The value, or None where it is infinite."""
    return float(value) if np.isfinite(value) else None


def enforcement_of(lattice: Lattice, trust: Floats, names: Sequence[str]) -> Enforcement:
    """The same from all orders of a package; `names` are those of the parties."""
    free, within = lattice.needs(), lattice.needs(trust)
    signed = bool(np.isfinite(within).any())
    return Enforcement(
        minimum_trust=finite(float(free.min())),
        can_be_signed=signed,
        tempted=[names[i] for i in lattice.tempted(within if signed else free)],
        self_enforcing=bool(np.isfinite(free[0])),
        search="exact",
    )


def enforcement_in(package: Package, trust: Floats, names: Sequence[str]) -> Enforcement:
    """The same of a package of any size: exact up to 20 commitments, beyond by a quick look.

    `roadmap` looks harder for the one package it is asked about.
    """
    lattice = exact_lattice(package)
    if lattice is not None:
        return enforcement_of(lattice, trust, names)
    return enforcement_from(find_order(package, trust, QUICK_STATES, QUICK_BEAM), package, names)


def enforcement_from(found: Found, package: Package, names: Sequence[str]) -> Enforcement:
    """The same from the best order that a bounded search found."""
    if not found.order:
        return Enforcement(None, False, [], False, "exact" if found.exact else "none")
    tempted = sorted({i for step in walk(package, found.order) for i in step.tempted})
    return Enforcement(
        minimum_trust=found.least,
        can_be_signed=found.signed,
        tempted=[names[i] for i in tempted],
        self_enforcing=not tempted,
        search="bound" if tempted else "exact",
    )


def exact_lattice(package: Package) -> Lattice | None:
    """All states of a package; None where they are too many to be searched."""
    if len(package.elements) > MOST_EXACT:
        return None
    lattice = lattice_of_package(package)
    return lattice if lattice.cells <= MOST_CELLS else None
