"""One package before the parties: who gains what, who blocks, and what would sweeten it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from summitry.analysis.naming import commitments_of
from summitry.analysis.point import Point
from summitry.analysis.setup import Setup
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.lattice import lattice_of
from summitry.game.roadmap import minimum_trust
from summitry.game.solutions import after_vetoes

MOST_SWEETENERS = 3


@dataclass(frozen=True)
class Sweetener:
    """Commitments whose addition makes everyone accept who must.

    `gains` are what the enlarged package brings each party; `minimum_trust` what carrying
    it out asks (None: no order works).
    """

    added: Sequence[str]
    gains: Mapping[str, float]
    tier: str
    minimum_trust: float | None


@dataclass(frozen=True)
class Fortune:
    """How a package fares over all draws, before the talks, with standard errors.

    `acceptable`: that all accept it who must; `efficient`: that it lies on the Pareto
    frontier of those; `chosen`: that the parties agree on it by the round told in detail.
    """

    acceptable: float
    efficient: float
    chosen: float
    standard_error: Mapping[str, float]


@dataclass(frozen=True)
class Offer:
    """One package at one point: gains in each party's own points, blockers, sweeteners.

    `must_consent`: the parties without which there is no deal. `shortfall`: what those who
    refuse lack. `denied`: consents given by probability that this point does not give.
    `to_flip`: by how much the reservation value of each party that must consent has to
    change for its answer to change: a rise (+) turns its yes into a no, a fall (-) its no
    into a yes. `accepts`: in which share of all draws each of them accepts before the talks,
    and `fortune` how the package fares in them. `trust_search`: as of a deal. Where packages
    are too many to list, sweeteners are not sought and nothing is said of all draws (None).
    """

    commitments: Sequence[str]
    tier: str
    gains: Mapping[str, float]
    shares: Mapping[str, float]
    must_consent: Sequence[str]
    shortfall: Mapping[str, float]
    denied: Sequence[str]
    minimum_trust: float | None
    self_enforcing: bool
    to_flip: Mapping[str, float]
    sweeteners: Sequence[Sweetener] | None
    accepts: Mapping[str, float] | None
    fortune: Fortune | None
    trust_search: Literal["exact", "bound", "none"] = "exact"


def offer_of(
    setup: Setup, point: Point, mask: int, ideal: Mapping[str, float], fortune: Fortune
) -> Offer:
    """What happens to one package at one point. `ideal` is each principal's best."""
    game, board, tiers = point.game, point.game.board, setup.tiers
    p = point.row(mask)
    gained = point.gains[p]
    asked = [i for i in range(board.parties) if int(board.consent[p]) >> i & 1]
    least = minimum_trust(board, mask, gained, point.stops)
    names = game.parties
    return Offer(
        commitments=commitments_of(game, mask),
        tier=tiers[int(board.tiers[p])],
        gains={name: float(g) for name, g in zip(names, gained, strict=True)},
        shares={name: share_of(float(gained[names.index(name)]), ideal[name]) for name in ideal},
        must_consent=[names[i] for i in asked],
        shortfall={names[i]: float(-gained[i]) for i in asked if gained[i] < -TOLERANCE},
        denied=_denied(point, p),
        minimum_trust=least if np.isfinite(least) else None,
        self_enforcing=bool(enforced(point, mask, gained)),
        to_flip={names[i]: float(gained[i]) for i in asked},
        sweeteners=_sweeteners(point, mask, tiers),
        accepts={names[i]: acceptance(setup, mask, i) for i in asked},
        fortune=fortune,
    )


def acceptance(setup: Setup, mask: int, i: int) -> float:
    """In which share of all draws party i gains by a package, before the talks."""
    game = setup.game
    present = np.array([mask >> c & 1 for c in range(len(game.commitments))], float)
    linked = (game.board.linkages & np.uint32(mask)) == game.board.linkages
    accepts = np.empty((len(game.strata), game.draws))
    for s in range(len(game.strata)):
        stakes = game.stakes(s)
        worth = stakes.values[:, i] @ present + stakes.linkages[:, i] @ linked
        accepts[s] = worth - stakes.reservation[:, i] >= -TOLERANCE
    return float((setup.weights @ accepts).mean())


def share_of(gain: float, ideal: float) -> float:
    """A gain as a share of the best; not a number where there is no best to share."""
    return gain / ideal if ideal > TOLERANCE else float("nan")


def enforced(point: Point, mask: int, gained: np.ndarray) -> bool:
    """Whether some order asks no party for more trust than it has."""
    lattice = lattice_of(point.game.board, mask, gained, point.stops)
    return lattice.least(point.trust) <= TOLERANCE


def _denied(point: Point, p: int) -> list[str]:
    """The consents by probability that the package needs and this point does not give."""
    lacking = int(point.game.board.chances[p]) & ~point.granted
    return [
        f"{party} to {commitment}"
        for bit, (commitment, party) in enumerate(point.game.chances)
        if lacking >> bit & 1
    ]


def _sweeteners(point: Point, mask: int, tiers: Sequence[str]) -> list[Sweetener]:
    """The smallest sets of added commitments with which everyone accepts who must.

    Of equally small ones first those that leave the smallest part of their gains to be
    given up by the principals that accepted before.
    """
    board = point.game.board
    good = after_vetoes(board, point.gains, point.granted)
    if good[point.row(mask)]:
        return []
    larger = good & ((board.masks & np.uint32(mask)) == mask)
    if not larger.any():
        return []
    rows = np.flatnonzero(larger)
    added = np.array([int(board.masks[p] & ~np.uint32(mask)).bit_count() for p in rows])
    before = point.gains[point.row(mask)]
    givers = point.principals & (before >= 0)
    lost = (before - point.gains[rows])[:, givers].max(axis=1) if givers.any() else added
    order = np.lexsort((board.masks[rows], lost, added))
    best = [int(rows[k]) for k in order if added[k] == added.min()]
    return [_sweetener(point, mask, p, tiers) for p in best[:MOST_SWEETENERS]]


def _sweetener(point: Point, mask: int, p: int, tiers: Sequence[str]) -> Sweetener:
    board, game = point.game.board, point.game
    whole, gained = int(board.masks[p]), point.gains[p]
    least = minimum_trust(board, whole, gained, point.stops)
    return Sweetener(
        added=commitments_of(game, whole & ~mask),
        gains={name: float(g) for name, g in zip(game.parties, gained, strict=True)},
        tier=tiers[int(board.tiers[p])],
        minimum_trust=least if np.isfinite(least) else None,
    )
