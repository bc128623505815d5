"""One package of a game whose packages are not listed, as the searches for an order read it."""

from __future__ import annotations

import numpy as np

from summitry.game.board import Floats
from summitry.game.kernels.lattice import fill_held, fill_states
from summitry.game.large.compile import LargeGame
from summitry.game.large.problem import bits
from summitry.game.large.roadmap import Package
from summitry.game.lattice import MOST_STATES, Lattice
from summitry.game.numbers import Stakes

MOST_EXACT = MOST_STATES.bit_length() - 1


def package_at(game: LargeGame, stakes: Stakes, draw: int, mask: int, gains: Floats) -> Package:
    """A package (mask) in one draw; `gains` (N): what the whole brings each party."""
    elements = tuple(bits(mask))
    place = {c: x for x, c in enumerate(elements)}

    def local(of: int) -> int:
        return sum(1 << place[c] for c in bits(of & mask))

    lasting = 1.0 - game.setting.reversible[draw]
    inside = [k for k, needed in enumerate(game.linkages) if needed & ~mask == 0]
    share = np.array([min(lasting[c] for c in bits(game.linkages[k])) for k in inside])
    return Package(
        elements=elements,
        requires=tuple(local(game.requires[c]) for c in elements),
        movers=tuple(game.movers[c] for c in elements),
        instant=np.array([game.instant[c] for c in elements]),
        kept=(stakes.values[draw] * lasting)[:, elements],
        links=tuple(local(game.linkages[k]) for k in inside),
        linked=stakes.linkages[draw][:, inside] * share,
        gains=gains,
        breach=stakes.breach[draw],
    )


def lattice_of_package(package: Package) -> Lattice:
    """All subsets of a package of at most 20 commitments, for the exact search."""
    size = len(package.elements)
    strides = 1 << np.arange(size, dtype=np.int64)
    ones, states = np.ones(size, np.int64), 1 << size
    complete, unfinished = np.empty(states, np.int64), np.empty(states, np.int64)
    fill_states(ones, strides, complete, unfinished)
    held = np.empty((len(package.gains), states))
    links = np.array(package.links, np.int64)
    kept, linked = np.ascontiguousarray(package.kept), np.ascontiguousarray(package.linked)
    fill_held(ones, strides, complete, links, kept, linked, held)
    return Lattice(
        elements=package.elements,
        parts=ones,
        strides=strides,
        complete=complete,
        unfinished=unfinished,
        requires=np.array(package.requires, np.int64),
        movers=np.array(package.movers, np.int64),
        instant=package.instant,
        held=held,
        gains=package.gains,
        breach=package.breach,
    )
