"""What every draw of every combination of types brings, before any weighing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.game.board import Floats
from summitry.game.compile import Game
from summitry.game.kernels.play import Record
from summitry.game.run import How, Match, play_matches

OBSTACLES = (
    "interests",
    "veto",
    "commitment",
    "information",
    "left-on-the-table",
    "settled-lower",
)


@dataclass(frozen=True)
class Outcomes:
    """The records of all strata, with the tier that each draw has reached by each round.

    `tier` is (strata, draws, rounds), 0 = no agreement so far; the others are the fields
    of `Record` with an axis of strata in front.
    """

    tier: np.ndarray
    package: np.ndarray
    when: np.ndarray
    failure: np.ndarray
    zones: np.ndarray
    better: np.ndarray
    offered: np.ndarray
    chance: np.ndarray


def play_all(
    game: Game,
    protocol: str,
    workers: int,
    advance: Callable[[int], None] = lambda _draws: None,
    *,
    survey: bool = True,
) -> Outcomes:
    """Play every stratum of a game; without `survey` only its agreements are right."""
    return gather(game, play_matches(matches_of(game), How(protocol, survey), workers, advance))


def play_several(games: Sequence[Game], protocol: str, workers: int) -> list[Outcomes]:
    """What several small games bring, on the same threads.

    With the survey: where nothing can be agreed, it finds that out sooner than a search for an offer.
    """
    matches = [match for game in games for match in matches_of(game)]
    records = iter(play_matches(matches, How(protocol, survey=True), workers))
    return [gather(game, [next(records) for _ in game.strata]) for game in games]


def matches_of(game: Game) -> list[Match]:
    """The strata of a game, ready to be played."""
    return [
        Match(game.board, game.stakes(stratum), game.setting, game.ghosts, game.beliefs)
        for stratum in range(len(game.strata))
    ]


def gather(game: Game, records: list[Record]) -> Outcomes:
    """The records of all strata as one."""

    def stacked(field: str) -> np.ndarray:
        return np.stack([getattr(record, field) for record in records])

    package, when = stacked("package"), stacked("when")
    rounds = np.arange(records[0].failure.shape[1])
    tiers = np.append(game.board.tiers, np.int8(0))[package]
    tier = np.where(when[..., None] <= rounds, tiers[..., None], 0)
    others = ("failure", "zones", "better", "offered", "chance")
    return Outcomes(tier, package, when, *(stacked(field) for field in others))


def tier_hits(outcomes: Outcomes, weights: Floats, t: int, tiers: int) -> Floats:
    """For every draw the weight of the strata that are at each tier by round t.

    Returns (draws, tiers + 1), "none" first. `weights` (strata) sum to 1.
    """
    at = outcomes.tier[:, :, t]
    return np.stack([weights @ (at == k) for k in range(tiers + 1)], axis=1)


def obstacle_codes(outcomes: Outcomes, t: int, k: int) -> np.ndarray:
    """What kept each draw from tier k or higher by round t: (strata, draws).

    -1 where nothing did, else an index into OBSTACLES. A draw that has agreed is judged by
    the zones of the round in which it did.
    """
    agreed = outcomes.when <= t
    judged = np.minimum(outcomes.when, t)
    zones = np.take_along_axis(outcomes.zones, judged[..., None, None].astype(np.intp), axis=2)[
        :, :, 0
    ]
    last = np.where(outcomes.failure[:, :, t] == 3, 2, 3)
    after = np.where(agreed, np.where(outcomes.better >= k, 4, 5), last)
    return np.select(
        [agreed & (outcomes.tier[:, :, t] >= k), *(zones[..., z] < k for z in range(3))],
        [-1, 0, 1, 2],
        after,
    )
