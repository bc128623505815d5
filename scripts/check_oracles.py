"""Run games with known results and say how many of each kind of result agree.

    python scripts/check_oracles.py PATH...

A games file is a JSON list; each game names its parties, commitments, linkages, tiers, draws,
proposers, knowledge and learning, and under `expected` the results. Ends with 0 if all agree,
1 if any differs, 2 if a file cannot be read.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

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
OBSTACLE = {
    AGREED: None,
    INTERESTS: "interests",
    VETO: "veto",
    COMMITMENT: "commitment",
    INFORMATION: "information",
}


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


def results(game: dict[str, Any]) -> dict[str, Any]:
    """All results of a game in the shape of its `expected`."""
    rules = read_rules(game)
    board = build_board(rules)
    stakes, setting = read_numbers(game, rules)
    return {
        "packages": board.masks.tolist(),
        "tier": {
            str(m): t for m, t in zip(board.masks.tolist(), board.tiers.tolist(), strict=True)
        },
        **first_draw(game, board, stakes, setting),
        "efficient": [row[0] for row in played(board, stakes, setting, "efficient")],
        "offers": played(board, stakes, setting, "offers"),
    }


def same(ours: Any, theirs: Any) -> bool:
    """Equal, numbers within 1e-9; lists that stand for sets in any order."""
    if isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[k], theirs[k]) for k in theirs)
    if isinstance(theirs, float) or isinstance(ours, float):
        theirs = math.inf if theirs == "inf" else theirs
        return ours == theirs or abs(ours - theirs) <= CLOSE
    return bool(ours == theirs)


def compare(game: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """For each kind of result how many agree, and of how many; draws are counted one by one."""
    ours, expected = results(game), dict(game["expected"])
    expected |= expected.pop("first_draw", {})
    counts = {}
    for kind, theirs in expected.items():
        mine = ours[kind]
        if kind in ("efficient", "offers"):
            agree = sum(same(a, b) for a, b in zip(mine, theirs, strict=False))
            counts[kind] = agree, max(len(theirs), len(mine))
        elif isinstance(theirs, dict):
            keys = theirs.keys() | mine.keys()
            agree = sum(k in theirs and k in mine and same(mine[k], theirs[k]) for k in keys)
            counts[kind] = agree, len(keys)
        else:
            counts[kind] = int(same(sorted(mine), sorted(theirs))), 1
    return counts


def main() -> int:
    """Compare all files; returns the exit code."""
    parser = argparse.ArgumentParser(description="Run games with known results.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path in parser.parse_args().paths:
        try:
            games = json.loads(path.read_text(encoding="utf-8"))
            counted = [compare(game) for game in games]
        except (OSError, ValueError, KeyError, TypeError) as error:
            print(f"{path}: not a file of games: {error!r}", file=sys.stderr)
            return 2
        for counts in counted:
            for kind, (agree, number) in counts.items():
                totals[kind][0] += agree
                totals[kind][1] += number
    for kind, (agree, number) in totals.items():
        print(f"{kind}: {agree} of {number} agree")
    return int(any(agree < number for agree, number in totals.values()))


if __name__ == "__main__":
    sys.exit(main())
