"""The deals at one point of a dossier whose packages are too many to list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from summitry.analysis.asking import ask
from summitry.analysis.bargain import Deal, Deals, Method
from summitry.analysis.consents import all_given, consents_for
from summitry.analysis.enforcement import NOT_SEARCHED
from summitry.analysis.large.point import LargePoint, large_point
from summitry.analysis.naming import commitments_of, package_of
from summitry.analysis.offer import Offer, share_of
from summitry.analysis.setup import Options, run_of
from summitry.analysis.telling import provenance_of
from summitry.dossier.reader import Document
from summitry.game.board import Floats
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.large.choose import Answer, solve
from summitry.game.large.problem import gains_of, must_consent, tier_of

MOST_TOLD = 2_000
COUNTS = ("possible", "principals", "consent", "roadmap")


def large_deals(
    document: Document,
    options: Options,
    package: Sequence[str] | None,
    draw: int | None,
    types: Mapping[str, str] | None,
) -> Deals:
    """The frontier, the solutions and one package at one point; nothing over all draws.

    Raises what `deals` raises.
    """
    run, dossier = run_of(options), document.dossier
    question = ask(dossier, options.get("as_of"), options.get("round"), options.get("protocol"))
    mask = None if package is None else package_of(dossier, package)
    point = large_point(document, question, draw, run.seed, types)
    answer = solve(point.problem)
    found = {name: one.mask for name, one in answer.solutions.items()}
    told = _told(point, answer, found)
    ideal = {
        point.game.parties[i]: float(best)
        for i, best in zip(point.problem.principals, answer.best, strict=True)
    }
    tiers = ("none", *point.game.tiers)
    return Deals(
        point=point.label,
        types=point.types,
        principals=list(ideal),
        zone=None,
        counts=dict.fromkeys(COUNTS),
        ideal=ideal,
        deals=[_deal(point, answer, one, ideal, found, tiers) for one in told],
        solutions={
            name: [] if one is None else commitments_of(point.game, one)
            for name, one in found.items()
        },
        package=None if mask is None else _offer(point, mask, ideal, tiers),
        method=Method(
            name="highs" if answer.frontier is None else "pareto-lists",
            says=answer.says,
            frontier=None if answer.frontier is None else len(answer.frontier.masks),
            gaps={name: one.gap for name, one in answer.solutions.items()},
        ),
        about=provenance_of(document, run, question.protocol, question.as_of, tiers),
    )


def _told(
    point: LargePoint, answer: Answer, found: Mapping[str, int | None]
) -> list[tuple[int, Floats, float | None]]:
    """The packages told, by the first principal's falling gain: mask, gains, how many are alike."""
    first = point.problem.principals[0]
    solved = {one for one in found.values() if one is not None}
    if answer.frontier is None:
        rows = [(mask, gains_of(point.problem, mask), None) for mask in sorted(solved)]
        return sorted(rows, key=lambda row: -row[1][first])
    frontier = answer.frontier
    order = np.argsort(-frontier.gains[:, first], kind="stable")
    spread = {int(k) for k in np.linspace(0, len(order) - 1, min(len(order), MOST_TOLD))}
    return [
        (frontier.masks[p], frontier.gains[p], float(frontier.count[p]))
        for k, p in enumerate(order)
        if k in spread or frontier.masks[p] in solved
    ]


def _deal(
    point: LargePoint,
    answer: Answer,
    one: tuple[int, Floats, float | None],
    ideal: Mapping[str, float],
    found: Mapping[str, int | None],
    tiers: Sequence[str],
) -> Deal:
    """One package told; an order of moves is sought for the solutions only."""
    mask, gained, alike = one
    solves = [name for name, of in found.items() if of == mask]
    gains = _by_party(point, gained)
    return Deal(
        commitments=commitments_of(point.game, mask),
        tier=tiers[tier_of(point.problem, mask)],
        gains=gains,
        shares={name: share_of(gains[name], best) for name, best in ideal.items()},
        on_frontier=answer.frontier is not None,
        solutions=solves,
        in_force=all_given(consents_for(point.game, mask, point.consents)),
        enforcement=point.enforcement(mask) if solves else NOT_SEARCHED,
        fortune=None,
        alike=alike,
    )


def _by_party(point: LargePoint, gained: Floats) -> dict[str, float]:
    return {name: float(g) for name, g in zip(point.game.parties, gained, strict=True)}


def _offer(point: LargePoint, mask: int, ideal: Mapping[str, float], tiers: Sequence[str]) -> Offer:
    problem, names = point.problem, point.game.parties
    gained, asked = gains_of(problem, mask), must_consent(problem, mask)
    gains, consents = _by_party(point, gained), consents_for(point.game, mask, point.consents)
    return Offer(
        commitments=commitments_of(point.game, mask),
        tier=tiers[tier_of(problem, mask)],
        gains=gains,
        shares={name: share_of(gains[name], best) for name, best in ideal.items()},
        must_consent=[names[i] for i in asked],
        shortfall={names[i]: float(-gained[i]) for i in asked if gained[i] < -TOLERANCE},
        consents=consents,
        in_force=all_given(consents),
        enforcement=point.enforcement(mask),
        to_flip={names[i]: float(gained[i]) for i in asked},
        sweeteners=None,
        accepts=None,
        fortune=None,
    )
