"""Move one input of a dossier and measure, on the same draws, whether the forecast follows as it should.

    python scripts/directions.py [DOSSIER...] [--draws 512]

Prints for each change what it is expected to do, the measured change of the model's probability in
points with the standard error of the paired difference, and whether the sign holds within two of
these. Ends with 1 if any does not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from summitry.analysis.outcomes import Outcomes, play_all
from summitry.analysis.setup import prepare
from summitry.dossier.reader import load
from summitry.dossier.schema import Commitment, Dossier
from summitry.game.compile import Game, compile_game
from summitry.game.numbers import Stakes
from summitry.game.run import How

DOSSIERS = ("hanoi-2019", "panama-canal-1974", "camp-david-1978")
NONE, SIGNED, IN_FORCE, CARRIED = "no agreement", "signed", "in force", "carried out"


class Direction(NamedTuple):
    """A change of a game, what it moves, and the sign that is expected of it."""

    change: str
    moves: str
    sign: int
    make: Callable[[Game], Game] | None = None
    dossier: Callable[[Dossier], Dossier] | None = None
    settings: Callable[[Dossier], list[str]] | None = None


class Measured(NamedTuple):
    """The change in points of probability with the error of the paired difference."""

    dossier: str
    direction: Direction
    change: float
    standard_error: float

    @property
    def holds(self) -> bool:
        """Whether the sign is not the wrong one by more than two standard errors."""
        return self.direction.sign * self.change >= -2 * self.standard_error - 1e-9


def moved(game: Game, change: Callable[[int, Stakes], Stakes]) -> Game:
    """A game in which every party's numbers are changed, whatever its type."""
    populations = tuple(
        party._replace(stakes=[change(i, stakes) for stakes in party.stakes])
        for i, party in enumerate(game.populations)
    )
    return replace(game, populations=populations)


def _principal(game: Game, i: int) -> bool:
    return i in game.principals


def cheaper(game: Game) -> Game:
    """What costs a principal costs it half."""

    def change(i: int, stakes: Stakes) -> Stakes:
        values = np.where(stakes.values < 0, stakes.values / 2, stakes.values)
        return stakes._replace(values=values) if _principal(game, i) else stakes

    return moved(game, change)


def worse_outside(game: Game) -> Game:
    """Every principal has less without an agreement: by a tenth of the spread of its values."""

    def change(i: int, stakes: Stakes) -> Stakes:
        less = 0.1 * float(np.abs(stakes.values).sum(axis=1).mean())
        return stakes._replace(reservation=stakes.reservation - less * _principal(game, i))

    return moved(game, change)


def more_urgent(game: Game) -> Game:
    """A round without agreement costs every principal three times as much, and some at least."""

    def change(i: int, stakes: Stakes) -> Stakes:
        more = 0.02 * float(np.abs(stakes.values).sum(axis=1).mean())
        return stakes._replace(delay=3 * stakes.delay + more * _principal(game, i))

    return moved(game, change)


def more_honest(game: Game) -> Game:
    """Every party is honest where it was not, every other time."""

    def change(i: int, stakes: Stakes) -> Stakes:
        del i
        honesty = np.where(np.isnan(stakes.honesty), 0.5, stakes.honesty)
        return stakes._replace(honesty=(1 + honesty) / 2)

    return moved(game, change)


def guaranteed(game: Game) -> Game:
    """Stopping a deal costs every party a tenth of its values more."""

    def change(i: int, stakes: Stakes) -> Stakes:
        del i
        return stakes._replace(breach=stakes.breach + 0.1 * np.abs(stakes.values).sum(axis=1))

    return moved(game, change)


def trusting(share: float) -> Callable[[Game], Game]:
    """Everybody's trust multiplied."""

    def make(game: Game) -> Game:
        return moved(
            game, lambda _, stakes: stakes._replace(trust=np.minimum(stakes.trust * share, 1.0))
        )

    return make


def with_a_gift(dossier: Dossier) -> Dossier:
    """The dossier with a joint pledge that all principals like a little."""
    principals = [name for name, party in dossier.parties.items() if party.role == "principal"]
    gift = Commitment.model_validate({"by": principals, "kind": "pledge", "reversible": 1})
    given = load_number("1 to 3")
    values = {
        name: {**dossier.values.get(name, {}), "gift": given}
        if name in principals
        else dossier.values.get(name, {})
        for name in dossier.parties
    }
    return dossier.model_copy(
        update={"commitments": {**dossier.commitments, "gift": gift}, "values": values}
    )


def load_number(text: str) -> object:
    """A number as a dossier holds it."""
    return Commitment.model_fields and Dossier.model_validate(
        {"title": "x", "parties": {"a": {}}, "commitments": {"c": {"by": "a"}},
         "values": {"a": {"c": text}}}
    ).values["a"]["c"]  # fmt: skip


def surer(dossier: Dossier) -> list[str]:
    """Every outside consent almost certain, as settings."""
    return [
        f"commitments.{name}.consent.{party}=0.98"
        for name, commitment in dossier.commitments.items()
        if isinstance(commitment.consent, dict)
        for party in commitment.consent
    ]


DIRECTIONS = (
    Direction("concessions half as dear to both", NONE, -1, cheaper),
    Direction("a worse outside option for all", NONE, -1, worse_outside),
    Direction("a dearer delay for all", NONE, -1, more_urgent),
    Direction("one more item that all like", NONE, -1, dossier=with_a_gift),
    Direction("more honesty", CARRIED, +1, more_honest),
    Direction("a guarantee: stopping costs more", CARRIED, +1, guaranteed),
    Direction("outside consents almost certain", IN_FORCE, +1, settings=surer),
    Direction("trust doubled", SIGNED, +1, trusting(2.0)),
    Direction("trust a third of what it was", SIGNED, -1, trusting(1 / 3)),
)


def measured(name: str, draws: int) -> Iterator[Measured]:
    """All directions on one bundled dossier."""
    setup = prepare(name, {"draws": draws}, survey=False)
    weights = setup.weights
    before = setup.outcomes
    for direction in DIRECTIONS:
        dossier = setup.dossier
        if direction.settings is not None:
            changes = direction.settings(dossier)
            if not changes:
                continue
            dossier = load(name, changes).dossier
        if direction.dossier is not None:
            dossier = direction.dossier(dossier)
        game = compile_game(dossier, draws=draws, seed=setup.run.seed, rounds=setup.question.rounds)
        if direction.make is not None:
            game = direction.make(game)
        after = play_all(game, How(setup.question.protocol, survey=False), setup.run.workers)
        apart = told(after, direction.moves, weights) - told(before, direction.moves, weights)
        error = float(apart.std(ddof=1) / np.sqrt(draws))
        yield Measured(name, direction, 100 * float(apart.mean()), 100 * error)


def told(outcomes: Outcomes, moves: str, weights: np.ndarray) -> np.ndarray:
    """What a draw counts for, by the end of the first round: (draws)."""
    signed, force, carried = (
        outcomes.tier[..., 0],
        outcomes.in_force[..., 0],
        outcomes.carried[..., 0],
    )
    hit = {
        NONE: signed == 0,
        IN_FORCE: force,
        CARRIED: carried,
        SIGNED: signed,
    }[moves]
    found: np.ndarray = weights @ hit.astype(float)
    return found


def main() -> int:
    """Print the table; returns the exit code."""
    parser = argparse.ArgumentParser(description="Test the direction of the forecast's reactions.")
    parser.add_argument("dossiers", nargs="*", default=list(DOSSIERS))
    parser.add_argument("--draws", type=int, default=512)
    asked = parser.parse_args()
    wrong = 0
    print(
        "Change of the model by the end of the first round, on the same draws: of the probability of"
    )
    print("no agreement in points, of the mean tier signed, in force, carried out in hundredths")
    for name in asked.dossiers:
        for one in measured(name, asked.draws):
            sign = "falls" if one.direction.sign < 0 else "rises"
            verdict = "as expected" if one.holds else "WRONG"
            wrong += not one.holds
            print(
                f"{one.dossier:20} {one.direction.change:36} {one.direction.moves + ' ' + sign:36} "
                f"{one.change:+7.1f} ± {one.standard_error:.1f}  {verdict}"
            )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
