"""One set of numbers of a dossier whose packages are too many to list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from summitry.analysis.asking import Question
from summitry.analysis.enforcement import Enforcement, enforcement_in
from summitry.analysis.point import Consents, label_of, numbers_at, stratum_of, types_at
from summitry.dossier.reader import Document
from summitry.game.board import Floats
from summitry.game.large.compile import LargeGame, compile_large, problem_of
from summitry.game.large.package import package_at
from summitry.game.large.problem import Problem, gains_of
from summitry.game.large.roadmap import Package
from summitry.game.numbers import Stakes


@dataclass(frozen=True)
class LargePoint:
    """One draw of a game, with each party of one type; `label` says what numbers these are.

    `worths` are the numbers with the chances of coming into force counted in.
    """

    game: LargeGame
    worths: Stakes
    draw: int
    types: Mapping[str, str]
    label: str
    problem: Problem

    @property
    def trust(self) -> Floats:
        """Each party's trust (N)."""
        trust: Floats = self.worths.trust[self.draw]
        return trust

    @property
    def consents(self) -> Consents:
        """The outside consents given by probability, with their chances here."""
        chances = self.game.setting.chance[self.draw]
        return {one: float(p) for one, p in zip(self.game.consents, chances, strict=True)}

    def package(self, mask: int) -> Package:
        """One package, as the searches for an order of its moves read it."""
        gained = gains_of(self.problem, mask)
        return package_at(self.game, self.worths, self.draw, mask, gained)

    def enforcement(self, mask: int) -> Enforcement:
        """What holds a package together."""
        return enforcement_in(self.package(mask), self.trust, self.game.parties)


def large_point(
    document: Document,
    question: Question,
    draw: int | None,
    seed: int,
    types: Mapping[str, str] | None,
) -> LargePoint:
    """The central values, or a draw, as `point_of` takes them."""
    draws, variation = numbers_at(draw)
    game = compile_large(document.dossier, draws=draws, seed=seed, variation=variation)
    chosen = types_at(document, question, types or {})
    worths = game.worths(stratum_of(document.dossier, game.parties, game.strata, chosen))
    number = draws - 1
    problem = problem_of(game, worths, number, question.detail)
    return LargePoint(game, worths, number, chosen, label_of(draw, seed), problem)
