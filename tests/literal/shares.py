"""The forecast of a game from its strata: how often each tier, and what kept it away."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from tests.literal.games import Game, Outcome, state_of, strata_of
from tests.literal.packages import tier_of
from tests.literal.zones import obstacle_to


def prior_weights(game: Game) -> list[float]:
    """The prior weight of each stratum: the product of its types' shares."""
    totals = [sum(kind.weight for kind in kinds) for kinds in game.population]
    return [
        math.prod(
            kinds[k].weight / total
            for kinds, k, total in zip(game.population, stratum, totals, strict=True)
        )
        for stratum in strata_of(game)
    ]


def obstacle_by(
    game: Game, stratum: Sequence[int], draw: int, outcome: Outcome, t: int, tier: int
) -> str | None:
    """What kept one draw from a tier or higher by round t; None where it got there.

    Judged with the reservation values of the round of its agreement, or else of the last
    round up to t that was played.
    """
    played = min(t, len(outcome.rounds) - 1)
    agreed = outcome.agreed if t >= len(outcome.rounds) - 1 else None
    state = state_of(game, stratum, draw, played)
    return obstacle_to(tier, agreed, outcome.rounds[played], state, game.rules)


def shares_by(
    game: Game, outcomes: Mapping[tuple[int, int], Outcome], t: int, tier: int
) -> dict[str | None, float]:
    """The share of each obstacle to a tier or higher by round t; under None, of success.

    `outcomes` goes by (stratum, draw); the shares sum to 1.
    """
    draws = len(game.told["draws"])
    shares: Counter[str | None] = Counter()
    for s, (stratum, weight) in enumerate(zip(strata_of(game), prior_weights(game), strict=True)):
        for draw in range(draws):
            obstacle = obstacle_by(game, stratum, draw, outcomes[s, draw], t, tier)
            shares[obstacle] += weight / draws
    return dict(shares)


def tiers_by(
    game: Game, outcomes: Mapping[tuple[int, int], Outcome], t: int
) -> dict[int, float]:  # fmt: skip
    """The share of draws at each tier by round t; 0 is no agreement so far."""
    draws = len(game.told["draws"])
    shares: Counter[int] = Counter()
    for s, weight in enumerate(prior_weights(game)):
        for draw in range(draws):
            outcome = outcomes[s, draw]
            there = outcome.agreed is not None and t >= len(outcome.rounds) - 1
            shares[tier_of(outcome.agreed, game.rules) if there else 0] += weight / draws
    return dict(shares)
