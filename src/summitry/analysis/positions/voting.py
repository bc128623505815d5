"""What a voting rule lets pass on one scale, who is pivotal, and what an agenda setter gets.

A voter prefers what is nearer to its position and votes for a proposal that is at least as near
as what stands without it (Romer and Rosenthal 1978). What can pass against that is the win-set;
what nothing can pass against is the core, the gridlock interval between the two pivots (Krehbiel
1998; Tsebelis 2002).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from summitry.analysis.positions.arrays import IssueArrays
from summitry.analysis.positions.swings import power_indices
from summitry.dossier.ballot import Ballot
from summitry.game.board import Floats

ROUNDING = 1e-9


@dataclass(frozen=True)
class Span:
    """A place on the scale over the draws: its median, and 5 % and 95 %."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Voter:
    """One voter: its votes, its power whatever the positions, and how often it is the pivot.

    `shapley_shubik` and `banzhaf` sum to one over the voters. `upward`, `downward`: in which
    share of the draws no majority for a higher (lower) place can do without its position.
    """

    votes: float
    shapley_shubik: float
    banzhaf: float
    upward: float
    downward: float


@dataclass(frozen=True)
class Voting:
    """The vote on one issue.

    `against` says what proposals are compared with: `no_agreement`, or the `forecast` where the
    dossier has none; `standing` is that place. `win_set`: from where to where a proposal
    passes against it; `core`: from where to where nothing passes against what stands (None:
    the rule lets opposed proposals pass). `gridlock`: in which share of the draws nothing
    passes. `passes`: in which share the forecast passes, None where it is what stands.
    `proposal`: the best the agenda setter can have; None without one.
    """

    rule: str
    quota: float
    total: float
    against: str
    standing: Span
    win_set: tuple[Span, Span]
    core: tuple[Span, Span] | None
    gridlock: float
    passes: float | None
    agenda_setter: str | None
    proposal: Span | None
    voters: Mapping[str, Voter]


def voting_of(issue: IssueArrays, ballot: Ballot, forecast: Floats) -> Voting:
    """The vote on an issue by a ballot (from `ballot_of`); `forecast` (draws) on its scale.

    Where the dossier gives no no-agreement point, the forecast itself is put to the vote.
    """
    votes = np.array([ballot.votes.get(name, 0.0) for name in issue.parties])
    down, up = pivots(issue.positions, votes, ballot.quota)
    known = issue.no_agreement is not None
    standing = issue.no_agreement if issue.no_agreement is not None else forecast
    low, high = win_set(standing, down, up, (issue.low, issue.high))
    passes = (forecast >= low - ROUNDING) & (forecast <= high + ROUNDING)
    least, most = np.maximum(up, issue.low), np.minimum(down, issue.high)
    return Voting(
        rule=ballot.rule,
        quota=ballot.quota,
        total=sum(ballot.votes.values()),
        against="no_agreement" if known else "forecast",
        standing=_span(standing),
        win_set=(_span(low), _span(high)),
        core=(_span(least), _span(most)) if (least <= most).all() else None,
        gridlock=float((high - low <= ROUNDING).mean()),
        passes=float(passes.mean()) if known else None,
        agenda_setter=ballot.agenda_setter,
        proposal=_proposal(issue, ballot.agenda_setter, low, high),
        voters=_voters(issue, ballot, down, up),
    )


def pivots(positions: Floats, votes: Floats, quota: float) -> tuple[Floats, Floats]:
    """Where the downward and the upward pivot stand, draw by draw: two of (draws).

    The downward pivot is the lowest place at or below which the votes reach the quota, the
    upward pivot the highest at or above which they do; infinite where they never do.
    """
    order = np.argsort(positions, axis=-1, kind="stable")
    places = np.take_along_axis(positions, order, axis=-1)
    counted = votes[order]
    down = _first_enough(places, counted, quota, np.inf)
    up = _first_enough(places[..., ::-1], counted[..., ::-1], quota, -np.inf)
    return down, up


def _first_enough(places: Floats, votes: Floats, quota: float, never: float) -> Floats:
    enough = np.cumsum(votes, axis=-1) >= quota - ROUNDING
    first = np.take_along_axis(places, enough.argmax(axis=-1)[..., None], axis=-1)[..., 0]
    return np.where(enough[..., -1], first, never)


def win_set(
    standing: Floats, down: Floats, up: Floats, ends: tuple[float, float]
) -> tuple[Floats, Floats]:
    """From where to where a proposal passes against what stands: two of (draws).

    A pivot accepts all that is no farther from it than what stands, up to the mirror image.
    """
    low = np.where(down < standing, 2 * down - standing, standing)
    high = np.where(up > standing, 2 * up - standing, standing)
    return np.maximum(low, ends[0]), np.minimum(high, ends[1])


def _proposal(issue: IssueArrays, setter: str | None, low: Floats, high: Floats) -> Span | None:
    if setter not in issue.parties:
        return None
    ideal = issue.positions[:, issue.parties.index(setter)]
    return _span(np.clip(ideal, low, high))


def _voters(issue: IssueArrays, ballot: Ballot, down: Floats, up: Floats) -> dict[str, Voter]:
    shapley, banzhaf = power_indices(list(ballot.votes.values()), ballot.quota)
    voters = {}
    for i, (name, votes) in enumerate(ballot.votes.items()):
        at = issue.positions[:, issue.parties.index(name)] if name in issue.parties else None
        voters[name] = Voter(
            votes=votes,
            shapley_shubik=float(shapley[i]),
            banzhaf=float(banzhaf[i]),
            upward=_share_at(at, up),
            downward=_share_at(at, down),
        )
    return voters


def _share_at(positions: Floats | None, pivot: Floats) -> float:
    return 0.0 if positions is None else float((positions == pivot).mean())


def _span(places: Floats) -> Span:
    low, middle, high = np.quantile(places, [0.05, 0.5, 0.95])
    return Span(float(low), float(middle), float(high))
