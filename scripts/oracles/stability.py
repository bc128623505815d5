"""Conflicts with every label of the graph model: classics, published cases, random models.

A file is one JSON object of one of five shapes: 2x2 games with their equilibria; 2x2 games with
the outcomes of the theory of moves; a case of options, with orders and moves; a case as a graph
of states; a case in several variants; random models.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from oracles.conflicts import (
    CONCEPTS,
    directed,
    label_pairs,
    labels,
    listed_moves,
    move_pairs,
    option_model,
    tally,
    variant_model,
)
from summitry.dossier.conditions import holds, parse_condition
from summitry.game.graph.coalitions import improvements_of, reached_by
from summitry.game.graph.model import GraphModel, graph_model
from summitry.game.graph.preferences import from_ranking, from_statements
from summitry.game.graph.sanctions import RULES, alternating
from summitry.game.graph.stable import Layout, lay_out
from summitry.game.graph.theory_of_moves import nonmyopic

Counts = dict[str, tuple[int, int]]
CIRCLE = ("CC", "CD", "DD", "DC")


# 2x2 games


def classic(game: dict[str, Any]) -> Counts:
    """Equilibria, and where looking ahead ends, of one 2x2 game."""
    model = graph_model(["row", "column"], ["row defects", "column defects"], [1, 2])
    payoffs = np.array([game["payoffs_row_col"][c] for c in ("CC", "DC", "CD", "DD")], float).T
    found = labels(lay_out(model), payoffs)
    pairs = label_pairs(found, game["equilibria"], [], ["CC", "DC", "CD", "DD"])
    cells = [game["payoffs_row_col"][c] for c in CIRCLE]
    told = game["theory_of_moves_NME_from_each_start"]
    ends = [
        (sorted(CIRCLE[e] for e in nonmyopic(cells, s)), sorted(told[c]))
        for s, c in enumerate(CIRCLE)
    ]
    return {f"{game['game']}, equilibria": tally(pairs), f"{game['game']}, moves": tally(ends)}


def ordinal(games: Sequence[dict[str, Any]]) -> Counts:
    """Where looking ahead ends in each of the ordinal 2x2 games, and how many ends there are."""
    pairs: list[tuple[Any, Any]] = []
    for game in games:
        ends = [nonmyopic(game["cells_cyclic"], s) for s in range(4)]
        told = [sorted(game["outcome_from_start"][str(s)]) for s in range(4)]
        conflict = not any(min(cell) == 4 for cell in game["cells_cyclic"])
        ours = (ends, len({e for some in ends for e in some}), conflict)
        pairs.append((ours, (told, game["n_nme"], game["conflict_game"])))
    return {f"{len(games)} ordinal games": tally(pairs)}


# cases of options


def option_case(case: dict[str, Any]) -> Counts:
    """Moves, labels under every rule of sanctions, statements and counts of one case."""
    model, name = option_model(case), case["id"]
    ids = [state["id"] for state in case["states"]]
    payoffs = np.array([case["payoffs_ordinal_higher_better"][p] for p in model.parties], float)
    counts = {f"{name}, moves": tally(_seen_moves(case, model, ids))}
    told = case.get("reference") or {"closure": case["gmcr_plus_dense_solver"]}
    for sanctions, results in told.items():
        found = labels(lay_out(model, sanctions), payoffs)
        counts[f"{name}, {sanctions}"] = tally(label_pairs(found, results, model.parties, ids))
    listed = case.get("preference_statements_most_important_first", {})
    orders = [
        (_stated(listed[p], model), row)
        for p, row in zip(model.parties, payoffs, strict=True)
        if p in listed
    ]
    if orders:
        same = [
            (np.argsort(np.argsort(a)).tolist(), np.argsort(np.argsort(b)).tolist())
            for a, b in orders
        ]
        counts[f"{name}, statements"] = tally(same)
    if "inverse" in case:
        counts[f"{name}, orders that make a state stable"] = inverse(case, model, payoffs, ids)
    return counts


def _seen_moves(case: dict[str, Any], model: GraphModel, ids: Sequence[int]) -> list:
    """Moves as if every party knew of every state: so they are listed."""
    blind = replace(model, seen=np.ones_like(model.seen))
    return move_pairs(lay_out(blind), [case["moves"][p] for p in model.parties], ids)


def _stated(statements: Sequence[Any], model: GraphModel) -> np.ndarray:
    """Payoffs of statements: a pattern, or a list of patterns of which one must hold."""
    truths = []
    for statement in statements:
        patterns = [statement] if isinstance(statement, str) else statement
        read = [holds(parse_condition(p, model.options), model.states) for p in patterns]
        truths.append(np.logical_or.reduce(read))
    return from_statements(np.stack(truths))


def inverse(
    case: dict[str, Any], model: GraphModel, payoffs: np.ndarray, ids: Sequence[int]
) -> tuple[int, int]:
    """In how many of all strict orders of one party a state is an equilibrium."""
    pairs, layout = [], lay_out(model)
    orders = np.array(list(permutations(range(len(ids)))), float)
    for varied, name in enumerate(model.parties):
        draws = np.repeat(payoffs[None], len(orders), axis=0)
        draws[:, varied] = orders
        found = [labels(layout, draw) for draw in draws]
        for key, told in case["inverse"]["correct_by_forward_enumeration"].items():
            party, _, state = key.rpartition(":")
            if party == name:
                row = ids.index(int(state))
                for code, number in told.items():
                    ours = sum(bool(f[CONCEPTS[code]][:, row].all()) for f in found)
                    pairs.append((ours, number))
    return tally(pairs)


# a case as a graph of states


def graph_case(case: dict[str, Any]) -> Counts:
    """Labels of a case whose moves are listed one by one, and what a coalition improves to."""
    names, ids = list(case["moves"]), [int(i) for i in case["states"]]
    model = replace(
        graph_model(names, [], [], states=[0]), states=np.arange(len(ids), dtype=np.uint32)
    )
    fibers = [listed_moves(ids, case["moves"][name], k) for k, name in enumerate(names)]
    payoffs = np.stack(
        [
            from_ranking([[ids.index(i)] for i in case["rankings_best_first"][name]], len(ids))
            for name in names
        ]
    )
    counts = {}
    for sanctions, told in case["reference"].items():
        rule = alternating if sanctions == "closure" else RULES[sanctions]
        found = labels(Layout(model, fibers, rule, False), payoffs)
        counts[f"{case['id']}, {sanctions}"] = tally(label_pairs(found, told, [], ids))
    layout = Layout(model, fibers, alternating, False)
    pairs = [_jump(layout, payoffs, names, ids, key) for key in case.get("published", {})]
    counts[f"{case['id']}, coalition"] = tally([pair for pair in pairs if pair])
    return counts


def _jump(
    layout: Layout, payoffs: np.ndarray, names: Sequence[str], ids: Sequence[int], told: str
) -> tuple[list[int], list[int]] | None:
    """Where a coalition improves to, beside `coalition {A,B} jumps 5->8`."""
    read = re.fullmatch(r"coalition \{(.+)\} jumps (\d+)->(\d+)", told)
    if read is None:
        return None
    members, row = [names.index(name) for name in read[1].split(",")], ids.index(int(read[2]))
    better = improvements_of(reached_by(layout, members, [row])[0], payoffs, members, row)
    return [ids[x] for x in np.flatnonzero(better)], [int(read[3])]


# a case in several variants


def variant_case(case: dict[str, Any], variant: dict[str, Any]) -> Counts:
    """Moves and labels of one variant, as published and with a wider bar."""
    name = f"{case['id']} {variant['variant']}, {variant['concept_used_in_publication'][:3]}"
    rule = variant["concept_used_in_publication"][:3]
    pairs = _variant_pairs(
        case, variant, variant["invasion_irreversible_from"], variant["recomputed"]
    )
    published = _published(case, variant, variant["invasion_irreversible_from"], rule)
    pairs.append((published, variant["published_equilibria"]))
    for key, wider in variant.items():
        if key.startswith("if_invade"):
            barred = [int(i) for i in key[key.index("(") + 1 : -1].split(",")]
            pairs += _variant_pairs(case, variant, barred, wider["recomputed"])
            pairs.append((_published(case, variant, barred, rule), wider["same_rule"]))
    return {name: tally(pairs)}


def _variant_pairs(
    case: dict[str, Any], variant: dict[str, Any], barred: Sequence[int], told: dict[str, Any]
) -> list:
    layout, payoffs = variant_model(case, variant, barred)
    names = layout.model.parties
    pairs = move_pairs(layout, [told["moves"][name] for name in names], case["states"])
    return pairs + label_pairs(labels(layout, payoffs), told, names, case["states"])


def _published(
    case: dict[str, Any], variant: dict[str, Any], barred: Sequence[int], code: str
) -> list[int]:
    """Stable for both under one concept, or unstable for both and then SIM-stable for both."""
    found = labels(*variant_model(case, variant, barred))
    one, sim = found[CONCEPTS[code]], found["sim"]
    stable = one.all(axis=0) | (~one.any(axis=0) & sim.all(axis=0))
    return [i for i, holds_ in zip(case["states"], stable.tolist(), strict=True) if holds_]


# random models


def random_models(cases: Sequence[dict[str, Any]]) -> Counts:
    """Every label of random models, by the rule of sanctions."""
    pairs: dict[str, list] = {}
    for case in cases:
        adds, drops = directed(case["direction"])
        names = [f"D{i}" for i in range(len(case["payoffs"]))]
        options = [str(k) for k in range(case["n_options"])]
        owners = [1 << owner for owner in case["owner"]]
        states = case["states_decimal"]
        model = graph_model(names, options, owners, states=states, adds=adds, drops=drops)
        for sanctions, told in case["reference"].items():
            found = labels(lay_out(model, sanctions), np.array(case["payoffs"], float))
            ids = range(1, len(states) + 1)
            pairs.setdefault(sanctions, []).extend(label_pairs(found, told, names, ids))
    return {f"{len(cases)} random models, {rule}": tally(some) for rule, some in pairs.items()}


def runs(data: dict[str, Any]) -> list[Callable[[], Counts]]:
    """The comparisons of a file; none where it is of no shape that is known."""
    if "decision_makers" in data:
        return [partial(option_case, data)]
    if "variants" in data:
        return [partial(variant_case, data, variant) for variant in data["variants"]]
    if "rankings_best_first" in data:
        return [partial(graph_case, data)]
    cases = data.get("cases", [])
    if cases and "states_decimal" in cases[0]:
        return [partial(random_models, cases)]
    games = data.get("games", [])
    if games and "payoffs_row_col" in games[0]:
        return [partial(classic, game) for game in games]
    return [partial(ordinal, games)] if games and "cells_cyclic" in games[0] else []


def is_mine(data: Any) -> bool:
    """Whether a parsed file is a conflict, or a list of games under `games`."""
    try:
        return isinstance(data, dict) and bool(runs(data))
    except (TypeError, LookupError, AttributeError):
        return False


def read(data: Any, path: Path) -> Iterator[Callable[[], Counts]]:
    """The comparisons of a file. Raises ValueError where a part is missing or misshapen."""
    del path
    try:
        counted = [run() for run in runs(data)]
    except KeyError as error:
        raise ValueError(f"a case without, or that names something unknown: {error}") from None
    except (TypeError, LookupError, AttributeError, StopIteration) as error:
        raise ValueError(f"a case of another shape: {error}") from None
    return (partial(dict, counts) for counts in counted)
