"""Who votes on an issue, with how many votes, and how many an agreement needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from summitry.dossier.positions import Issue, QualifiedRule
from summitry.dossier.schema import Dossier


@dataclass(frozen=True)
class Ballot:
    """A voting rule with its voters: a proposal passes with at least `quota` votes."""

    rule: str
    quota: float
    votes: Mapping[str, float]
    agenda_setter: str | None


def ballot_of(dossier: Dossier, issue: Issue) -> Ballot | None:
    """The vote on an issue, None where the dossier gives it no rule.

    With weights those vote who have one; without, each principal with a position has one
    vote. Simple majority is more than half of all votes.
    """
    if issue.rule is None:
        return None
    setter = issue.agenda_setter
    votes = {n: 1.0 for n in issue.positions if _is_principal(dossier, n)}
    if isinstance(issue.rule, QualifiedRule):
        rule = issue.rule.qualified
        votes = {name: weight.value for name, weight in rule.weights.items()} or votes
        return Ballot("qualified", rule.quota.value, votes, setter)
    quota = len(votes) if issue.rule == "unanimity" else len(votes) // 2 + 1
    return Ballot(issue.rule, float(quota), votes, setter)


def _is_principal(dossier: Dossier, name: str) -> bool:
    return name in dossier.parties and dossier.parties[name].role == "principal"
