"""Issues: positions on scales, and what stands behind them."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.dossier.checks.ballots import check_ballot
from summitry.dossier.checks.naming import unknown_names
from summitry.dossier.errors import Problem
from summitry.dossier.numbers import is_zero
from summitry.dossier.positions import Issue
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Path_, Tree
from summitry.estimates import central

MOST_SALIENCE = 100


def check_issues(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Positions are of parties, at least two an issue; somebody cares, and has power."""
    for name, issue in dossier.issues.items():
        path = ("issues", name)
        yield from unknown_names(
            tree, (*path, "positions"), issue.positions, dossier.parties, "party"
        )
        yield from _weight(dossier, name, issue, tree)
        yield from check_ballot(dossier, issue, path, tree)
        low, high = min(issue.scale), max(issue.scale)
        if issue.resolution is not None and not low <= issue.resolution.value <= high:
            message = f"{issue.resolution.value:g} is not on the scale from {low:g} to {high:g}"
            yield tree.problem((*path, "resolution"), message)
    yield from _powerless(dossier, tree)


def _weight(dossier: Dossier, name: str, issue: Issue, tree: Tree) -> Iterator[Problem]:
    """Whether there is anything to weigh: two positions, a salience, power where it is."""
    path: Path_ = ("issues", name, "positions")
    if len(issue.positions) < 2:
        has = "one position" if issue.positions else "no position"
        message = f"`{name}` has {has}; with fewer than two there is nothing to agree on"
        yield tree.problem(path, message)
        return
    for party, stand in issue.positions.items():
        if central(stand.salience.estimate) > MOST_SALIENCE:
            message = f"a salience is from 0 to 1, or from 0 to {MOST_SALIENCE}"
            yield tree.problem((*path, party, "salience"), message)
    caring = [party for party, stand in issue.positions.items() if not is_zero(stand.salience)]
    if not caring:
        yield tree.problem(path, f"nobody cares about `{name}`: all saliences are 0")
        return
    power = [dossier.power.get(party) for party in caring]
    if dossier.power and all(given is not None and is_zero(given) for given in power):
        message = f"no power stands behind `{name}`: `power` of all who care about it is 0"
        yield tree.problem(path, message)


def _powerless(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Power is given for all who have a position, or for none."""
    stands = {party for issue in dossier.issues.values() for party in issue.positions}
    lacking = [name for name in dossier.parties if name in stands and name not in dossier.power]
    if dossier.power and lacking:
        message = (
            f"`power` lacks {', '.join(lacking)}: give it for all who have a position, or for none "
            "(then all have the same)"
        )
        yield tree.problem(("power",), message)
