"""One set of numbers: the central values of a dossier, or one of its draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.asking import Question
from summitry.dossier.reader import Document
from summitry.dossier.schema import Dossier
from summitry.evidence.signals import weigh
from summitry.game.board import Bools, Floats, Ints
from summitry.game.compile import Game, compile_game
from summitry.game.kernels.stops import Stops
from summitry.game.numbers import Stakes
from summitry.game.roadmap import Lattice, lattice_of, stops_of
from summitry.game.solutions import gains
from summitry.game.variation import AS_IT_IS, CENTRAL, Variation

# the chance of every outside consent, by commitment and party (indices)
Consents = Mapping[tuple[int, int], float]


@dataclass(frozen=True)
class Point:
    """One draw of a game, with each party of one type.

    `worths` are the numbers with the chances of coming into force counted in; `gains` (P, N) is
    what every package brings each party in the round asked about; `label` says what numbers
    these are.
    """

    game: Game
    worths: Stakes
    draw: int
    types: Mapping[str, str]
    label: str
    gains: Floats

    @property
    def stops(self) -> Stops:
        """What a collapse would leave each party with."""
        reversible = self.game.setting.reversible[self.draw]
        return stops_of(self.game.board, self.worths, reversible, self.draw)

    @property
    def trust(self) -> Floats:
        """Each party's trust (N)."""
        trust: Floats = self.worths.trust[self.draw]
        return trust

    @property
    def principals(self) -> Bools:
        """Which parties are principals (N)."""
        board = self.game.board
        return np.asarray((board.principals >> np.arange(board.parties)) & 1 == 1)

    @property
    def consents(self) -> Consents:
        """The outside consents given by probability, with their chances here: (commitment, party)."""
        chances = self.game.setting.chance[self.draw]
        pairs = zip(self.game.rules.chances, chances, strict=True)
        return {one: float(chance) for one, chance in pairs}

    def row(self, mask: int) -> int:
        """The place of a possible package."""
        return int(np.searchsorted(self.game.board.masks, np.uint32(mask)))

    def consenters(self, mask: int) -> list[int]:
        """The parties without which a possible package is no deal."""
        consent = int(self.game.board.consent[self.row(mask)])
        return [i for i in range(self.game.board.parties) if consent >> i & 1]

    def lattice(self, mask: int, parts: Mapping[int, int] | None = None) -> Lattice:
        """The orders of a possible package, its commitments in so many `parts`."""
        game, gained = self.game, self.gains[self.row(mask)]
        return lattice_of(game.board, mask, gained, self.stops, game.ranks, parts=parts)


def point_of(
    document: Document,
    question: Question,
    *,
    draw: int | None = None,
    seed: int = 0,
    types: Mapping[str, str] | None = None,
) -> Point:
    """The central values (medians), or draw number `draw` (from 1) of the seed.

    Each party is of the type that is most likely after the signals, or of the one that
    `types` names. Raises ValueError for a draw, a party or a type that there is not.
    """
    dossier, (draws, variation) = document.dossier, numbers_at(draw)
    game = compile_game(dossier, draws=draws, seed=seed, variation=variation)
    chosen = types_at(document, question, types or {})
    stratum = stratum_of(dossier, game.parties, game.strata, chosen)
    worths, number = game.worths(stratum), draws - 1
    at = gains(game.board, worths, number, question.detail)
    return Point(game, worths, number, chosen, label_of(draw, seed), at)


def numbers_at(draw: int | None) -> tuple[int, Variation]:
    """How many draws a point takes, its own the last, and whether at their medians or as they are.

    Raises ValueError for a draw that there is not.
    """
    if draw is None:
        return 1, CENTRAL
    if draw < 1:
        raise ValueError(f"draws are counted from 1, not {draw}")
    return draw, AS_IT_IS


def label_of(draw: int | None, seed: int) -> str:
    """What numbers a point has, in words."""
    return "central values (medians)" if draw is None else f"draw {draw} of seed {seed}"


def types_at(document: Document, question: Question, types: Mapping[str, str]) -> Mapping[str, str]:
    """Of which type each party is: the likeliest after the signals, or as `types` says.

    Raises ValueError for a party or a type that there is not.
    """
    dossier = document.dossier
    evidence = weigh(dossier, question.as_of, question.first_day)
    likely = {
        party: list(dossier.types[party])[int(np.argmax(probabilities))]
        for party, probabilities in evidence.posteriors().items()
    }
    return {**likely, **_checked(document, types)}


def stratum_of(
    dossier: Dossier, parties: Sequence[str], strata: Ints, chosen: Mapping[str, str]
) -> int:
    """The stratum in which each party is of its chosen type."""
    kinds = [
        list(dossier.types[party]).index(chosen[party]) if party in chosen else 0
        for party in parties
    ]
    return int(np.flatnonzero((strata == kinds).all(axis=1))[0])


def _checked(document: Document, types: Mapping[str, str]) -> Mapping[str, str]:
    known = document.dossier.types
    for party, kind in types.items():
        if party not in known:
            having = ", ".join(known) or "none"
            raise ValueError(f"`{party}` has no types; the parties that have: {having}")
        if kind not in known[party]:
            raise ValueError(f"`{kind}` is no type of {party}; it has {', '.join(known[party])}")
    return types
