"""Where one draw stands by the end of a round: what is signed, and what each could still gain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from summitry.analysis.movers import Case
from summitry.analysis.outcomes import signed_by
from summitry.analysis.setup import Setup
from summitry.game.board import Bools, Floats, Ints
from summitry.game.kernels.stops import Stops
from summitry.game.numbers import Stakes
from summitry.game.roadmap import Lattice, lattice_of, stops_of
from summitry.game.solutions import Signable, after_vetoes, gains, signable_in


@dataclass(frozen=True)
class Standing:
    """One draw after a round: `signed` is the package (index, -1: none) that stands.

    `gained` (P, N): what each party would gain by every package from there; `waited`: the last
    round in which they talked.
    """

    setup: Setup
    case: Case
    signed: int
    waited: int
    worths: Stakes
    gained: Floats
    stops: Stops

    @property
    def have(self) -> int:
        """What is signed, as a mask."""
        return int(self.setup.game.board.masks[self.signed]) if self.signed >= 0 else 0

    @property
    def reached(self) -> int:
        """The tier that is signed, 0 for none."""
        return int(self.setup.game.board.tiers[self.signed]) if self.signed >= 0 else 0

    def zone(self, low: int, high: int) -> Bools:
        """Z2 of the tiers `low` to `high`: what could be added and everybody asked would accept."""
        board, have = self.setup.game.board, np.uint32(self.have)
        inside = (board.tiers >= low) & (board.tiers <= high) & ((board.masks & have) == have)
        zone: Bools = inside & after_vetoes(board, self.gained)
        return zone

    @cached_property
    def signable(self) -> Signable:
        """Whether a package (index) can be signed here with the trust there is."""
        return signable_in(self.setup.game.board, self.gained, self.stops, self.have)

    def lattice(self, package: int) -> Lattice:
        """The orders of moves of what a package (index) adds."""
        game = self.setup.game
        return lattice_of(
            game.board, int(game.board.masks[package]), self.gained[package], self.stops, game.ranks,
            have=self.have,
        )  # fmt: skip


def standing_of(setup: Setup, case: Case) -> Standing:
    """Where a draw stands by the end of the round that is told in detail."""
    game, d, t = setup.game, case.draw, setup.question.detail
    worths = game.worths_of(case.stratum, d)
    signed = int(signed_by(setup.outcomes, t)[case.stratum, d])
    waited = int(waited_by(setup, t)[d])
    gained = gains(game.board, worths, 0, waited)
    if signed >= 0:
        gained = gained - gained[signed]
    stops = stops_of(game.board, worths, game.setting.reversible[d], 0)
    return Standing(setup, case, signed, waited, worths, gained, stops)


def waited_by(setup: Setup, t: int) -> Ints:
    """The last round up to t in which there were talks: (draws)."""
    if setup.question.protocol == "efficient":
        return np.zeros(setup.game.draws, np.int64)
    ended = setup.game.setting.ends[:, :t]
    found: Ints = np.where(ended.any(axis=1), np.argmax(ended, axis=1) if t else 0, t)
    return found
