"""One package of a game whose packages are not listed, as the searches for an order read it."""

from __future__ import annotations

import numpy as np

from summitry.game.board import Board, Floats, Ints
from summitry.game.kernels.carrying import added_commitments
from summitry.game.kernels.orders import held_by_state
from summitry.game.kernels.stops import Stops
from summitry.game.large.compile import LargeGame
from summitry.game.large.problem import bits
from summitry.game.large.roadmap import Package
from summitry.game.numbers import Stakes
from summitry.game.roadmap import MOST_STATES, Lattice

MOST_EXACT = MOST_STATES.bit_length() - 1


def package_at(game: LargeGame, worths: Stakes, draw: int, mask: int, gains: Floats) -> Package:
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
        kept=(worths.values[draw] * lasting)[:, elements],
        links=tuple(local(game.linkages[k]) for k in inside),
        linked=worths.linkages[draw][:, inside] * share,
        gains=gains,
        breach=worths.breach[draw],
        ranks=game.ranks,
    )


def package_on(board: Board, mask: int, gains: Floats, stops: Stops, ranks: Ints) -> Package:
    """The same of a package on a board."""
    elements, later, movers, instant, inside, links = added_commitments(np.int64(mask), 0, board)
    size = len(elements)
    requires = [sum(1 << y for y in range(size) if int(later[y]) >> x & 1) for x in range(size)]
    return Package(
        elements=tuple(int(c) for c in elements),
        requires=tuple(requires),
        movers=tuple(int(who) for who in movers),
        instant=instant,
        kept=stops.kept[:, elements],
        links=tuple(int(link) for link in links),
        linked=stops.linked[:, inside],
        gains=np.asarray(gains, float),
        breach=np.asarray(stops.breach, float),
        ranks=ranks,
    )


def lattice_of_package(package: Package) -> Lattice:
    """All subsets of a package of at most 20 commitments, for the exact search."""
    size = len(package.elements)
    strides, parts = 1 << np.arange(size, dtype=np.int64), np.ones(size, np.int64)
    later = [sum(1 << y for y in range(size) if package.requires[y] >> x & 1) for x in range(size)]
    kept, linked = np.ascontiguousarray(package.kept), np.ascontiguousarray(package.linked)
    return Lattice(
        elements=package.elements,
        parts=parts,
        strides=strides,
        later=np.array(later, np.int64),
        movers=np.array(package.movers, np.int64),
        instant=package.instant,
        held=held_by_state(parts, strides, np.array(package.links, np.int64), kept, linked),
        gains=package.gains,
        breach=package.breach,
        ranks=package.ranks,
    )
