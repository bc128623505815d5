"""Voting rules of issues: who votes, with how many votes, and whether the quota can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.dossier.ballot import Ballot, ballot_of
from summitry.dossier.checks.naming import unknown_names
from summitry.dossier.errors import Problem
from summitry.dossier.positions import Issue, QualifiedRule
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Path_, Tree


def check_ballot(dossier: Dossier, issue: Issue, path: Path_, tree: Tree) -> Iterator[Problem]:
    """Setters and weights belong to parties, somebody votes, and the quota is in reach."""
    yield from _setter(dossier, issue, path, tree)
    ballot = ballot_of(dossier, issue)
    if ballot is None:
        return
    if not ballot.votes:
        message = "nobody votes: no principal has a position here; give `qualified` its `weights`"
        yield tree.problem((*path, "positions"), message)
        return
    if isinstance(issue.rule, QualifiedRule):
        yield from _qualified(dossier, issue, ballot, (*path, "rule", "qualified"), tree)


def _setter(dossier: Dossier, issue: Issue, path: Path_, tree: Tree) -> Iterator[Problem]:
    setter = issue.agenda_setter
    if setter is None:
        return
    place = (*path, "agenda_setter")
    wrong = list(unknown_names(tree, place, [setter], dossier.parties, "party"))
    yield from wrong
    if wrong:
        return
    if issue.rule is None:
        message = "an agenda setter proposes to those who vote: give the issue a `rule`"
        yield tree.problem(place, message)
    if setter not in issue.positions:
        message = f"`{setter}` sets the agenda and has no position here; give it one"
        yield tree.problem((*path, "positions"), message)


def _qualified(
    dossier: Dossier, issue: Issue, ballot: Ballot, path: Path_, tree: Tree
) -> Iterator[Problem]:
    weights = (*path, "weights")
    yield from unknown_names(tree, weights, ballot.votes, dossier.parties, "party")
    total = sum(ballot.votes.values())
    for name, votes in ballot.votes.items():
        if votes < 0:
            yield tree.problem((*weights, name), f"the votes of {name} are at least 0")
        elif name in dossier.parties and name not in issue.positions:
            message = f"{name} has votes and no position here; it is taken to vote for no proposal"
            yield tree.problem((*weights, name), message, is_note=True)
    yield from _quota(ballot, total, (*path, "quota"), tree)


def _quota(ballot: Ballot, total: float, path: Path_, tree: Tree) -> Iterator[Problem]:
    quota = ballot.quota
    if quota <= 0:
        yield tree.problem(path, "a quota is above 0: it is the number of votes an agreement needs")
    elif quota > total:
        message = f"a quota of {quota:g} is out of reach: there are {total:g} votes"
        yield tree.problem(path, message)
    elif quota < 1 < total / 2:
        message = f"a quota is in votes, not a share: {quota:g} of {total:g} is {quota * total:g}"
        yield tree.problem(path, message)
    elif quota <= total / 2:
        message = f"{quota:g} of {total:g} votes are no majority: opposed proposals can both pass"
        yield tree.problem(path, message, is_note=True)
