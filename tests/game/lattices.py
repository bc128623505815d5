"""Random games for the literal version and as lattices, and all orders of a small package."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from summitry.game.board import Board, Floats, Rules, build_board, ranks_of
from summitry.game.kernels.stops import Stops
from summitry.game.numbers import with_chances
from summitry.game.roadmap import Lattice, lattice_of, stops_of
from summitry.game.solutions import gains
from tests.literal.games import game_of, stand_of
from tests.literal.measures import Shown, describe
from tests.literal.packages import Package, mask_of, possible_packages
from tests.literal.roadmaps import steps_from
from tests.literal.stakes import Stand
from tests.strategies import told_games

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from oracles.games import read_numbers, read_rules

MOST = 5


class Case(NamedTuple):
    """One package of one game, as the literal version and as the compiled one read it."""

    stand: Stand
    package: Package
    rules: Rules
    board: Board
    gains: Floats
    stops: Stops

    @property
    def all_gain(self) -> bool:
        """Whether no mover loses by the whole: one that does may be asked for more than any trust."""
        moving = frozenset().union(*(self.stand.rules.movers[c] for c in self.package))
        return all(self.gains[i] >= 0 for i in moving)

    def lattice(self, **more: Any) -> Lattice:
        """The lattice of the package."""
        mask = mask_of(self.package)
        return lattice_of(self.board, mask, self.gains, self.stops, ranks_of(self.rules), **more)


@st.composite
def cases(draw) -> Case:
    """A package of at most five commitments in the first draw of a random game."""
    told = draw(told_games(draws=1))
    stand = stand_of(game_of(told), 0)
    possible = possible_packages(stand.rules)
    package = draw(st.sampled_from([p for p in possible if len(p) <= MOST] or possible[:1]))
    rules = read_rules(told)
    board = build_board(rules)
    stakes, setting = read_numbers(told, rules, board)
    worths = with_chances(stakes, setting.chance, rules)
    at = board.masks.tolist().index(mask_of(package))
    return Case(
        stand, package, rules, board, gains(board, worths, 0)[at],
        stops_of(board, worths, setting.reversible[0], 0),
    )  # fmt: skip


def every_order(package: Package, stand: Stand) -> list[Shown]:
    """All roadmaps, by trying every order, with their measures."""

    def orders(done):
        if done == package:
            yield ()
        for step in steps_from(done, package, stand.rules):
            yield from ((step, *rest) for rest in orders(done | set(step)))

    return [describe(steps, package, stand) for steps in orders(stand.signed)]
