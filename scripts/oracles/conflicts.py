"""Conflicts as told in files: read as models, and their labels set beside those of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from summitry.dossier.conditions import holds, parse_condition
from summitry.game.graph.fibers import Fibers
from summitry.game.graph.model import GraphModel, graph_model
from summitry.game.graph.moves import moves_from, nobody
from summitry.game.graph.preferences import from_ranking
from summitry.game.graph.simultaneous import index_of, simultaneous
from summitry.game.graph.stable import Layout, lay_out, stable_for

CONCEPTS = {"R": "nash", "GMR": "gmr", "SMR": "smr", "SEQ": "seq", "SIM": "sim"}
DIRECTIONS = {
    "both": (1, 1),
    "fwd": (1, 0),
    "N->Y only": (1, 0),
    "back": (0, 1),
    "Y->N only": (0, 1),
}


def tally(pairs: Sequence[tuple[Any, Any]]) -> tuple[int, int]:
    """How many pairs of results agree, and of how many."""
    return sum(ours == theirs for ours, theirs in pairs), len(pairs)


def labels(layout: Layout, payoffs: np.ndarray) -> dict[str, np.ndarray]:
    """For each concept where a state is stable for whom, (N, F)."""
    model = layout.model
    found = {name: np.zeros(payoffs.shape, bool) for name in CONCEPTS.values()}
    rows = np.arange(len(model.states), dtype=np.int32)
    for party in range(len(payoffs)):
        for name, stable in stable_for(layout, party, payoffs[None]).items():
            found[name][party] = stable[0]
        if model.options:
            index = index_of(model.states, len(model.options))
            found["sim"][party] = simultaneous(layout, index, party, payoffs, rows)
    return found


def label_pairs(
    found: Mapping[str, np.ndarray],
    told: Mapping[str, Any],
    names: Sequence[str],
    ids: Sequence[Any],
) -> list[tuple[bool, bool]]:
    """Ours beside theirs, label by label: for every concept state x party, then equilibria."""
    pairs = []
    for code, by_party in told.get("stable_by_dm", {}).items():
        for party, name in enumerate(names):
            ours = found[CONCEPTS[code]][party].tolist()
            pairs += list(zip(ours, [i in by_party[name] for i in ids], strict=True))
    equilibria = told.get("equilibria", told)
    for code, stable in equilibria.items():
        ours = found[CONCEPTS[code]].all(axis=0).tolist()
        pairs += list(zip(ours, [i in stable for i in ids], strict=True))
    return pairs


def moves_of(layout: Layout, ids: Sequence[Any]) -> list[dict[Any, list[Any]]]:
    """Every party's moves, state by state."""
    rows, told = np.arange(len(ids), dtype=np.int32), []
    for fibers in layout.fibers[: len(layout.model.parties)]:
        targets, begin = moves_from(fibers, rows, nobody(len(ids)))
        told.append(
            {
                ids[r]: sorted(ids[x] for x in targets[begin[r] : begin[r + 1]].tolist())
                for r in rows.tolist()
            }
        )
    return told


def move_pairs(layout: Layout, told: Sequence[Mapping[str, Any]], ids: Sequence[Any]) -> list:
    """Ours beside theirs: the moves of every party from every state."""
    return [
        (ours[i], sorted(theirs[str(i)]))
        for ours, theirs in zip(moves_of(layout, ids), told, strict=True)
        for i in ids
    ]


def directed(options: Sequence[str]) -> tuple[int, int]:
    """Which options can be taken up, and which given up, as masks."""
    ways = [DIRECTIONS[direction.split(" (")[0]] for direction in options]
    return (
        sum(up << k for k, (up, _) in enumerate(ways)),
        sum(down << k for k, (_, down) in enumerate(ways)),
    )


def option_model(case: dict[str, Any]) -> GraphModel:
    """The model of a case of options, with the states that a party does not know of."""
    names = [one["name"] for one in case["decision_makers"]]
    adds, drops = directed([option["direction"] for option in case["options"]])
    model = graph_model(
        names,
        [option["name"] for option in case["options"]],
        [1 << option["owner"] for option in case["options"]],
        states=[state["decimal"] for state in case["states"]],
        adds=adds,
        drops=drops,
    )
    seen = model.seen.copy()
    for name, patterns in case.get("misperceived_patterns", {}).items():
        for pattern in patterns:
            condition = parse_condition(pattern, model.options)
            seen[names.index(name)] &= ~holds(condition, model.states)
    return replace(model, seen=seen)


def listed_moves(ids: Sequence[int], moves: Mapping[str, Sequence[int]], party: int) -> Fibers:
    """A mover all of whose moves are barred but those listed."""
    number = len(ids)
    barred = [
        (a, b)
        for a in range(number)
        for b in range(number)
        if ids[b] not in moves.get(str(ids[a]), [])
    ]
    one, other = np.array(barred, np.int32).T
    rows = np.arange(number, dtype=np.int32)
    whole = np.array([0, number], np.int64)
    return Fibers(
        rows,
        whole,
        np.zeros(number, np.int32),
        0,
        0,
        0,
        one.copy(),
        other.copy(),
        np.array([party]),
    )


def variant_model(
    case: dict[str, Any], variant: dict[str, Any], barred: Sequence[int]
) -> tuple[Layout, Any]:
    """A variant of a case, with moves barred that undo an invasion from some states."""
    names, ids = list(variant["rankings_best_first"]), case["states"]
    adds, drops = directed([option["direction"] for option in case["options"]])
    owners = [1 << names.index(option["owner"]) for option in case["options"]]
    options = [option["name"] for option in case["options"]]
    model = graph_model(names, options, owners, states=ids, adds=adds, drops=drops)
    invade = next(o["bit"] for o in case["options"] if "invade" in o["name"])
    edges = [
        (names.index("NK"), ids.index(a), ids.index(b))
        for a in barred
        for b in ids
        if a >> invade & 1 and not b >> invade & 1
    ]
    model = replace(model, barred=np.array(edges, np.int64).reshape(-1, 3))
    orders = [[[ids.index(i)] for i in variant["rankings_best_first"][n]] for n in names]
    payoffs = np.stack([from_ranking(order, len(ids)) for order in orders])
    return lay_out(model), payoffs
