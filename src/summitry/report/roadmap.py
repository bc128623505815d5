"""The order of moves, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from summitry.analysis.binding import MOST_BOUND, Guarantee
from summitry.analysis.orders import Order, OrderStep
from summitry.analysis.roadmap import Roadmap
from summitry.analysis.slices import Tranches
from summitry.analysis.spread import Spread
from summitry.report.frame import head, points, possessive, titles, trust
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

FOUND = "The order found that asks for the least trust"
NOT_FOUND = "No order of moves was found within the memory of the search; there may be one."
TOGETHER = (
    "A step of all principals counts as simultaneous: they do their parts at once, so that nobody "
    "goes first in it."
)


def page(roadmap: Roadmap) -> Page:
    """Who moves when, what it asks of whom, and what would ask for less."""
    return sheet(_parts(roadmap))


def _parts(roadmap: Roadmap) -> Iterator[Part]:
    about = roadmap.about
    yield from head(about, "Who moves first, and in which order?", f"at the {roadmap.point}")
    yield Text(f"The package: {titles(roadmap.commitments, about.names)}", style="bold")
    yield Text(f"It reaches: {about.tier_titles[roadmap.tier]}.")
    gains = ", ".join(
        f"{about.names[p]} {points(g)}" for p, g in roadmap.gains.items() if abs(g) > 0.05
    )
    types = ", ".join(f"{about.names[p]} {kind}" for p, kind in roadmap.types.items())
    yield Text(f"When all is done: {gains}.{f' Types: {types}.' if types else ''}")
    yield Text()
    if roadmap.order is None:
        if not roadmap.search.exact:
            yield Text(NOT_FOUND)
            yield Text(_bound(roadmap))
            return
        losers = [about.names[p] for p in roadmap.if_first if roadmap.gains[p] < 0]
        why = f" {' and '.join(losers)} would lose by the whole of it." if losers else ""
        yield Text(f"No order of moves works: somebody would rather stop, whatever its trust.{why}")
    else:
        title = "The order that asks for the least trust"
        yield steps_table(roadmap, roadmap.order, title if roadmap.search.exact else FOUND)
        yield Text(_verdict(roadmap, roadmap.order))
        if roadmap.within is not None:
            yield Text()
            yield steps_table(roadmap, roadmap.within, "An order within the trust of each")
    yield from first_parts(roadmap)
    if roadmap.spread is None:
        yield Text(_bound(roadmap))
        return
    yield _naive(roadmap)
    yield _spread(roadmap, roadmap.spread)
    if roadmap.tranches is not None:
        yield Text()
        yield from tranches_parts(roadmap, roadmap.tranches)
    yield Text()
    yield from guarantees_parts(roadmap)


def steps_table(roadmap: Roadmap, order: Order, title: str) -> Table:
    """One row a step: who moves, what it asks and risks, and who holds what if all stops."""
    names, movers = roadmap.about.names, list(order.demand)
    table = plain_table(title)
    table.add_column("step", justify="right")
    table.add_column("who moves")
    table.add_column("does")
    table.add_column("trust asked (it has)")
    table.add_column("exposure", justify="right")
    table.add_column("temptation", justify="right")
    for name in movers:
        table.add_column(f"{names[name]} holds", justify="right")
    for number, step in enumerate(order.steps, start=1):
        last = number == len(order.steps)
        table.add_row(
            str(number),
            ", ".join(names[mover] for mover in step.movers),
            " ⇄ ".join(_done(step, c, names) for c in step.commitments),
            _asked(roadmap, step),
            "done" if last else _most(step.exposure.get(mover, 0.0) for mover in step.movers),
            points(max(step.temptation.values())),
            *(points(step.held[name]) for name in movers),
        )
    return table


def _most(values: Iterable[float]) -> str:
    """The largest, 0 where there is nothing above it."""
    largest = max(values, default=0.0)
    return f"{largest:.1f}" if largest >= 0.05 else "0"


def _done(step: OrderStep, commitment: str, names: Mapping[str, str]) -> str:
    part = step.part.get(commitment)
    return f"{names[commitment]} ({part})" if part else names[commitment]


def _asked(roadmap: Roadmap, step: OrderStep) -> str:
    """The movers that need some trust, and how much they have."""
    told = [
        f"{roadmap.about.names[mover]} {trust(value)} ({step.trust[mover]:.2f})"
        for mover, value in step.asked.items()
        if value is None or value > 0
    ]
    return ", ".join(told) or "none"


def _verdict(roadmap: Roadmap, order: Order) -> str:
    names = roadmap.about.names
    asked = ", ".join(
        f"{names[p]} {trust(value)} (has {roadmap.trust[p]:.2f})"
        for p, value in order.demand.items()
    )
    risks = ", ".join(
        f"{names[p]} {value:.1f}" for p, value in order.exposure.items() if value >= 0.05
    )
    if order.within_trust:
        holds = "it can be carried out"
    elif roadmap.within is not None:
        holds = "more than somebody has; another order, below, asks nobody for more"
    else:
        holds = "more than the parties have"
    return (
        f"Trust asked in all: {asked}: {holds}. "
        f"Deepest exposure: {risks or 'none'}. Exposure: how far below nothing the mover would be "
        "if all stopped after its step; temptation: what stopping before it would bring the mover "
        "over going on to the end; holds: what each keeps if all stops after the step, "
        "in the last row its gain, for then all is done."
    )


def first_parts(roadmap: Roadmap) -> Iterator[Part]:
    """Who moves first alone, and what it would ask if another did."""
    if roadmap.order is None:
        return
    if not roadmap.first:
        yield Text(f"Nobody moves first: every step is one of all principals. {TOGETHER}")
        return
    joint = next(
        k for k, step in enumerate(roadmap.order.steps) if list(step.movers) == list(roadmap.first)
    )
    who = " and ".join(roadmap.about.names[p] for p in roadmap.first)
    one = len(roadmap.first) == 1
    how = f"{'moves' if one else 'move'} first, {'alone' if one else 'together'}"
    if joint:
        which = "step 1" if joint == 1 else f"steps 1 to {joint}"
        yield Text(f"After {which}, joint of all principals, {who} {how}. {TOGETHER}")
    else:
        yield Text(f"{who} {how}.")
    if roadmap.if_first:
        yield Text(f"The least trust asked, by who moves first: {_if_first(roadmap)}.")


def _if_first(roadmap: Roadmap) -> str:
    """What each party's going first would ask, or why it cannot."""
    told = []
    for party, least in roadmap.if_first.items():
        name = roadmap.about.names[party]
        if party in roadmap.cannot_be_first:
            told.append(f"{name} has no move of its own to begin with")
        elif least is None:
            told.append(f"with {name} first no order works, whatever the trust")
        else:
            told.append(f"{name} {least:.2f}")
    return "; ".join(told)


def _naive(roadmap: Roadmap) -> Text:
    names, told = roadmap.about.names, []
    for party, order in roadmap.one_side_first.items():
        if order is None:
            told.append(f"all of {possessive(names[party])} first: no order works at any trust")
        else:
            told.append(f"all of {possessive(names[party])} first: {trust(order.minimum_trust)}")
    return Text(f"For contrast: {'; '.join(told)}." if told else "")


def _bound(roadmap: Roadmap) -> str:
    """How far the order may be from the best, and what is not said of so many commitments."""
    search, order = roadmap.search, roadmap.order
    least = trust(search.lower_bound)
    if search.exact:
        found = "No order asks for less." if order else ""
    else:
        shown = f"; the one shown asks {trust(order.minimum_trust)}" if order else ""
        found = f"A bound, not the best: no order asks for less than {least}{shown}."
    return (
        f"{found} Searched: {search.says}; {search.states:,} sets of done commitments looked at. "
        "Of more than 20 commitments nothing is said over the draws, of other orders or of "
        "guarantees."
    ).strip()


def _spread(roadmap: Roadmap, spread: Spread) -> Text:
    if spread.carried is None or spread.hopeless is None:
        return Text("In no draw do all accept this package who must.")
    quantiles = ", ".join(
        f"{float(level):.0%} {'no order' if value is None else trust(value)}"
        for level, value in spread.quantiles.items()
    )
    had = ", ".join(f"{roadmap.about.names[p]} {value:.2f}" for p, value in spread.trust.items())
    return Text(
        f"Over the draws ({spread.draws:,} a combination of types) all accept it in "
        f"{percent(spread.accepted)}; of these it can be carried out in {percent(spread.carried)} "
        f"(± {100 * (spread.standard_error['carried'] or 0):.1f}); in {percent(spread.hopeless)} "
        f"no order works, whatever the trust. Least trust asked, quantiles: {quantiles}. "
        f"Trust of the movers, medians: {had}."
    )


def tranches_parts(roadmap: Roadmap, tranches: Tranches) -> Iterator[Part]:
    """The trade-off of trust against steps, and the slicing that suffices."""
    if all(thinner.minimum_trust is None for thinner in tranches.trade_off):
        yield Text(
            f"Slicing does not help: with up to {tranches.most_extra} extra steps somebody would "
            "still rather stop, whatever its trust."
        )
        return
    table = plain_table("Sliced into tranches: the least trust asked, by extra steps")
    table.add_column("extra steps", justify="right")
    table.add_column("least trust", justify="right")
    table.add_column("parts")
    for thinner in tranches.trade_off:
        parts = _parts_of(thinner.parts, roadmap) or "whole"
        bound = "" if thinner.exact else "  (best found; not all ways were tried)"
        table.add_row(str(thinner.extra_steps), trust(thinner.minimum_trust), parts + bound)
    yield table
    if tranches.enough is None:
        yield Text(f"Up to {tranches.most_extra} extra steps do not suffice.")
        return
    parts = _parts_of(tranches.enough, roadmap) or "no slicing at all"
    yield Text(f"Enough for the parties' trust: {parts}.")
    if tranches.order is not None and tranches.enough:
        yield steps_table(roadmap, tranches.order, "The order with these tranches")


def _parts_of(parts: Mapping[str, int], roadmap: Roadmap) -> str:
    return "; ".join(f"{roadmap.about.names[c]} in {n}" for c, n in parts.items())


def guarantees_parts(roadmap: Roadmap) -> Iterator[Part]:
    """What would bind the parties instead."""
    if (roadmap.order is not None and roadmap.order.within_trust) or roadmap.within is not None:
        yield Text("It holds as it is; no guarantee is needed.")
        return
    if not roadmap.guarantees:
        yield Text(f"Guarantees are not sought for more than {MOST_BOUND} commitments.")
        return
    table = plain_table("Guarantees that would do the same, each alone")
    table.add_column("from")
    table.add_column("breach cost higher by", justify="right")
    table.add_column("or reversibility of its moves")
    for one in roadmap.guarantees:
        table.add_row(
            " and ".join(roadmap.about.names[p] for p in one.parties),
            "no size does" if one.breach_cost is None else f"{one.breach_cost:.1f}",
            _reversible(one, roadmap.about.names),
        )
    yield table


def _reversible(one: Guarantee, names: Mapping[str, str]) -> str:
    if one.reversible is None:
        return "none does"
    moved = [
        f"{names[c]} {one.reversible_now[c]:.2f} → {value:.2f}"
        for c, value in one.reversible.items()
        if value - one.reversible_now[c] > 0.005
    ]
    return "; ".join(moved) or "as it is"
