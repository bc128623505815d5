"""Slicing a package into tranches until it asks nobody for more than its trust."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from summitry.analysis.enforcement import finite
from summitry.analysis.orders import Order, order_of
from summitry.analysis.point import Point
from summitry.dossier.reader import Document
from summitry.game.roadmap import Lattice
from summitry.game.tranches import Slicing, slice_thinner


@dataclass(frozen=True)
class Thinner:
    """The smallest minimum trust with a number of extra steps, and the parts that reach it."""

    extra_steps: int
    minimum_trust: float | None
    parts: Mapping[str, int]
    exact: bool


@dataclass(frozen=True)
class Tranches:
    """How thin a package must be sliced.

    `sliceable`: its actions; pledges are said once. `trade_off`: trust against extra
    steps. `enough`: the parts with the fewest extra steps with which some order asks nobody
    for more than its trust, and that `order`; None where `most_extra` steps do not suffice.
    `exact`: all ways of slicing were tried.
    """

    sliceable: Sequence[str]
    trade_off: Sequence[Thinner]
    enough: Mapping[str, int] | None
    order: Order | None
    most_extra: int
    exact: bool


def slice_package(
    document: Document, point: Point, mask: int, workers: int, tick: Callable[[int, int], None]
) -> Tranches:
    """The fewest extra steps that bring a package under the parties' trust, at one point."""
    game = point.game
    actions = [
        c
        for c, rule in enumerate(document.dossier.commitments.values())
        if mask >> c & 1 and rule.kind == "action"
    ]

    def build(parts: Mapping[int, int]) -> Lattice:
        return point.lattice(mask, parts)

    found = list(slice_thinner(build, actions, point.trust, workers=workers, tick=tick))
    last = found[-1]
    order = None
    if last.within is not None:
        lattice = build(last.within)
        order = order_of(point, lattice, lattice.order(point.trust))
    return Tranches(
        sliceable=[game.commitments[c] for c in actions],
        trade_off=[_thinner(point, one) for one in found],
        enough=None if last.within is None else _named(point, last.within),
        order=order,
        most_extra=last.extra,
        exact=last.exact,
    )


def _thinner(point: Point, one: Slicing) -> Thinner:
    return Thinner(one.extra, finite(one.least), _named(point, one.parts), one.exact)


def _named(point: Point, parts: Mapping[int, int]) -> dict[str, int]:
    return {point.game.commitments[c]: n for c, n in parts.items() if n > 1}
