"""Small games with all results of the model: packages, zones, solutions, protocols.

A games file is a JSON list; each game names its parties, commitments, linkages, tiers, draws,
proposers, knowledge and learning, and under `expected` the results.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from summitry.game.beliefs import Population, beliefs
from summitry.game.board import Board, Rules, build_board
from summitry.game.kernels.play import AGREED, COMMITMENT, INFORMATION, INTERESTS, VETO
from summitry.game.numbers import Setting, Stakes, follow
from summitry.game.roadmap import minimum_trust, stops_of
from summitry.game.run import play
from summitry.game.solutions import (
    acceptable_to_principals,
    after_vetoes,
    egalitarian,
    gains,
    kalai_smorodinsky,
    nash,
    pareto,
    utilitarian,
    with_roadmap,
)

CLOSE = 1e-9
Counts = dict[str, tuple[int, int]]
OBSTACLE = {
    AGREED: None,
    INTERESTS: "interests",
    VETO: "veto",
    COMMITMENT: "commitment",
    INFORMATION: "information",
}


class Read(NamedTuple):
    """A game as told, and as arrays."""

    game: dict[str, Any]
    rules: Rules
    stakes: Stakes
    setting: Setting


def read_rules(game: dict[str, Any]) -> Rules:
    """The rules of a game as masks."""
    parties = [*game["principals"], *game["stakeholders"]]
    party = {name: k for k, name in enumerate(parties)}
    commitments = game["commitments"]
    commitment = {c["id"]: k for k, c in enumerate(commitments)}

    def masks(lists: list[list[str]], index: dict[str, int]) -> np.ndarray:
        return np.array([sum(1 << index[x] for x in set(xs)) for xs in lists], np.uint32)

    def of(key: str, index: dict[str, int]) -> np.ndarray:
        return masks([c.get(key, []) for c in commitments], index)

    return Rules(
        parties=len(parties),
        principals=(1 << len(game["principals"])) - 1,
        movers=of("by", party),
        consent=of("consent", party),
        requires=of("requires", commitment),
        only_with=of("only_with", commitment),
        excludes=of("excludes", commitment),
        instant=np.array([c["instant"] for c in commitments], bool),
        linkages=masks(
            [x["together"] if isinstance(x, dict) else x for x in game["linkages"]], commitment
        ),
        chances=(),
        tier_all=masks([tier["all"] for tier in game["tiers"]], commitment),
        tier_any=masks([tier["any"] for tier in game["tiers"]], commitment),
    )


def read_numbers(game: dict[str, Any], rules: Rules) -> tuple[Stakes, Setting]:
    """The draws of a game as arrays."""
    parties = [*game["principals"], *game["stakeholders"]]
    draws, number = game["draws"], len(game["draws"])

    def table(key: str, *shape: int) -> np.ndarray:
        rows = [[draw[key][party] for party in parties] for draw in draws]
        return np.array(rows, float).reshape(number, len(parties), *shape)

    stakes = Stakes(
        values=table("values", len(rules.movers)),
        linkages=table("linkage_values", len(rules.linkages)),
        reservation=table("no_agreement"),
        delay=table("delay_cost"),
        breach=table("breach_cost"),
        trust=table("trust"),
    )
    proposers = np.array([[parties.index(name) for name in row] for row in game["proposers"]])
    reversible = [c["reversible"] for c in game["commitments"]]
    setting = Setting(
        reversible=np.tile(np.array(reversible, float), (number, 1)),
        knowledge=np.full(number, float(game["knowledge"])),
        learning=np.full(number, float(game["learning"])),
        power=np.ones((number, len(parties))),
        chance=np.zeros((number, 0)),
        granted=np.zeros((number, 0), bool),
        proposers=proposers,
        ends=np.zeros(proposers.shape, bool),
    )
    return stakes, setting


def first_draw(game: dict[str, Any], board: Board, stakes: Stakes, setting: Setting) -> dict:
    """Gains, zones, frontier, solutions and minimum trust of the first draw in round 0."""
    parties = [*game["principals"], *game["stakeholders"]]
    principals, masks = len(game["principals"]), board.masks
    gained = gains(board, stakes, 0)
    first = acceptable_to_principals(board, gained)
    second = after_vetoes(board, gained)
    third = with_roadmap(board, gained, second, stakes, setting.reversible[0], 0)
    left, left_masks = gained[second][:, :principals], masks[second]
    stops = stops_of(board, stakes, setting.reversible[0], 0)
    power = np.ones(principals)
    return {
        "gains": {
            str(mask): dict(zip(parties, row.tolist(), strict=True))
            for mask, row in zip(masks.tolist(), gained, strict=True)
        },
        "acceptable_to_principals": masks[first].tolist(),
        "after_vetoes": left_masks.tolist(),
        "with_roadmap": masks[third].tolist(),
        "pareto_after_vetoes": left_masks[pareto(left)].tolist(),
        "solutions_after_vetoes": {
            "nash": nash(left, left_masks, power),
            "kalai-smorodinsky": kalai_smorodinsky(left, left_masks),
            "egalitarian": egalitarian(left, left_masks),
            "utilitarian": utilitarian(left, left_masks),
        },
        "minimum_trust": {
            str(mask): minimum_trust(board, mask, row, stops)
            for mask, row in zip(masks.tolist(), gained, strict=True)
        },
    }


def played(board: Board, stakes: Stakes, setting: Setting, protocol: str) -> list[list[Any]]:
    """Per draw a list of [mask, obstacle], one a round until there is an agreement."""
    rounds = setting.proposers.shape[1]
    population = [
        Population(np.ones(1), [Stakes(*(x[:, j] for x in stakes))]) for j in range(board.parties)
    ]
    known = beliefs(board, population, rounds)
    record = play(board, stakes, setting, follow(stakes), known, protocol=protocol)
    told = []
    for draw, when in enumerate(record.when.tolist()):
        lost = record.failure[draw, : min(when, rounds)].tolist()
        row: list[Any] = [[0, OBSTACLE[code]] for code in lost]
        if when < rounds:
            row.append([int(board.masks[record.package[draw]]), None])
        told.append(row)
    return told


def results(game: dict[str, Any], rules: Rules, stakes: Stakes, setting: Setting) -> dict[str, Any]:
    """All results of a game in the shape of its `expected`, with `first_draw` spread out."""
    board = build_board(rules)
    tiers = zip(board.masks.tolist(), board.tiers.tolist(), strict=True)
    return {
        "packages": board.masks.tolist(),
        "tier": {str(mask): tier for mask, tier in tiers},
        **first_draw(game, board, stakes, setting),
        "efficient": [row[0] for row in played(board, stakes, setting, "efficient")],
        "offers": played(board, stakes, setting, "offers"),
    }


def same(ours: Any, theirs: Any) -> bool:
    """Equal, numbers within 1e-9."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[k], theirs[k]) for k in theirs)
    if isinstance(ours, float):
        theirs = math.inf if theirs == "inf" else theirs
        return isinstance(theirs, int | float) and (ours == theirs or abs(ours - theirs) <= CLOSE)
    return bool(ours == theirs)


def count(kind: str, ours: Any, theirs: Any) -> tuple[int, int]:
    """How many results of one kind agree, and of how many; draws are counted one by one.

    Lists of packages stand for sets: their order does not matter.
    """
    if isinstance(ours, dict):
        theirs = theirs if isinstance(theirs, dict) else {}
        keys = theirs.keys() | ours.keys()
        return sum(k in theirs and k in ours and same(ours[k], theirs[k]) for k in keys), len(keys)
    theirs = theirs if isinstance(theirs, list) else []
    if kind in ("efficient", "offers"):
        agree = sum(same(a, b) for a, b in zip(ours, theirs, strict=False))
        return agree, max(len(theirs), len(ours))
    return int(sorted(ours, key=str) == sorted(theirs, key=str)), 1


def compare(read: Read) -> Counts:
    """For each kind of result how many agree, and of how many; (0, 0) where none is given."""
    ours = results(*read)
    expected = {**read.game["expected"], **read.game["expected"].get("first_draw", {})}
    return {
        kind: count(kind, mine, expected[kind]) if kind in expected else (0, 0)
        for kind, mine in ours.items()
    }


def read_game(game: dict[str, Any]) -> Read:
    """A game with its arrays. Raises ValueError, or what comes of a game of another shape."""
    rules = read_rules(game)
    stakes, setting = read_numbers(game, rules)
    if not stakes.trust.size or len(setting.proposers) != len(stakes.trust):
        raise ValueError("a game needs draws, and a row of proposers for each")
    if not game["expected"].keys() & {"packages", "tier", "first_draw", "efficient", "offers"}:
        raise ValueError("no expected results")
    dict(game["expected"].get("first_draw", {}))
    return Read(game, rules, stakes, setting)


def is_mine(data: Any) -> bool:
    """Whether a parsed file is a list of games."""
    return isinstance(data, list)


def read(data: Any, path: Path) -> Iterator[Callable[[], Counts]]:
    """The comparisons of a file, to be run. Raises ValueError where it holds no games."""
    del path
    if not data:
        raise ValueError("a list of games is wanted")
    try:
        games = [read_game(game) for game in data]
    except KeyError as error:
        raise ValueError(f"a game without, or that names something unknown: {error}") from None
    except (TypeError, LookupError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"not a file of games: {error}") from None
    return (partial(compare, game) for game in games)
