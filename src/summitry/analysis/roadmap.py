"""The order of moves by which a package would be carried out: whom it tempts, whom it asks for trust.

Minimum trust along the lattice of what has been done: Kydd (2005); exposure and temptation:
Sandholm and Lesser (1995); slicing: Schelling (1960); breach costs: Fearon (1994).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Unpack

import numpy as np

from summitry.analysis.asking import Question, ask
from summitry.analysis.binding import Guarantee, guarantees_of
from summitry.analysis.consents import Consent, all_given, consents_for
from summitry.analysis.enforcement import Enforcement, enforcement_of, finite
from summitry.analysis.large.point import LargePoint, large_point
from summitry.analysis.large.roadmap import Search, chosen_large, narrowed, search_order
from summitry.analysis.naming import commitments_of, package_of
from summitry.analysis.orders import Order, order_of
from summitry.analysis.point import Point, point_of
from summitry.analysis.setup import Options, Run, open_document, run_of
from summitry.analysis.slices import Tranches, slice_package
from summitry.analysis.spread import Spread, spread_of
from summitry.analysis.telling import Provenance, frame, provenance_of, told
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.reader import Document
from summitry.game.board import Floats
from summitry.game.compile import are_few
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.large.package import MOST_EXACT
from summitry.game.large.problem import gains_of, must_consent, tier_of
from summitry.game.orders import can_be_first, least_if_first, one_side_first
from summitry.game.roadmap import MOST_CELLS, Lattice
from summitry.game.solutions import after_vetoes, nash

SCHEMA = "summitry.roadmap/2"


@dataclass(frozen=True)
class Roadmap:
    """The answer of `roadmap`: one package at one point, step by step.

    `gains`: what completion brings each party, with the chances counted in that outside `consents`
    are given after the signature; `in_force`: how likely they all are. `refused_by`: who must consent
    to it and loses by the whole. `enforcement`: whether
    it can be signed with the trust there is, and whether anything but trust holds it together.
    `order`: the roadmap that is signed: of those within the parties' trust the one with the fewest tempted
    parties, then the smallest demand, then the fewest steps; where nobody would sign it, the
    same without that bound (None: no order works at any trust). `first`: who makes the first move
    that is not joint of all principals, and `if_first`: the minimum trust if each party made it
    (None: it has no such move, as those that `cannot_be_first`, or no order works).
    `one_side_first`: the naive orders, by the party that does all of its own first. `spread`: the
    minimum trust over the draws.
    """

    point: str
    types: Mapping[str, str]
    commitments: Sequence[str]
    tier: str
    gains: Mapping[str, float]
    consents: Sequence[Consent]
    in_force: float
    refused_by: Sequence[str]
    trust: Mapping[str, float]
    enforcement: Enforcement
    order: Order | None
    first: Sequence[str]
    if_first: Mapping[str, float | None]
    cannot_be_first: Sequence[str]
    one_side_first: Mapping[str, Order | None]
    spread: Spread | None
    tranches: Tranches | None
    guarantees: Sequence[Guarantee]
    search: Search
    about: Provenance
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each step and mover."""
        steps = [] if self.order is None else self.order.steps
        return [
            {
                "step": number,
                "commitments": " + ".join(step.commitments),
                "mover": mover,
                "tempted": mover in step.tempted,
                "minimum_trust": step.asked[mover],
                "trust": step.trust[mover],
                "temptation": step.temptation[mover],
                "exposure": step.exposure.get(mover, 0.0),
                "held": step.held[mover],
            }
            for number, step in enumerate(steps, start=1)
            for mover in step.movers
        ]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())


def roadmap(
    dossier: str | Path | Document,
    *,
    package: Sequence[str] | None = None,
    tier: str | None = None,
    draw: int | None = None,
    types: Mapping[str, str] | None = None,
    slice: bool = False,
    tick: Callable[[int, int], None] = lambda _extra, _most: None,
    **options: Unpack[Options],
) -> Roadmap:
    """The order of moves of a package that is signed: whom it tempts, and whom it asks for trust.

    `package` names its commitments; without it the Nash solution is taken among the packages
    that all accept who must, of the tier `tier` where that is given. `draw` (from 1) and
    `types` (party to type) choose other numbers than the medians of the likeliest types;
    with `slice` the fewest extra steps are sought that bring it under the parties' trust
    (`tick` is called with their number and the most that are tried). The other options are those of `Options`.

    Raises what `expect` raises, ValueError for a package that breaks a rule or a tier that
    does not exist, CannotAnswer where no package is acceptable to all.
    """
    run, document = run_of(options), open_document(dossier, options.get("changes", ()))
    question = ask(
        document.dossier, options.get("as_of"), options.get("round"), options.get("protocol")
    )
    if not are_few(document.dossier):
        large = large_point(document, question, draw, run.seed, types)
        chosen = chosen_large(document, large, package, tier)
        if chosen.bit_count() > MOST_EXACT:
            return _bounded(document, question, run, large, chosen, slice)
        package, tier = commitments_of(large.game, chosen), None
        document = narrowed(document, package)
    point = point_of(document, question, draw=draw, seed=run.seed, types=types)
    mask = _chosen(document, point, package, tier)
    lattice = point.lattice(mask)
    if lattice.cells > MOST_CELLS:
        large = large_point(document, question, draw, run.seed, types)
        return _bounded(document, question, run, large, mask, slice)
    enforcement = enforcement_of(lattice, point.trust, point.game.parties)
    order = order_of(
        point, lattice, lattice.order(point.trust if enforcement.can_be_signed else None)
    )
    names, consents = point.game.parties, consents_for(point.game, mask, point.consents)
    return Roadmap(
        point=point.label,
        types=point.types,
        commitments=commitments_of(point.game, mask),
        tier=_tiers(point)[int(point.game.board.tiers[point.row(mask)])],
        gains={name: float(g) for name, g in zip(names, lattice.gains, strict=True)},
        consents=consents,
        in_force=all_given(consents),
        refused_by=_refusing(names, lattice.gains, point.consenters(mask)),
        trust={name: float(x) for name, x in zip(names, point.trust, strict=True)},
        enforcement=enforcement,
        order=order,
        first=first_alone(point, order),
        if_first=_if_first(point, lattice),
        cannot_be_first=_cannot_be_first(point, lattice),
        one_side_first=_naive(point, lattice),
        spread=spread_of(document, question, run, mask),
        tranches=slice_package(document, point, mask, run.workers, tick) if slice else None,
        guarantees=guarantees_of(point, mask, lattice, run.workers),
        search=Search(True, None, None, "all orders searched"),
        about=provenance_of(document, run, question.protocol, question.as_of, _tiers(point)),
    )


def _bounded(
    document: Document, question: Question, run: Run, point: LargePoint, mask: int, slice: bool
) -> Roadmap:
    """The best order found of a package that has too many, and how far it may be from the best."""
    if slice:
        raise ValueError(
            f"a package of {mask.bit_count()} commitments is not sliced: it has too many orders "
            "already"
        )
    order, enforcement, search = search_order(point, mask)
    gained, names = gains_of(point.problem, mask), point.game.parties
    consents = consents_for(point.game, mask, point.consents)
    tiers = ("none", *point.game.tiers)
    return Roadmap(
        point=point.label,
        types=point.types,
        commitments=commitments_of(point.game, mask),
        tier=tiers[tier_of(point.problem, mask)],
        gains={name: float(g) for name, g in zip(names, gained, strict=True)},
        consents=consents,
        in_force=all_given(consents),
        refused_by=_refusing(names, gained, must_consent(point.problem, mask)),
        trust={name: float(x) for name, x in zip(names, point.trust, strict=True)},
        enforcement=enforcement,
        order=order,
        first=first_of([names[i] for i in point.game.principals], order),
        if_first={},
        cannot_be_first=[],
        one_side_first={},
        spread=None,
        tranches=None,
        guarantees=[],
        search=search,
        about=provenance_of(document, run, question.protocol, question.as_of, tiers),
    )


def _refusing(names: Sequence[str], gained: Floats, asked: Sequence[int]) -> list[str]:
    """Who of those that must consent loses by the whole."""
    return [names[i] for i in asked if gained[i] < -TOLERANCE]


def _tiers(point: Point) -> tuple[str, ...]:
    return ("none", *point.game.tiers)


def _chosen(
    document: Document, point: Point, package: Sequence[str] | None, tier: str | None
) -> int:
    """The package that is asked about."""
    if package is not None:
        if tier is not None:
            raise ValueError("give either a package or a tier, not both")
        return package_of(document.dossier, package)
    board, names = point.game.board, point.game.tiers
    inside = after_vetoes(board, point.gains)
    if tier is not None:
        if tier not in names:
            raise ValueError(f"there is no tier `{tier}`; the tiers are {', '.join(names)}")
        inside &= board.tiers == names.index(tier) + 1
    power = point.game.setting.power[point.draw][point.principals]
    mask = nash(point.gains[inside][:, point.principals], board.masks[inside], power)
    if mask is None:
        of = f" of the tier `{tier}`" if tier else ""
        raise CannotAnswer(
            f"no package{of} is acceptable to all who must consent, at the {point.label}: name "
            "one with `package`, or look at another draw or at other types"
        )
    return mask


def first_alone(point: Point, order: Order | None) -> list[str]:
    """Who moves in the first step that is not joint of all principals."""
    both = zip(point.game.parties, point.principals, strict=True)
    return first_of([name for name, one in both if one], order)


def first_of(principals: Sequence[str], order: Order | None) -> list[str]:
    """The same for an order whose principals are given by name."""
    for step in [] if order is None else order.steps:
        if not {*principals} <= {*step.movers}:
            return list(step.movers)
    return []


def _if_first(point: Point, lattice: Lattice) -> dict[str, float | None]:
    board = point.game.board
    moving = int(np.bitwise_or.reduce(lattice.movers))
    return {
        name: finite(least_if_first(lattice, i, int(board.principals)))
        for i, name in enumerate(point.game.parties)
        if moving >> i & 1
    }


def _cannot_be_first(point: Point, lattice: Lattice) -> list[str]:
    """The movers all of whose moves are joint of all principals or come after others'."""
    principals = int(point.game.board.principals)
    return [
        name
        for i, name in enumerate(point.game.parties)
        if int(np.bitwise_or.reduce(lattice.movers)) >> i & 1
        and not can_be_first(lattice, i, principals)
    ]


def _naive(point: Point, lattice: Lattice) -> dict[str, Order | None]:
    """For each party with moves of its own the order in which all of them come first."""
    found: dict[str, Order | None] = {}
    for i, name in enumerate(point.game.parties):
        if (lattice.movers == 1 << i).any() and point.principals[i]:
            stiff = one_side_first(lattice, i)
            found[name] = order_of(point, stiff, stiff.order())
    return found
