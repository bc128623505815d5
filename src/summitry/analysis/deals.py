"""Which deals there are: the zone of agreement, its frontier and solutions, and one package.

Zone of possible agreement (Raiffa 1982); Nash (1950), Kalai and Smorodinsky (1975), and the
egalitarian and utilitarian packages, which compare points of different parties.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Unpack

import numpy as np

from summitry.analysis.bargain import SCHEMA, Deal, Deals, Method, Zone
from summitry.analysis.blame import refusals_of, scan_all
from summitry.analysis.consents import all_given, consents_for
from summitry.analysis.enforcement import enforcement_of
from summitry.analysis.large.deals import large_deals
from summitry.analysis.naming import commitments_of, package_of
from summitry.analysis.offer import Fortune, offer_of, share_of
from summitry.analysis.outcomes import OBSTACLES, obstacle_codes, signed_by
from summitry.analysis.point import Point, point_of
from summitry.analysis.setup import Options, Setup, open_document, prepare
from summitry.analysis.telling import provenance
from summitry.dossier.reader import Document
from summitry.game.board import Bools, Floats
from summitry.game.compile import are_few
from summitry.game.rates import package_rates
from summitry.game.solutions import (
    acceptable_to_principals,
    after_vetoes,
    egalitarian,
    kalai_smorodinsky,
    nash,
    pareto,
    that_can_be_signed,
    utilitarian,
)

__all__ = ["SCHEMA", "Deal", "Deals", "deals", "zone_of"]
# which obstacle empties each zone
ZONES = {"principals": "interests", "consent": "veto", "roadmap": "commitment"}
MOST_CHOSEN = 5


def deals(
    dossier: str | Path | Document,
    *,
    package: Sequence[str] | None = None,
    draw: int | None = None,
    types: Mapping[str, str] | None = None,
    **options: Unpack[Options],
) -> Deals:
    """The deals there are at the central values, or in one draw, and how they fare over all.

    `package` (names of commitments) is looked at on its own; `draw` (from 1) and `types`
    (party to type) choose other numbers than the medians of the likeliest types; the other
    options are those of `Options`. Raises what `expect` raises, and ValueError for a package
    that breaks a rule, saying which. More than 65,536 packages (16 commitments without rules) are
    not listed: the answer is that of the point alone, and CannotAnswer is raised where it needs the
    extra `highs`.
    """
    document = open_document(dossier, options.get("changes", ()))
    options = {**options, "changes": ()}
    if not are_few(document.dossier):
        return large_deals(document, options, package, draw, types)
    setup = prepare(document, options)
    mask = None if package is None else package_of(setup.dossier, package)
    point = point_of(setup.document, setup.question, draw=draw, seed=setup.run.seed, types=types)
    board = point.game.board
    inside = after_vetoes(board, point.gains)
    ideal = _ideal(point, inside)
    found = _solutions(point, inside)
    fortunes = _fortunes(setup)
    return Deals(
        point=point.label,
        types=point.types,
        principals=list(ideal),
        zone=zone_of(setup),
        counts=_counts(point, inside),
        ideal=ideal,
        deals=_deals(setup, point, inside, ideal, found, fortunes),
        solutions={
            name: [] if one is None else commitments_of(point.game, one)
            for name, one in found.items()
        },
        package=None
        if mask is None
        else offer_of(setup, point, mask, ideal, fortunes(point.row(mask))),
        method=_method(point, inside),
        about=provenance(setup),
    )


def _method(point: Point, inside: Bools) -> Method:
    number = len(point.game.board.masks)
    gained = point.gains[inside][:, point.principals]
    frontier = int(pareto(gained).sum()) if inside.any() else 0
    return Method("listing", f"all {number:,} possible packages listed", frontier, {})


def zone_of(setup: Setup) -> Zone:
    """The zone of possible agreement over all draws, before the talks.

    What stands in the way of the lowest tier in the first round says which zone is empty.
    """
    codes = obstacle_codes(setup.outcomes, 0, 1)
    share, error = {}, {}
    for name, obstacle in ZONES.items():
        # -1: signed, so that no zone was empty
        hits = setup.weights @ ((codes < 0) | (codes > OBSTACLES.index(obstacle)))
        share[name] = float(hits.mean())
        error[name] = float(hits.std(ddof=1) / np.sqrt(setup.game.draws))
    first = replace(setup, question=replace(setup.question, detail=0))
    scanned = scan_all(first, [1])
    return Zone(
        share=share,
        standard_error=error,
        closed_by=refusals_of(first, scanned, 1, "interests"),
        vetoed_by=refusals_of(first, scanned, 1, "veto"),
    )


def _ideal(point: Point, inside: Bools) -> dict[str, float]:
    """Each principal's best gain in the zone; not a number where the zone is empty."""
    return {
        name: float(point.gains[inside, i].max()) if inside.any() else float("nan")
        for i, name in enumerate(point.game.parties)
        if point.principals[i]
    }


def _counts(point: Point, inside: Bools) -> dict[str, int]:
    board = point.game.board
    kept = that_can_be_signed(board, point.gains, inside, point.stops)
    return {
        "possible": len(board.masks),
        "principals": int(acceptable_to_principals(board, point.gains).sum()),
        "consent": int(inside.sum()),
        "roadmap": int(kept.sum()),
    }


def _solutions(point: Point, inside: Bools) -> dict[str, int | None]:
    gained = point.gains[inside][:, point.principals]
    masks = point.game.board.masks[inside]
    power = point.game.setting.power[point.draw][point.principals]
    return {
        "nash": nash(gained, masks, power),
        "kalai-smorodinsky": kalai_smorodinsky(gained, masks),
        "egalitarian": egalitarian(gained, masks),
        "utilitarian": utilitarian(gained, masks),
    }


def _deals(
    setup: Setup,
    point: Point,
    inside: Bools,
    ideal: Mapping[str, float],
    found: Mapping[str, int | None],
    fortunes: Callable[[int], Fortune],
) -> list[Deal]:
    """The frontier by the first principal's falling gain, then what is most often chosen."""
    rows = np.flatnonzero(inside)
    front = rows[pareto(point.gains[rows][:, point.principals])] if len(rows) else rows
    first = int(np.flatnonzero(point.principals)[0])
    front = front[np.argsort(-point.gains[front, first], kind="stable")]
    chosen = np.array([fortunes(p).chosen for p in range(len(inside))])
    often = [int(p) for p in np.argsort(-chosen, kind="stable")[:MOST_CHOSEN] if chosen[p] > 0]
    shown = [*front.tolist(), *(p for p in often if p not in front)]
    return [_deal(setup, point, p, p in front, ideal, found, fortunes(p)) for p in shown]


def _fortunes(setup: Setup) -> Callable[[int], Fortune]:
    """How each package fares over all draws, by its index."""
    rates = package_rates(setup.game, setup.weights, setup.run.workers)
    chosen, errors = _chosen(setup)

    def fortune(p: int) -> Fortune:
        return Fortune(
            acceptable=float(rates.acceptable[p]),
            efficient=float(rates.efficient[p]),
            chosen=float(chosen[p]),
            standard_error={
                "acceptable": float(rates.acceptable_error[p]),
                "efficient": float(rates.efficient_error[p]),
                "chosen": float(errors[p]),
            },
        )

    return fortune


def _chosen(setup: Setup) -> tuple[Floats, Floats]:
    """The probability that each package is what stands signed by the round told, and its error."""
    agreed = signed_by(setup.outcomes, setup.question.detail)
    mean, error = np.zeros(len(setup.game.board.masks)), np.zeros(len(setup.game.board.masks))
    for p in np.unique(agreed[agreed >= 0]):
        hits = setup.weights @ (agreed == p)
        mean[p], error[p] = hits.mean(), hits.std(ddof=1) / np.sqrt(setup.game.draws)
    return mean, error


def _deal(
    setup: Setup,
    point: Point,
    p: int,
    on_frontier: bool,
    ideal: Mapping[str, float],
    found: Mapping[str, int | None],
    fortune: Fortune,
) -> Deal:
    game, mask, gained = point.game, int(point.game.board.masks[p]), point.gains[p]
    gains = {name: float(g) for name, g in zip(game.parties, gained, strict=True)}
    return Deal(
        commitments=commitments_of(game, mask),
        tier=setup.tiers[int(game.board.tiers[p])],
        gains=gains,
        shares={name: share_of(gains[name], best) for name, best in ideal.items()},
        on_frontier=bool(on_frontier),
        solutions=[name for name, one in found.items() if one == mask],
        in_force=all_given(consents_for(game, mask, point.consents)),
        enforcement=enforcement_of(point.lattice(mask), point.trust, game.parties),
        fortune=fortune,
    )
