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

from summitry.game.board import Board, Rules, build_board, ranks_of
from summitry.game.kernels.carrying import Deeds
from summitry.game.kernels.level import (
    COMMITMENT,
    HOLDING_OUT,
    INTERESTS,
    NOT_REACHED,
    SIGNED,
    VETO,
)
from summitry.game.kernels.talks import Record
from summitry.game.numbers import Setting, Stakes, in_force, with_chances
from summitry.game.roadmap import lattice_of, stops_of
from summitry.game.run import How, Match, play_matches
from summitry.game.solutions import (
    acceptable_to_principals,
    after_vetoes,
    egalitarian,
    gains,
    kalai_smorodinsky,
    nash,
    pareto,
    that_can_be_signed,
    utilitarian,
)

CLOSE = 1e-9
Counts = dict[str, tuple[int, int]]
OBSTACLE = {
    SIGNED: None,
    INTERESTS: "interests",
    VETO: "veto",
    COMMITMENT: "commitment",
    HOLDING_OUT: "holding-out",
    NOT_REACHED: "not-reached",
}


class Read(NamedTuple):
    """A game as told, and as arrays."""

    game: dict[str, Any]
    rules: Rules
    board: Board
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
        names=tuple(commitment),
        parties=len(parties),
        principals=(1 << len(game["principals"])) - 1,
        movers=of("by", party),
        consent=of("consent", party),
        requires=of("requires", commitment),
        only_with=of("only_with", commitment),
        excludes=of("excludes", commitment),
        instant=np.array([c["instant"] for c in commitments], bool),
        linkages=masks(game["linkages"], commitment),
        chances=tuple((commitment[name], -1) for name in game["draws"][0]["chance"]),
        tier_all=masks([tier["all"] for tier in game["tiers"]], commitment),
        tier_any=masks([tier["any"] for tier in game["tiers"]], commitment),
    )


def read_numbers(game: dict[str, Any], rules: Rules, board: Board) -> tuple[Stakes, Setting]:
    """The draws of a game as arrays; honesty is 1 for the honest and 0 for the others."""
    parties = [*game["principals"], *game["stakeholders"]]
    draws, number = game["draws"], len(game["draws"])

    def table(key: str, *shape: int) -> np.ndarray:
        rows = [[draw[key].get(party, 1.0) for party in parties] for draw in draws]
        return np.array(rows, float).reshape(number, len(parties), *shape)

    stakes = Stakes(
        values=table("values", len(rules.movers)),
        linkages=table("linkage_values", len(rules.linkages)),
        reservation=table("no_agreement"),
        delay=table("delay_cost"),
        breach=table("breach_cost"),
        trust=table("trust"),
        honesty=table("honest"),
        firmness=table("firmness"),
    )
    lots = [rules.names[k] for k, _ in rules.chances]
    goes_on = np.array([draw["goes_on"] for draw in draws], bool)
    reversible = [c["reversible"] for c in game["commitments"]]
    power = [game["power"].get(party, 1.0) for party in parties]
    setting = Setting(
        reversible=np.tile(np.array(reversible, float), (number, 1)),
        knowledge=np.full(number, float(game["knowledge"])),
        learning=np.full(number, float(game["learning"])),
        power=np.tile(np.array(power, float), (number, 1)),
        chance=np.array([[draw["chance"][c] for c in lots] for draw in draws], float),
        granted=np.array([[draw["granted"][c] for c in lots] for draw in draws], bool),
        mood=np.ones((number, len(parties))),
        goes_on=goes_on,
        whole=np.array([draw["agenda"] == "package" for draw in draws], bool),
        ends=np.zeros(goes_on.shape[:2], bool),
        sincerity=np.full((number, len(parties)), 0.5),
        key=np.zeros(number, np.uint64),
        luck=np.array([[draw["choice"][str(m)] for m in board.masks] for draw in draws], float),
        firm=1.12,
        known=0.67,
        floor=0.12,
        choice=5.0,
    )
    return stakes, setting


def first_draw(read: Read) -> dict[str, Any]:
    """Gains, zones, frontier, solutions and roadmaps of the first draw in round 0."""
    game, rules, board, stakes, setting = read
    parties = [*game["principals"], *game["stakeholders"]]
    principals, masks = len(game["principals"]), board.masks
    worths = with_chances(stakes, setting.chance, rules)
    gained, stops = gains(board, worths, 0), stops_of(board, worths, setting.reversible[0], 0)
    first, second = acceptable_to_principals(board, gained), after_vetoes(board, gained)
    third = that_can_be_signed(board, gained, second, stops)
    left, left_masks = gained[second][:, :principals], masks[second]
    lattices = {
        int(mask): lattice_of(board, int(mask), row, stops, ranks_of(rules))
        for mask, row in zip(masks, gained, strict=True)
    }

    def order(mask: int, trust: np.ndarray | None) -> list[list[str]] | None:
        lattice = lattices[mask]
        steps = [[lattice.elements[x] for x in step] for step in lattice.order(trust)]
        return [[rules.names[c] for c in step] for step in steps] or None

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
            "nash": nash(left, left_masks, setting.power[0, :principals]),
            "kalai-smorodinsky": kalai_smorodinsky(left, left_masks),
            "egalitarian": egalitarian(left, left_masks),
            "utilitarian": utilitarian(left, left_masks),
        },
        "minimum_trust": {str(mask): lattice.least() for mask, lattice in lattices.items()},
        "roadmap": {str(m): order(m, stops.trust) for m in left_masks.tolist()},
        "roadmap_whatever_the_trust": {str(m): order(m, None) for m in left_masks.tolist()},
    }


def played(read: Read, protocol: str) -> tuple[Record, Deeds]:
    """What is signed in every draw, and what becomes of it."""
    game, rules, board, stakes, setting = read
    match = Match(
        board=board,
        worths=with_chances(stakes, setting.chance, rules),
        stakes=stakes,
        setting=setting,
        in_force=in_force(setting.granted, rules),
        ranks=ranks_of(rules),
        tiers=len(game["tiers"]),
    )
    return play_matches([match], How(protocol), 1)[0]


def efficient(read: Read) -> list[list[Any]]:
    """Per draw [mask, obstacle]."""
    record, _ = played(read, "efficient")
    return [
        [int(read.board.masks[chain[0]]) if chain[0] >= 0 else 0, OBSTACLE[int(why[0])]]
        for chain, why in zip(record.chain, record.why, strict=True)
    ]


def aspirations(read: Read) -> list[dict[str, Any]]:
    """Per draw what each round brings, and what becomes of what was signed."""
    record, deeds = played(read, "aspirations")
    return [
        {
            "rounds": [told_round(read, record, d, t) for t in range(record.why.shape[1])],
            "after": told_deeds(read, record, deeds, d),
        }
        for d in range(len(record.chain))
    ]


def told_round(read: Read, record: Record, d: int, t: int) -> list[Any]:
    """[all that is signed by its end, why there was no more in it, what stands in whose way]."""
    signed = [int(p) for p, w in zip(record.chain[d], record.when[d], strict=True) if w <= t]
    return [
        int(read.board.masks[signed[-1]]) if signed else 0,
        OBSTACLE[int(record.why[d, t])],
        {
            str(k): OBSTACLE[int(code)]
            for k, code in enumerate(record.stands[d, t], start=1)
            if code != SIGNED
        },
    ]


def told_deeds(read: Read, record: Record, deeds: Deeds, d: int) -> dict[str, Any] | None:
    """The steps of each agreement, what came into force and was done, and who stopped."""
    game, rules, board, stakes, setting = read
    parties = [*game["principals"], *game["stakeholders"]]
    worths = with_chances(stakes, setting.chance, rules)
    have, steps, last = 0, [], -1
    for k, p in enumerate(record.chain[d]):
        if p < 0:
            break
        gained = gains(board, worths, d, int(record.when[d, k]))[p]
        if k > 0:
            gained = (
                gained - gains(board, worths, d, int(record.when[d, k]))[record.chain[d, k - 1]]
            )
        stops, mask = stops_of(board, worths, setting.reversible[d], d), int(board.masks[p])
        lattice = lattice_of(board, mask, gained, stops, ranks_of(rules), have=have)
        order = lattice.order(stops.trust)
        steps.append([[rules.names[lattice.elements[x]] for x in step] for step in order])
        have, last = mask, k
    if last < 0:
        return None
    who = int(np.bitwise_or.reduce(deeds.stopped[d]))
    stopped = [name for k, name in enumerate(parties) if who >> k & 1]
    return {
        "steps": steps,
        "in_force": int(deeds.in_force[d, last]),
        "done": int(deeds.done[d, last]),
        "stopped_by": stopped or None,
    }


def results(read: Read) -> dict[str, Any]:
    """All results of a game in the shape of its `expected`, with `first_draw` spread out."""
    masks = read.board.masks.tolist()
    return {
        "packages": masks,
        "tier": {str(m): tier for m, tier in zip(masks, read.board.tiers.tolist(), strict=True)},
        **first_draw(read),
        "efficient": efficient(read),
        "aspirations": aspirations(read),
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
    if kind in ("efficient", "aspirations"):
        agree = sum(same(a, b) for a, b in zip(ours, theirs, strict=False))
        return agree, max(len(theirs), len(ours))
    return int(sorted(ours, key=str) == sorted(theirs, key=str)), 1


def compare(read: Read) -> Counts:
    """For each kind of result how many agree, and of how many; (0, 0) where none is given."""
    ours = results(read)
    expected = {**read.game["expected"], **read.game["expected"].get("first_draw", {})}
    return {
        kind: count(kind, mine, expected[kind]) if kind in expected else (0, 0)
        for kind, mine in ours.items()
    }


def read_game(game: dict[str, Any]) -> Read:
    """A game with its arrays. Raises ValueError, or what comes of a game of another shape."""
    rules = read_rules(game)
    board = build_board(rules)
    stakes, setting = read_numbers(game, rules, board)
    if not stakes.trust.size:
        raise ValueError("a game needs draws")
    if not game["expected"].keys() & {"packages", "tier", "first_draw", "efficient", "aspirations"}:
        raise ValueError("no expected results")
    dict(game["expected"].get("first_draw", {}))
    return Read(game, rules, board, stakes, setting)


def is_mine(data: Any) -> bool:
    """Whether a parsed file is a list of games that are played by aspirations."""
    return (
        isinstance(data, list) and bool(data) and isinstance(data[0], dict) and "power" in data[0]
    )


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
