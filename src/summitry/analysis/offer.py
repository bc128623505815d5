"""One package before the parties: who gains what, who blocks, and what would sweeten it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.consents import Consent, all_given, consents_for
from summitry.analysis.enforcement import Enforcement, enforcement_of
from summitry.analysis.naming import commitments_of
from summitry.analysis.point import Point
from summitry.analysis.setup import Setup
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.solutions import after_vetoes

MOST_SWEETENERS = 3


@dataclass(frozen=True)
class Sweetener:
    """Commitments whose addition makes everyone accept who must.

    `gains` are what the enlarged package brings each party; `enforcement`: what holds it together.
    """

    added: Sequence[str]
    gains: Mapping[str, float]
    tier: str
    enforcement: Enforcement


@dataclass(frozen=True)
class Fortune:
    """How a package fares over all draws, before the talks, with standard errors.

    `acceptable`: that all accept it who must; `efficient`: that it lies on the Pareto
    frontier of those; `chosen`: that it is all that stands signed by the round told in detail.
    """

    acceptable: float
    efficient: float
    chosen: float
    standard_error: Mapping[str, float]


@dataclass(frozen=True)
class Offer:
    """One package at one point: gains in each party's own points, blockers, sweeteners.

    `must_consent`: the parties without which there is no deal. `shortfall`: what those who
    refuse lack. `consents`: what outside bodies decide on after the signature, and `in_force`: how
    likely all of it then comes into force; the gains count with these chances. `to_flip`: by how much
    the reservation value of each party that must consent has to change for its answer to change: a
    rise (+) turns its yes into a no, a fall (-) its no into a yes. `enforcement`: what holds the
    package together. `accepts`: in which share of all draws each of them accepts before the talks,
    and `fortune` how the package fares in them. Where packages are too many to list, sweeteners
    are not sought and nothing is said of all draws (None).
    """

    commitments: Sequence[str]
    tier: str
    gains: Mapping[str, float]
    shares: Mapping[str, float]
    must_consent: Sequence[str]
    shortfall: Mapping[str, float]
    consents: Sequence[Consent]
    in_force: float
    enforcement: Enforcement
    to_flip: Mapping[str, float]
    sweeteners: Sequence[Sweetener] | None
    accepts: Mapping[str, float] | None
    fortune: Fortune | None


def offer_of(
    setup: Setup, point: Point, mask: int, ideal: Mapping[str, float], fortune: Fortune
) -> Offer:
    """What happens to one package at one point. `ideal` is each principal's best."""
    game, board, tiers = point.game, point.game.board, setup.tiers
    p = point.row(mask)
    gained = point.gains[p]
    asked = point.consenters(mask)
    names, consents = game.parties, consents_for(game, mask, point.consents)
    return Offer(
        commitments=commitments_of(game, mask),
        tier=tiers[int(board.tiers[p])],
        gains={name: float(g) for name, g in zip(names, gained, strict=True)},
        shares={name: share_of(float(gained[names.index(name)]), ideal[name]) for name in ideal},
        must_consent=[names[i] for i in asked],
        shortfall={names[i]: float(-gained[i]) for i in asked if gained[i] < -TOLERANCE},
        consents=consents,
        in_force=all_given(consents),
        enforcement=enforcement_of(point.lattice(mask), point.trust, names),
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
        worths = game.worths(s)
        utility = worths.values[:, i] @ present + worths.linkages[:, i] @ linked
        without = worths.reservation[:, i] - worths.delay[:, i]
        accepts[s] = utility - without >= -TOLERANCE
    return float((setup.weights @ accepts).mean())


def share_of(gain: float, ideal: float) -> float:
    """A gain as a share of the best; not a number where there is no best to share."""
    return gain / ideal if ideal > TOLERANCE else float("nan")


def _sweeteners(point: Point, mask: int, tiers: Sequence[str]) -> list[Sweetener]:
    """The smallest sets of added commitments with which everyone accepts who must.

    Of equally small ones first those that leave the smallest part of their gains to be
    given up by the principals that accepted before.
    """
    board = point.game.board
    good = after_vetoes(board, point.gains)
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
    return Sweetener(
        added=commitments_of(game, whole & ~mask),
        gains={name: float(g) for name, g in zip(game.parties, gained, strict=True)},
        tier=tiers[int(board.tiers[p])],
        enforcement=enforcement_of(point.lattice(whole), point.trust, game.parties),
    )
