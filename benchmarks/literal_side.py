"""A dossier's game as the literal version in the tests reads it, so that both play the same one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from summitry.dossier.schema import Dossier  # noqa: E402
from summitry.game.compile import Game, compile_game, is_instant, judges_of  # noqa: E402
from summitry.game.numbers import Stakes  # noqa: E402
from tests.literal.games import FIELDS  # noqa: E402


def told_game(dossier: Dossier, draws: int, seed: int = 0) -> dict[str, Any]:
    """The first draws of a dossier, in the form of the files with known results."""
    rounds = range(len(dossier.rounds) or 1)
    game = compile_game(dossier, draws=draws, seed=seed, rounds=rounds)
    role = {name: party.role for name, party in dossier.parties.items()}
    commitments = [
        {
            "id": name,
            "by": [c.by] if isinstance(c.by, str) else list(c.by),
            "consent": judges_of(c),
            "requires": list(c.requires),
            "only_with": list(c.only_with),
            "excludes": list(c.excludes),
            "instant": is_instant(c),
            "reversible": None,  # each draw has its own
        }
        for name, c in dossier.commitments.items()
    ]
    return {
        "principals": [name for name in role if role[name] == "principal"],
        "stakeholders": [name for name in role if role[name] != "principal"],
        "commitments": commitments,
        "linkages": [list(linkage.together) for linkage in dossier.linkages],
        "tiers": [{"all": list(tier.all), "any": list(tier.any)} for tier in dossier.tiers],
        "draws": [_draw(game, d) for d in range(draws)],
        "types": {
            name: [
                {"prior": float(weight), "draws": [_numbers(stakes, d) for d in range(draws)]}
                for weight, stakes in zip(party.weights, party.stakes, strict=True)
            ]
            for name, party in zip(game.parties, game.populations, strict=True)
            if len(party.weights) > 1
        },
        "proposers": [[game.parties[i] for i in row] for row in game.setting.proposers],
        "ends": game.setting.ends.tolist(),
        "chances": [_chances(game, d) for d in range(draws)],
        "knowledge": None,
        "learning": None,
    }


def _draw(game: Game, d: int) -> dict[str, Any]:
    setting = game.setting
    first = {
        name: _numbers(party.stakes[0], d)
        for name, party in zip(game.parties, game.populations, strict=True)
    }
    return {
        **{field: {name: first[name][field] for name in first} for field in FIELDS},
        "reversible": setting.reversible[d].tolist(),
        "knowledge": float(setting.knowledge[d]),
        "learning": float(setting.learning[d]),
        "bargaining_power": dict(zip(game.parties, setting.power[d].tolist(), strict=True)),
    }


def _numbers(stakes: Stakes, d: int) -> dict[str, Any]:
    return {field: numbers[d].tolist() for field, numbers in zip(FIELDS, stakes, strict=True)}


def _chances(game: Game, d: int) -> dict[str, dict[str, list[Any]]]:
    found: dict[str, dict[str, list[Any]]] = {}
    for k, (commitment, party) in enumerate(game.chances):
        told = [float(game.setting.chance[d, k]), bool(game.setting.granted[d, k])]
        found.setdefault(commitment, {})[party] = told
    return found
