"""Hypothesis strategies for whole small games, told in the format of the games files.

Parties trade: a commitment costs those who do it and is worth something to the others, so that
much is signed. What cannot be undone and costs nothing to stop cannot be signed by those who do
not trust, and ends halfway among those who do. Numbers are drawn from continuous distributions,
so that ties are rare, but for the ends of scales (trust, reversibility, knowledge at 0 and 1).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from tests.literal.games import rules_of
from tests.literal.packages import mask_of, possible_packages

MOST = 6


class Mood(NamedTuple):
    """What a game is like: the ends of its trusts, and its costs on average.

    `ease`: how likely a commitment is to be instant, and to be one that can be undone.
    """

    trust: tuple[float, float]
    breach: float
    delay: float
    outside: float
    ease: float


MOODS = (
    Mood(trust=(0.0, 0.2), breach=0.0, delay=0.0, outside=2.0, ease=0.1),  # nobody dares
    Mood(trust=(0.7, 1.0), breach=0.0, delay=0.3, outside=1.0, ease=0.1),  # many are let down
    Mood(trust=(0.0, 1.0), breach=3.0, delay=1.0, outside=-1.0, ease=0.6),  # much is credible
)


@st.composite
def told_games(
    draw, *, draws: int = 8, rounds: int | None = None, knowledge: float | None = None
) -> dict[str, Any]:
    """A game with 2 or 3 principals, up to 2 stakeholders, 2 to 6 commitments, 2 or 3 rounds."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    mood = MOODS[rng.integers(len(MOODS))]
    told, masks = structure(mood, rng)
    while len(masks) < 2:  # rules that leave nothing to choose from
        told, masks = structure(mood, rng)
    told["knowledge"] = between(0, 1, rng) if knowledge is None else knowledge
    told["learning"] = float(rng.uniform())
    told["power"] = {party: float(rng.choice([0.5, 1, 2])) for party in told["principals"]}
    told["draws"] = rows(told, masks, draws, rounds or int(rng.integers(2, 4)), mood, rng)
    return told


def structure(mood: Mood, rng: np.random.Generator) -> tuple[dict[str, Any], list[int]]:
    """Parties, commitments, linkages and tiers, with the packages that are possible."""
    principals = [f"p{i}" for i in range(rng.choice([2, 3], p=[0.6, 0.4]))]
    stakeholders = [f"k{i}" for i in range(rng.integers(0, 3))]
    ids = [f"c{k}" for k in range(rng.choice(range(2, MOST + 1), p=[0.1, 0.1, 0.2, 0.2, 0.4]))]
    commitments = [
        commitment(k, principals, stakeholders, ids, mood, rng) for k in range(len(ids))
    ]  # fmt: skip
    for one, other in zip(commitments[::2], commitments[1::2], strict=False):
        if rng.random() < 0.4 and one["id"] not in other["requires"] + other["excludes"]:
            one["only_with"], other["only_with"] = [other["id"]], [one["id"]]
    told = {
        "name": "generated",
        "principals": principals,
        "stakeholders": stakeholders,
        "commitments": commitments,
        "linkages": [
            pick(ids, min(len(ids), int(rng.integers(2, 4))), rng)
            for _ in range(rng.integers(0, 3))
        ],
        "tiers": tiers(ids, len(principals), rng),
        "power": {},
    }
    return told, [mask_of(package) for package in possible_packages(rules_of(told))]


def commitment(
    k: int, principals: list[str], stakeholders: list[str], ids: list[str], mood: Mood,
    rng: np.random.Generator,
) -> dict[str, Any]:  # fmt: skip
    """The k-th commitment; what it requires or excludes comes before it."""
    by = [principals[k % len(principals)]]  # so that all have something to trade
    if rng.random() < 0.15:
        by = pick([*principals, *stakeholders], 2, rng)
    elif stakeholders and rng.random() < 0.1:
        by = pick(stakeholders, 1, rng)
    before, others = ids[:k], [*ids[:k], *ids[k + 1 :]]
    requires = pick(before, 1, rng) if k and rng.random() < 0.25 else []
    only_with = pick(others, 1, rng) if rng.random() < 0.08 else []
    excludes = pick(before, 1, rng) if k and rng.random() < 0.08 else []
    return {
        "id": ids[k],
        "by": by,
        "instant": bool(rng.random() < mood.ease),
        "reversible": between(0, 1, rng) if rng.random() < mood.ease else 0.0,
        "requires": requires,
        "only_with": only_with,
        "excludes": [c for c in excludes if c not in requires + only_with],
        "consent": [party for party in stakeholders if rng.random() < 0.1],
    }


def tiers(ids: list[str], turn: int, rng: np.random.Generator) -> list[dict[str, Any]]:
    """One to four tiers, each asking for more than the one below, often for one of each mover."""
    order = ids if rng.random() < 0.7 else rng.permutation(ids).tolist()
    each = range(0, len(ids) + 1, turn) if rng.random() < 0.6 else range(len(ids) + 1)
    number = min(len(each), int(rng.choice([1, 2, 3, 4], p=[0.1, 0.2, 0.4, 0.3])))
    sizes = sorted(rng.choice(each, number, replace=False).tolist())
    return [
        {
            "all": sorted(order[:size]),
            "any": pick(order[size:], 2, rng) if size + 2 <= len(ids) and rng.random() < 0.2 else [],
        }
        for size in sizes
    ]  # fmt: skip


def rows(
    told: dict[str, Any], masks: list[int], draws: int, rounds: int, mood: Mood,
    rng: np.random.Generator,
) -> list[dict[str, Any]]:  # fmt: skip
    """Every draw's numbers, about what the game's draws have in common."""
    parties = [*told["principals"], *told["stakeholders"]]
    centre = {
        party: [worth(party, c["by"], rng) for c in told["commitments"]] for party in parties
    }  # fmt: skip
    linked = {party: rng.normal(0, 4, len(told["linkages"])) for party in parties}
    often = rng.choice([0.0, 0.3])
    asked = [c["id"] for c in told["commitments"] if rng.random() < often]

    def each(low: float, high: float) -> dict[str, float]:
        return {party: float(rng.uniform(low, high)) for party in parties}

    return [
        {
            "values": {party: rng.normal(centre[party], 2).tolist() for party in parties},
            "linkage_values": {p: rng.normal(linked[p], 1).tolist() for p in parties},
            "no_agreement": each(mood.outside - 2, mood.outside + 2),
            "trust": {party: between(*mood.trust, rng) for party in parties},
            "breach_cost": each(0, 2 * mood.breach),
            "delay_cost": each(0, 2 * mood.delay),
            "firmness": {p: float(rng.gamma(16) / 16) for p in told["principals"]},
            **consents(asked, rng),
            "honest": {party: bool(rng.random() < 0.4) for party in parties},
            "goes_on": (rng.random((rounds, len(told["tiers"]))) < 0.7).tolist(),
            "agenda": "package" if rng.random() < 0.3 else "steps",
            "choice": {str(mask): float(rng.uniform(1e-9, 1)) for mask in masks},
        }
        for _ in range(draws)
    ]


def worth(party: str, by: list[str], rng: np.random.Generator) -> float:
    """What a commitment is worth to a party, about: it costs those who do it."""
    return float(rng.uniform(-6, 1) if party in by else rng.uniform(1, 11))


def consents(asked: list[str], rng: np.random.Generator) -> dict[str, dict[str, Any]]:
    """The chance of each outside consent in one draw, some of them sure, and whether it is given."""
    chance = {c: between(0.1, 1, rng) for c in asked}
    return {"chance": chance, "granted": {c: bool(rng.random() < p) for c, p in chance.items()}}


def between(low: float, high: float, rng: np.random.Generator) -> float:
    """A number between two ends, often one of them."""
    return float(rng.choice([low, high]) if rng.random() < 0.3 else rng.uniform(low, high))


def pick(names: list[str], number: int, rng: np.random.Generator) -> list[str]:
    """Some of the names, in their order."""
    return sorted(rng.choice(names, number, replace=False).tolist())
