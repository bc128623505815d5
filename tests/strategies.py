"""Hypothesis strategies for whole small games.

A game is first told in the format of the games files (`told_games`), which the literal version
reads; `games` gives the same games as the arrays of the compiled version. All numbers are drawn
from continuous distributions, so that ties are rare.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from tests.literal.bridge import compiled, rules_in, stratum_stakes

MOST = 6


@st.composite
def told_games(draw, *, draws: int = 8, knowledge=None, rounds: int = 2, everything: bool = False):
    """A game with 2 or 3 principals, up to 2 stakeholders and 3 to 6 commitments.

    With `everything` also types, consent by chance, numbers of the setting that differ from
    draw to draw, and talks that break down.
    """
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    told = structure(rng)
    told["draws"] = draw_numbers(told, draws, rng)
    told["knowledge"] = rng.uniform() if knowledge is None else knowledge
    told["learning"] = 0.5
    told["proposers"] = rng.choice(told["principals"], (draws, rounds)).tolist()
    return {**told, **extras(told, rounds, rng)} if everything else told


@st.composite
def games(draw, draws: int = 8, knowledge: float | None = None, rounds: int = 2):
    """Rules, stakes and setting of a game of `told_games` without types."""
    told = draw(told_games(draws=draws, knowledge=knowledge, rounds=rounds))
    game = compiled(told)
    return rules_in(told), stratum_stakes(game.populations)[0], game.setting


def structure(rng: np.random.Generator) -> dict[str, Any]:
    """Parties, commitments, linkages and tiers."""
    principals = [f"p{i}" for i in range(rng.integers(2, 4))]
    stakeholders = [f"k{i}" for i in range(rng.integers(0, 3))]
    number = int(rng.integers(3, MOST + 1))
    ids = [f"c{k}" for k in range(number)]
    commitments = [commitment(k, principals, stakeholders, ids, rng) for k in range(number)]
    some = rng.choice(ids, rng.integers(1, 3), replace=False).tolist()
    return {
        "name": "generated",
        "principals": principals,
        "stakeholders": stakeholders,
        "commitments": commitments,
        "linkages": [pick(ids, 2, rng) for _ in range(rng.integers(0, 3))],
        "tiers": [
            {"all": [], "any": some if rng.random() < 0.2 else []},
            {"all": pick(ids, 1, rng), "any": []},
            {"all": pick(ids, 2, rng), "any": some},
        ],
    }


def commitment(
    k: int, principals: list[str], stakeholders: list[str], ids: list[str], rng: np.random.Generator
) -> dict[str, Any]:
    """The k-th commitment; what it needs or excludes comes before it."""
    parties = [*principals, *stakeholders]
    by = pick(parties, 2, rng) if rng.random() < 0.2 else pick(principals, 1, rng)
    before = ids[:k]
    requires = pick(before, 1, rng) if k and rng.random() < 0.25 else []
    only_with = pick(before, 1, rng) if k and rng.random() < 0.15 else []
    excludes = pick(before, 1, rng) if k and rng.random() < 0.1 else []
    return {
        "id": ids[k],
        "by": by,
        "instant": bool(rng.random() < 0.4),
        "reversible": float(rng.choice([0.0, 0.3, 0.5, 0.9, 1.0])),
        "requires": requires,
        "only_with": only_with,
        "excludes": [c for c in excludes if c not in requires + only_with],
        "consent": [party for party in stakeholders if rng.random() < 0.25],
    }


def pick(names: list[str], number: int, rng: np.random.Generator) -> list[str]:
    """Some of the names, in their order."""
    return sorted(rng.choice(names, number, replace=False).tolist())


def draw_numbers(told: dict[str, Any], draws: int, rng: np.random.Generator) -> list[dict]:
    """Every draw's numbers: what costs those who do it and is worth something to others."""
    parties = [*told["principals"], *told["stakeholders"]]
    centre = {
        party: [
            rng.normal(-4, 3) if party in c["by"] else rng.normal(6, 5) for c in told["commitments"]
        ]
        for party in parties
    }
    linked = {party: rng.normal(0, 4, len(told["linkages"])) for party in parties}
    return [
        {
            "values": {party: rng.normal(centre[party], 5).tolist() for party in parties},
            "linkage_values": {party: rng.normal(linked[party], 2).tolist() for party in parties},
            "no_agreement": {party: float(rng.normal(2, 3)) for party in parties},
            "trust": {party: float(rng.uniform()) for party in parties},
            "breach_cost": {party: float(rng.uniform(0, 5)) for party in parties},
            "delay_cost": {party: float(rng.uniform(0, 2)) for party in parties},
        }
        for _ in range(draws)
    ]


def extras(told: dict[str, Any], rounds: int, rng: np.random.Generator) -> dict[str, Any]:
    """Types, chances, breakdown, and settings that differ from draw to draw."""
    draws, parties = told["draws"], [*told["principals"], *told["stakeholders"]]
    types = {
        party: [one_type(draws, party, rng) for _ in range(rng.integers(2, 4))]
        for party in told["principals"][:2]
        if rng.random() < 0.7
    }
    lots = [
        (c["id"], party)
        for c in told["commitments"]
        for party in told["stakeholders"]
        if rng.random() < 0.2
    ]
    return {
        "types": types,
        "ghost_types": [{p: int(rng.integers(len(t))) for p, t in types.items()} for _ in draws],
        "chances": [chances(lots, rng) for _ in draws],
        "ends": (rng.random((len(draws), rounds)) < 0.2).tolist(),
        "draws": [
            {
                **row,
                "reversible": rng.uniform(size=len(told["commitments"])).tolist(),
                "knowledge": float(rng.choice([0.0, rng.uniform(), 1.0])),
                "learning": float(rng.uniform()),
                "bargaining_power": {party: float(rng.uniform(0.5, 2)) for party in parties},
            }
            for row in draws
        ],
    }


def one_type(draws: list[dict], party: str, rng: np.random.Generator) -> dict[str, Any]:
    """A type of a party: its values scaled, its trust and breach cost its own."""
    scale = rng.uniform(0.5, 1.5)
    rows = [
        {
            **{field: numbers[party] for field, numbers in row.items()},
            "values": [scale * value for value in row["values"][party]],
            "trust": float(rng.uniform()),
            "breach_cost": float(rng.uniform(0, 5)),
        }
        for row in draws
    ]
    return {"prior": float(rng.uniform(0.2, 1)), "draws": rows}


def chances(lots: list[tuple[str, str]], rng: np.random.Generator) -> dict[str, Any]:
    """For one draw the chance of each consent, and whether it is given."""
    drawn: dict[str, Any] = {}
    for c, party in lots:
        probability = float(rng.uniform(0.1, 1))
        drawn.setdefault(c, {})[party] = [probability, bool(rng.random() < probability)]
    return drawn
