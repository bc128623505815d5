"""A told game as the arrays of the compiled version, so that both play the same one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from summitry.game.beliefs import Beliefs, Population, beliefs
from summitry.game.board import Board, Rules, build_board
from summitry.game.compile import stack
from summitry.game.numbers import Setting, Stakes
from tests.literal.games import FIELDS

Told = Mapping[str, Any]


class Compiled(NamedTuple):
    """What the compiled version plays: everything but the choice of a stratum."""

    board: Board
    populations: list[Population]
    setting: Setting
    ghosts: Stakes
    beliefs: Beliefs


def names_of(told: Told) -> tuple[list[str], list[str]]:
    """The parties, principals first, and the commitments."""
    return [*told["principals"], *told["stakeholders"]], [c["id"] for c in told["commitments"]]


def masks(sets: Sequence[Sequence[str]], names: Sequence[str]) -> np.ndarray:
    """Sets of names as bit masks."""
    return np.array([sum(1 << names.index(x) for x in set(xs)) for xs in sets], np.uint32)


def lots_of(told: Told) -> list[tuple[str, str]]:
    """The pairs (commitment, party) whose consent is a matter of chance."""
    first = told.get("chances", [{}])[0]
    return [(c, party) for c in names_of(told)[1] for party in first.get(c, {})]


def rules_in(told: Told) -> Rules:
    """The rules as masks."""
    parties, ids = names_of(told)

    def of(key: str, names: Sequence[str]) -> np.ndarray:
        return masks([c[key] for c in told["commitments"]], names)

    return Rules(
        parties=len(parties),
        principals=(1 << len(told["principals"])) - 1,
        movers=of("by", parties),
        consent=of("consent", parties),
        requires=of("requires", ids),
        only_with=of("only_with", ids),
        excludes=of("excludes", ids),
        instant=np.array([c["instant"] for c in told["commitments"]], bool),
        linkages=masks(told["linkages"], ids),
        chances=tuple((ids.index(c), parties.index(party)) for c, party in lots_of(told)),
        tier_all=masks([tier["all"] for tier in told["tiers"]], ids),
        tier_any=masks([tier["any"] for tier in told["tiers"]], ids),
    )


def stakes_in(rows: Sequence[Told]) -> Stakes:
    """One party's numbers, the axis of draws first."""
    return Stakes(*(np.array([row[field] for row in rows], float) for field in FIELDS))


def populations_in(told: Told) -> list[Population]:
    """Every party's types with their weights; one type where none is told."""
    found = []
    for party in names_of(told)[0]:
        common = [{field: row[field][party] for field in FIELDS} for row in told["draws"]]
        types = told.get("types", {}).get(party, [{"prior": 1.0, "draws": common}])
        weights = np.array([kind["prior"] for kind in types])
        stakes = [stakes_in(kind["draws"]) for kind in types]
        found.append(Population(weights / weights.sum(), stakes))
    return found


def ghosts_in(told: Told, populations: Sequence[Population]) -> Stakes:
    """In row d the numbers of draw d+1 (cyclic), each party of the type it has there."""
    rows = range(len(told["draws"]))
    types = told.get("ghost_types", [{} for _ in rows])
    columns = []
    for party, population in zip(names_of(told)[0], populations, strict=True):
        following = [(d + 1) % len(rows) for d in rows]
        chosen = [(population.stakes[types[d].get(party, 0)], d) for d in following]
        columns.append(
            Stakes(*(np.stack([stakes[k][d] for stakes, d in chosen]) for k in range(len(FIELDS))))
        )
    return stack(columns)


def setting_in(told: Told) -> Setting:
    """What a draw holds besides the stakes."""
    parties, draws, lots = names_of(told)[0], told["draws"], lots_of(told)
    proposers = np.array([[parties.index(name) for name in row] for row in told["proposers"]])
    chances = np.array([[told["chances"][d][c][party] for c, party in lots] for d in
                        range(len(draws))]).reshape(len(draws), len(lots), 2)  # fmt: skip
    common = [c["reversible"] for c in told["commitments"]]
    return Setting(
        reversible=np.array([row.get("reversible", common) for row in draws], float),
        knowledge=np.array([row.get("knowledge", told["knowledge"]) for row in draws], float),
        learning=np.array([row.get("learning", told["learning"]) for row in draws], float),
        power=np.array(
            [[row.get("bargaining_power", {}).get(name, 1.0) for name in parties] for row in draws]
        ),
        chance=chances[:, :, 0].astype(float),
        granted=chances[:, :, 1].astype(bool),
        proposers=proposers,
        ends=np.array(told["ends"], bool) if "ends" in told else np.zeros(proposers.shape, bool),
    )


def compiled(told: Told) -> Compiled:
    """A told game, ready for the compiled version."""
    board, populations = build_board(rules_in(told)), populations_in(told)
    setting = setting_in(told)
    known = beliefs(board, populations, setting.proposers.shape[1])
    return Compiled(board, populations, setting, ghosts_in(told, populations), known)


def stratum_stakes(populations: Sequence[Population]) -> list[Stakes]:
    """All parties' numbers in every stratum, in the order of the literal version."""
    kinds = itertools.product(*(population.stakes for population in populations))
    return [stack(list(chosen)) for chosen in kinds]
