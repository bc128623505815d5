"""A conflict model saved by GMCR+ (.gmcr), read as a dossier, or all its mistakes told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summitry.dossier.errors import DossierError, Problem
from summitry.dossier.explain import explain
from summitry.dossier.feasible import MOST_LISTED
from summitry.dossier.source_text import Path_, Tree, decode, read_bytes, read_tree
from summitry.formats.gmcr_dossier import as_dossier
from summitry.formats.gmcr_file import Compound, Conflict, DecisionMaker, feasible


def read_gmcr(path: str | Path) -> str:
    """A .gmcr file as the text of a dossier.

    Raises DossierError with every mistake and its place.
    """
    shown = str(path)
    tree = _tree(decode(read_bytes(Path(path), shown), shown), shown)
    try:
        conflict = Conflict.model_validate(tree.data)
    except ValidationError as error:
        raise DossierError(explain(error, tree)) from None
    problems = list(_problems(conflict, tree))
    if problems:
        raise DossierError(problems)
    return as_dossier(conflict, Path(path).name, feasible(conflict))


def _tree(text: str, shown: str) -> Tree:
    """The data with their places; JSON is YAML too, so that one reader serves both."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg}"
        raise DossierError([Problem(shown, error.lineno, error.colno, message)]) from None
    except RecursionError:
        raise DossierError([Problem(shown, 1, 1, "nested too deep for a conflict")]) from None
    return read_tree(text, shown)


def _problems(conflict: Conflict, tree: Tree) -> Iterator[Problem]:
    """What the shapes of the parts do not show: numbers that name nothing, or twice."""
    yield from tree.problems
    if len(conflict.options) > MOST_LISTED:
        message = (
            f"{len(conflict.options)} options; the states of at most {MOST_LISTED} "
            "commitments are listed: join those that are only taken together, or leave some out"
        )
        yield tree.problem(("options",), message)
        return
    wrong = list(_wrong_numbers(conflict, tree))
    yield from wrong
    if wrong:
        return
    yield from _owners(conflict, tree)
    states = len(feasible(conflict))
    if not states:
        yield tree.problem(("infeasibles",), "no state is left that is feasible")
    if conflict.is_ranked:
        for k, maker in enumerate(conflict.decisionMakers):
            yield from _ranking(maker, tree, ("decisionMakers", k), states)


def _wrong_numbers(conflict: Conflict, tree: Tree) -> Iterator[Problem]:
    """Options or decision makers by a number that there is not, or twice in one pattern."""
    last = len(conflict.options) - 1
    for path, number in _numbers(conflict):
        if not 0 <= number <= last:
            yield tree.problem(path, f"there is no option {number}; they are numbered 0 to {last}")
    for k, group in enumerate(conflict.coalitions):
        for number in group if isinstance(group, list) else [group]:
            if not 0 <= number < len(conflict.decisionMakers):
                yield tree.problem(("coalitions", k), f"there is no decision maker {number}")
    for path, pattern in _patterns(conflict):
        if len({k for k, _ in pattern}) < len(pattern):
            yield tree.problem(path, "an option stands twice in this pattern")


def _numbers(conflict: Conflict) -> Iterator[tuple[Path_, int]]:
    for k, maker in enumerate(conflict.decisionMakers):
        for j, number in enumerate(maker.options):
            yield ("decisionMakers", k, "options", j), number
    for path, pattern in _patterns(conflict):
        for j, (number, _) in enumerate(pattern):
            yield (*path, j, 0), number


def _patterns(conflict: Conflict) -> Iterator[tuple[Path_, list[Any]]]:
    for k, pattern in enumerate(conflict.infeasibles):
        yield ("infeasibles", k), pattern
    for k, maker in enumerate(conflict.decisionMakers):
        here: Path_ = ("decisionMakers", k)
        for j, pattern in enumerate(maker.misperceptions):
            yield (*here, "misperceptions", j), pattern
        for j, statement in enumerate(maker.preferences):
            at = (*here, "preferences", j)
            if isinstance(statement, Compound):
                yield from (((*at, "members", m), one) for m, one in enumerate(statement.members))
            else:
                yield at, statement


def _owners(conflict: Conflict, tree: Tree) -> Iterator[Problem]:
    """Every option is one decision maker's."""
    held = [k for maker in conflict.decisionMakers for k in maker.options]
    for k, option in enumerate(conflict.options):
        if held.count(k) != 1:
            who = "no decision maker's" if k not in held else "held more than once"
            yield tree.problem(
                ("options", k), f"the option `{option.name}` is {who}; one is wanted"
            )


def _ranking(maker: DecisionMaker, tree: Tree, here: Path_, states: int) -> Iterator[Problem]:
    """Every feasible state is ranked, and once."""
    key = "preferenceRanking" if maker.preferenceRanking else "preferenceVector"
    ranked = Counter(number for group in maker.ranking for number in group)
    for k, group in enumerate(maker.ranking):
        for number in group:
            if not 1 <= number <= states:
                message = f"there is no state {number}; the feasible ones are 1 to {states}"
                yield tree.problem((*here, key, k), message)
            elif ranked[number] > 1:
                yield tree.problem((*here, key, k), f"state {number} is ranked more than once")
    missing = sorted(set(range(1, states + 1)) - ranked.keys())
    if missing:
        some = ", ".join(map(str, missing[:8])) + (", ..." if len(missing) > 8 else "")
        yield tree.problem((*here, key), f"these states of `{maker.name}` are not ranked: {some}")
