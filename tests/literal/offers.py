"""Both protocols, draw by draw: what full knowledge would bring, and offers round by round."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tests.literal.packages import (
    TOLERANCE,
    Numbers,
    Package,
    Rules,
    consents_by_chance,
    gain,
    mask_of,
    must_consent,
    possible_packages,
)
from tests.literal.roadmaps import order_of, self_enforcing
from tests.literal.solutions import nash
from tests.literal.zones import (
    COMMITMENT,
    INFORMATION,
    State,
    all_consent,
    first_empty,
    gains_of,
    is_enforced,
    zones_of,
)

SURE = 1e-9


class Kind(NamedTuple):
    """One type of a party: its prior weight and its numbers in every draw."""

    weight: float
    draws: tuple[Numbers, ...]


class Prior(NamedTuple):
    """The population that everyone has in mind.

    Of each party the mean of its numbers, and by (party, package, round) the standard
    deviation of its gain.
    """

    means: tuple[Numbers, ...]
    deviation: dict[tuple[int, Package, int], float]


class Believed(NamedTuple):
    """What the proposer takes another party's answer to a package to be."""

    chance: float
    gain: float


def normal_density(x: float) -> float:
    """φ(x)."""
    return math.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)


def normal_distribution(x: float) -> float:
    """Φ(x), accurate in the lower tail too."""
    return 0.5 * math.erfc(-x / math.sqrt(2))


def prior_mean(kinds: Sequence[Kind]) -> Numbers:
    """The mean of every number of a party over all draws, its types weighted by their prior."""
    total = sum(kind.weight for kind in kinds)

    def mean(name: str) -> np.ndarray:
        each = [np.mean([getattr(x, name) for x in kind.draws], axis=0) for kind in kinds]
        return sum(k.weight / total * m for k, m in zip(kinds, each, strict=True))

    return Numbers(*(tuple(m) if np.ndim(m := mean(f)) else float(m) for f in Numbers._fields))


def prior_deviation(kinds: Sequence[Kind], package: Package, rules: Rules, waited: int) -> float:
    """The standard deviation of the gain by a package over all draws and types of a party."""
    total = sum(kind.weight for kind in kinds)
    gains = [[gain(x, package, rules, waited) for x in kind.draws] for kind in kinds]
    weights = [[k.weight / total / len(k.draws)] * len(k.draws) for k in kinds]
    flat, share = np.concatenate(gains), np.concatenate(weights)
    return math.sqrt(share @ (flat - share @ flat) ** 2)


def prior_of(population: Sequence[Sequence[Kind]], rules: Rules, rounds: int) -> Prior:
    """The prior population of all parties, for every possible package and round."""
    return Prior(
        means=tuple(prior_mean(kinds) for kinds in population),
        deviation={
            (j, package, t): prior_deviation(kinds, package, rules, t)
            for j, kinds in enumerate(population)
            for package in possible_packages(rules)
            for t in range(rounds)
        },
    )


def blurred(truth: Numbers, ghost: Numbers, mean: Numbers, knowledge: float) -> Numbers:
    """x̂: a party's numbers as another one sees them through noise."""
    noise = math.sqrt(knowledge * (1 - knowledge))

    def blur(x, other, m):
        return m + knowledge * (x - m) + noise * (other - m)

    def each(xs, others, ms):
        return tuple(blur(*of) for of in zip(xs, others, ms, strict=True))

    return Numbers(
        values=each(truth.values, ghost.values, mean.values),
        linkages=each(truth.linkages, ghost.linkages, mean.linkages),
        reservation=blur(truth.reservation, ghost.reservation, mean.reservation),
        delay=blur(truth.delay, ghost.delay, mean.delay),
        breach=max(blur(truth.breach, ghost.breach, mean.breach), 0.0),
        trust=min(max(blur(truth.trust, ghost.trust, mean.trust), 0.0), 1.0),
    )


def believed(perceived: float, spread: float) -> Believed:
    """The chance of acceptance and the gain expected then, from μ and σ."""
    if spread <= SURE:
        return Believed(float(perceived >= -TOLERANCE), max(perceived, 0.0))
    x = perceived / spread
    chance = normal_distribution(x)
    if chance == 0.0:
        return Believed(0.0, 0.0)
    return Believed(chance, perceived + spread * normal_density(x) / chance)


def answers(
    package: Package, proposer: int, seen: Sequence[Numbers], spread: Sequence[float],
    waited: int, rules: Rules,
) -> dict[int, Believed]:  # fmt: skip
    """What the proposer believes of everybody else who must consent by points."""
    return {
        j: believed(gain(seen[j], package, rules, waited), spread[j])
        for j in sorted(must_consent(package, rules) - {proposer})
    }


def looks_enforced(
    package: Package, proposer: int, seen: Sequence[Numbers], told: dict[int, Believed],
    state: State, rules: Rules,
) -> bool:  # fmt: skip
    """Whether the proposer sees a roadmap: with its own numbers, and others' as it sees them."""
    own = gain(state.parties[proposer], package, rules, state.waited)
    gains = [own if j == proposer else told[j].gain if j in told else 0.0 for j in range(len(seen))]
    order = order_of(rules, seen, state.reversible)
    return self_enforcing(package, gains, order, [party.trust for party in seen])


def offer(
    proposer: int, seen: Sequence[Numbers], prior: Prior, knowledge: float, state: State,
    rules: Rules,
) -> Package | None:  # fmt: skip
    """The package that the proposer offers; None where it has nothing to offer."""
    scored = []
    for package in possible_packages(rules):
        own = gain(state.parties[proposer], package, rules, state.waited)
        if own < -TOLERANCE:
            continue
        spread = [
            prior.deviation[j, package, state.waited] * math.sqrt(1 - knowledge)
            for j in range(len(seen))
        ]
        told = answers(package, proposer, seen, spread, state.waited, rules)
        product = math.prod(answer.chance for answer in told.values()) * math.prod(
            state.chance[pair] for pair in consents_by_chance(package, rules)
        )
        if product > 0:
            scored.append((-own * product, -product, mask_of(package), package, told))
    for _, _, _, package, told in sorted(scored, key=lambda row: row[:3]):
        if looks_enforced(package, proposer, seen, told, state, rules):
            return package
    return None


def answer_to(package: Package | None, state: State, rules: Rules) -> str | None:
    """Why an offer failed; None where it was accepted."""
    if package is None or not all_consent(package, state, rules):
        return INFORMATION
    return None if is_enforced(package, state, rules) else COMMITMENT


def efficient(state: State, rules: Rules) -> tuple[Package | None, str | None]:
    """The Nash solution over Z3 of the first round, or the obstacle."""
    zones = zones_of(state, rules)
    zone = []
    for package in zones.enforced:
        gains = gains_of(package, state, rules)
        zone.append((mask_of(package), tuple(gains[i] for i in sorted(rules.principals))))
    found = nash(zone, [state.power[i] for i in sorted(rules.principals)])
    if found is None:
        return None, first_empty(zones, rules, 1)
    return next(package for package in zones.enforced if mask_of(package) == found), None
