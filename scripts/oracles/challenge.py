"""The challenge model as replicated: rounds as JSON, or the log that its script prints.

A log carries no inputs: they are the table of the European emission standards (Bueno de
Mesquita 1994).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from oracles.sources import agreement, scenario_of
from summitry.analysis.positions.compromise import compromise
from summitry.analysis.positions.scholz import Round, rounds, voted_median
from summitry.analysis.positions.stands import Stands
from summitry.game.board import Floats

CLOSE = 1e-9
LOG_INPUT = "emission-standards.txt"
KIND = {True: "confrontation", False: "compromise"}
EVENT = re.compile(
    r"^(.+?) (loses confrontation to|compromises with) (.+)\n\s*(\S+) vs (\S+)\n\s*new_pos = (\S+)$",
    re.M,
)
Counts = dict[str, tuple[int, int]]


def is_mine(data: Any) -> bool:
    """Whether it is a run of the replication, as JSON or as a log."""
    if isinstance(data, str):
        return "new_pos = " in data and "Mean position:" in data
    return isinstance(data, dict) and "actors" in data and "q" in data and "rounds" in data


def input_of(data: Any) -> str | None:
    """The input of a log; a JSON file holds its own."""
    return LOG_INPUT if isinstance(data, str) else None


def compare(data: Any, source: Path | None, name: str) -> Counts:
    """How much of it agrees."""
    if isinstance(data, str):
        if source is None:
            raise ValueError("a log needs the table of its actors")
        return _log(data, source, name)
    if not data["rounds"]:
        raise ValueError("a run without rounds")
    actors = data["actors"]
    columns = ("Position", "Salience", "Capability")
    x, s, c = (np.array([float(actor[key]) for actor in actors]) for key in columns)
    names = [actor["Actor"] for actor in actors]
    return _rounds(data["rounds"], Stands(x, s, c, x.min(), x.max()), names, name)


def _rounds(told: list[Any], stands: Stands, names: list[str], name: str) -> Counts:
    ours = list(islice(rounds(stands), len(told)))
    pairs = list(zip(ours, told, strict=True))
    after = [stands._replace(positions=one.positions) for one in ours]
    found = {
        "positions": (
            abs(a - b) <= CLOSE for one, t in pairs for a, b in _both(one.positions, t, "positions")
        ),
        "risk exponents": (
            abs(a - b) <= CLOSE for one, t in pairs for a, b in _both(one.risk, t, "risk_exponent")
        ),
        "offers taken": (
            _same_offer(one, k, offer, names)
            for one, t in pairs
            for k, offer in enumerate(t.get("offers", ()))
        ),
        "means": (
            abs(float(compromise(at)) - t["mean"]) <= CLOSE
            for at, t in zip(after, told, strict=True)
            if "mean" in t
        ),
        "medians": (
            abs(voted_median(at) - t["median"]) <= CLOSE
            for at, t in zip(after, told, strict=True)
            if "median" in t
        ),
    }
    counts = {f"{name}: {kind}": agreement(pairs) for kind, pairs in found.items()}
    return {kind: count for kind, count in counts.items() if count[1]}


def _both(ours: Floats, told: Any, key: str) -> Iterator[tuple[float, float]]:
    """Ours beside what a round tells under a key; nothing where it does not."""
    return zip(ours, told.get(key, ours[:0]), strict=key in told)


def _same_offer(one: Round, k: int, offer: Any, names: list[str]) -> bool:
    if offer is None or one.offer[k] < 0:
        return offer is None and one.offer[k] < 0
    same = (names[one.offer[k]], KIND[bool(one.yields[k])]) == (offer["other"], offer["type"])
    gaps = abs(one.own[k] - offer["eu_self"]), abs(one.other[k] - offer["eu_other"])
    return same and max(gaps) <= CLOSE


def _log(text: str, source: Path, name: str) -> Counts:
    scenario = scenario_of(source)
    issue = next(iter(scenario.issues.values()))
    names = list(issue.stands)
    x = np.array([issue.stands[key].position for key in names])
    s = np.array([issue.stands[key].salience for key in names])
    c = np.array([scenario.actors[key].power for key in names])
    stands = Stands(x, s, c, x.min(), x.max())
    blocks = re.split(r"^ROUND \d+$", text, flags=re.M)
    told = [EVENT.findall(block) for block in blocks[1:]]
    means = [float(mean) for mean in re.findall(r"Mean position: (\S+)", text)]
    ours = list(islice(rounds(stands), len(told)))
    reached = [stands, *(stands._replace(positions=one.positions) for one in ours)]
    return {
        f"{name}: moves": agreement(
            same for one, events in zip(ours, told, strict=True) for same in _moves(one, events, names)
        ),
        f"{name}: means": agreement(
            abs(float(compromise(at)) - mean) <= CLOSE for at, mean in zip(reached, means, strict=True)
        ),
    }  # fmt: skip


def _moves(one: Round, events: list[Any], names: list[str]) -> Iterator[bool]:
    """Whether each move of a round is ours, and each of ours is in it."""
    seen = set()
    for actor, verb, other, own, theirs, place in events:
        k = names.index(actor)
        seen.add(k)
        same = one.offer[k] >= 0 and names[one.offer[k]] == other
        numbers = (one.own[k], own), (one.other[k], theirs), (one.positions[k], place)
        yield (
            same
            and bool(one.yields[k]) == verb.startswith("loses")
            and all(abs(ours - float(theirs_)) <= CLOSE for ours, theirs_ in numbers)
        )
    yield from (False for k in np.flatnonzero(one.offer >= 0) if int(k) not in seen)
