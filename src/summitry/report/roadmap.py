"""The order of moves, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.text import Text

from summitry.analysis.binding import MOST_BOUND, Guarantee, Remedy
from summitry.analysis.consents import Consent
from summitry.analysis.orders import Order, OrderStep
from summitry.analysis.roadmap import Roadmap
from summitry.analysis.slices import Tranches
from summitry.analysis.spread import Spread
from summitry.report.frame import head, points, possessive, titles, trust
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

NOT_FOUND = "No order of moves was found within the memory of the search; there may be one."
TOGETHER = (
    "A step of all principals counts as simultaneous: they do their parts at once, so that nobody "
    "goes first in it."
)
MEASURES = (
    "Temptation: what stopping before the step would bring a mover over going on to the end; who "
    "is tempted may stop, so that those who move before have to trust it. Exposure: how far below "
    "nothing the mover would be if all stopped after its step. Holds: what each keeps then, in the "
    "last row its gain, for all is done."
)


def page(roadmap: Roadmap) -> Page:
    """Who moves when, whom it tempts, whom it asks for trust, and what would ask for less."""
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
    yield from consents_parts(roadmap.consents, roadmap.in_force, about.names)
    yield Text()
    if roadmap.order is None:
        if not roadmap.search.exact:
            yield Text(NOT_FOUND)
            yield Text(_bound(roadmap))
            return
        yield Text(f"{_refused(roadmap)}No order of moves works, whatever the trust.")
    else:
        yield Text(_refused(roadmap) + _verdict(roadmap, roadmap.order), style="bold")
        yield steps_table(roadmap, roadmap.order, "The order of moves")
        yield Text(_measures(roadmap, roadmap.order))
    yield from first_parts(roadmap)
    if roadmap.spread is None:
        yield Text(_bound(roadmap))
        return
    yield _naive(roadmap)
    yield from _spread(roadmap, roadmap.spread)
    if roadmap.tranches is not None:
        yield Text()
        yield from tranches_parts(roadmap, roadmap.tranches)
    yield Text()
    yield from guarantees_parts(roadmap)


def consents_parts(
    consents: Sequence[Consent], in_force: float, names: Mapping[str, str]
) -> Iterator[Part]:
    """What is decided outside once a package is signed, and how likely all of it comes into force."""
    if not consents:
        return
    told = "; ".join(
        f"{names[one.party]} to “{names[one.commitment]}” {percent(one.chance)}" for one in consents
    )
    yield Text(
        f"Once it is signed, consents are decided on outside: {told}. All of it comes into force "
        f"with a probability of {percent(in_force)}; gains are counted with these chances."
    )


def _refused(roadmap: Roadmap) -> str:
    """Who would not agree to it at all."""
    who = [
        f"{roadmap.about.names[p]} (by {-roadmap.gains[p]:.1f} of its points)"
        for p in roadmap.refused_by
    ]
    return f"It would not be signed: {', '.join(who)} would lose by the whole. " if who else ""


def _verdict(roadmap: Roadmap, order: Order) -> str:
    """Whether it can be signed, and whether anything but trust holds it together."""
    names, held = roadmap.about.names, roadmap.enforcement
    if not order.tempted:
        signed = "" if roadmap.refused_by else "It can be signed. "
        nearest = _nearest(roadmap, order)
        return f"{signed}It enforces itself: on this order nobody would gain by stopping. {nearest}"
    tempted = "; ".join(_temptation(names, order, party) for party in order.tempted)
    trusting = ", ".join(
        f"{names[p]} {trust(value)} (has {roadmap.trust[p]:.2f})"
        for p, value in order.demand.items()
        if value is None or value > 0.005
    )
    whom = f"Trust asked: {trusting}." if trusting else "Nobody has to trust anybody before that."
    if held.can_be_signed:
        signed = "" if roadmap.refused_by else "It can be signed with the trust there is. "
        return f"{signed}It does not enforce itself: {tempted}. {whom}"
    found = " found" if held.search == "bound" else ""
    least = trust(held.minimum_trust)
    signed = "" if roadmap.refused_by else "It cannot be signed: "
    return (
        f"{signed}{'every' if signed else 'Every'} order{found} asks somebody for more trust than it has (the least that is "
        f"asked: {least}). On the one below {tempted}. {whom}"
    )


def _temptation(names: Mapping[str, str], order: Order, party: str) -> str:
    """Where a party would gain by stopping, and what would bind it."""
    steps = [k for k, step in enumerate(order.steps, start=1) if party in step.tempted]
    one = len(steps) == 1
    where = f"step {steps[0]}, by" if one else f"steps {', '.join(map(str, steps))}, by up to"
    return (
        f"{names[party]} would gain by stopping before {where} {order.temptation[party]:.1f} of its "
        "points (a breach cost higher by as much would bind it)"
    )


def _nearest(roadmap: Roadmap, order: Order) -> str:
    """Who is nearest to being tempted."""
    party, most = max(order.temptation.items(), key=lambda item: item[1])
    step = next(
        k
        for k, one in enumerate(order.steps, start=1)
        if party in one.temptation and one.temptation[party] == most
    )
    if most < -0.05:
        lost = f"it would lose {-most:.1f} of its points by stopping"
    else:
        lost = "stopping would cost it next to nothing"
    return f"Nearest to it is {roadmap.about.names[party]} before step {step}: {lost}."


def steps_table(roadmap: Roadmap, order: Order, title: str) -> Table:
    """One row a step: who moves, whom it tempts and asks for trust, who holds what if all stops."""
    names, movers = roadmap.about.names, list(order.demand)
    table = plain_table(title)
    table.add_column("step", justify="right")
    table.add_column("who moves")
    table.add_column("does")
    table.add_column("temptation", justify="right")
    table.add_column("trust asked (it has)")
    table.add_column("exposure", justify="right")
    for name in movers:
        table.add_column(f"{names[name]} holds", justify="right")
    for number, step in enumerate(order.steps, start=1):
        last = number == len(order.steps)
        table.add_row(
            str(number),
            ", ".join(names[mover] for mover in step.movers),
            " ⇄ ".join(_done(step, c, names) for c in step.commitments),
            _tempting(step, names),
            _asked(step, names),
            "done" if last else _most(step.exposure.get(mover, 0.0) for mover in step.movers),
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


def _tempting(step: OrderStep, names: Mapping[str, str]) -> str:
    """The largest temptation of a mover; of several movers with the name of who is tempted."""
    if not step.tempted or len(step.movers) == 1:
        return points(max(step.temptation.values()))
    return ", ".join(f"{names[p]} {points(step.temptation[p])}" for p in step.tempted)


def _asked(step: OrderStep, names: Mapping[str, str]) -> str:
    """The movers that need some trust, how much they have, and in whom it is."""
    told = [
        f"{names[mover]} {trust(value)} ({step.trust[mover]:.2f}) in "
        + " and ".join(names[p] for p in step.doubted if p != mover)
        for mover, value in step.asked.items()
        if value is None or value > 0
    ]
    return ", ".join(told) or "none"


def _measures(roadmap: Roadmap, order: Order) -> str:
    names = roadmap.about.names
    risks = ", ".join(
        f"{names[p]} {value:.1f}" for p, value in order.exposure.items() if value >= 0.05
    )
    return f"Deepest exposure: {risks or 'none'}. {MEASURES}"


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
        best = trust(roadmap.enforcement.minimum_trust)
        found = f"A bound, not the best: no order asks for less than {least}, the best found {best}{shown}."
    return (
        f"{found} Searched: {search.says}; {search.states:,} sets of done commitments looked at. "
        "Of more than 20 commitments nothing is said over the draws, of other orders or of "
        "guarantees."
    ).strip()


def _spread(roadmap: Roadmap, spread: Spread) -> Iterator[Part]:
    if spread.signed is None or spread.self_enforcing is None or spread.hopeless is None:
        yield Text("In no draw do all accept this package who must.")
        return
    names, error = roadmap.about.names, spread.standard_error
    quantiles = ", ".join(
        f"{float(level):.0%} {'no order' if value is None else trust(value)}"
        for level, value in spread.quantiles.items()
    )
    had = ", ".join(f"{names[p]} {value:.2f}" for p, value in spread.trust.items())
    hopeless = (
        f"; in {percent(spread.hopeless)} no order works, whatever the trust"
        if spread.hopeless
        else ""
    )
    yield Text(
        f"Over the draws ({spread.draws:,} a combination of types) all accept it in "
        f"{percent(spread.accepted)}. Of these it can be signed with the trust there is in "
        f"{percent(spread.signed)} (± {100 * (error['signed'] or 0):.1f}), and enforces itself in "
        f"{percent(spread.self_enforcing)} (± {100 * (error['self_enforcing'] or 0):.1f}){hopeless}. "
        f"Least trust asked, quantiles: {quantiles}. Trust of the movers, medians: {had}."
    )
    tempted = [(p, x) for p, x in spread.tempted.items() if x >= 0.0005]
    if tempted:
        told = ", ".join(f"{names[p]} {percent(x)}" for p, x in tempted)
        yield Text(f"Where it can be signed, who would gain by stopping on the way: {told}.")


def tranches_parts(roadmap: Roadmap, tranches: Tranches) -> Iterator[Part]:
    """The trade-off of trust against steps, and the slicing that suffices."""
    if all(thinner.minimum_trust is None for thinner in tranches.trade_off):
        yield Text(
            f"Slicing does not help: with up to {tranches.most_extra} extra steps somebody would "
            "still rather not move, whatever its trust."
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
    if roadmap.enforcement.self_enforcing:
        yield Text("It holds as it is; no guarantee is needed.")
        return
    if not roadmap.guarantees:
        yield Text(f"Guarantees are not sought for more than {MOST_BOUND} commitments.")
        return
    senses = [("so that nobody is tempted", "to_enforce_itself")]
    if not roadmap.enforcement.can_be_signed:
        senses.insert(0, ("so that it can be signed", "to_sign"))
    for title, sense in senses:
        yield _guarantees_table(roadmap, f"Guarantees {title}, each alone", sense)
    yield Text(
        "What is reversible costs who gives it less if all stops, and binds who receives it; a breach "
        "cost (a guarantor, a snap-back) makes stopping dear."
    )


def _guarantees_table(roadmap: Roadmap, title: str, sense: str) -> Table:
    table = plain_table(title)
    table.add_column("from")
    table.add_column("breach cost higher by", justify="right")
    table.add_column("or reversibility of its moves")
    for one in roadmap.guarantees:
        remedy: Remedy = getattr(one, sense)
        table.add_row(
            " and ".join(roadmap.about.names[p] for p in one.parties),
            "no size does" if remedy.breach_cost is None else f"{remedy.breach_cost:.1f}",
            _reversible(one, remedy, roadmap.about.names),
        )
    return table


def _reversible(one: Guarantee, remedy: Remedy, names: Mapping[str, str]) -> str:
    if remedy.reversible is None:
        return "none does"
    moved = [
        f"{names[c]} {one.reversible_now[c]:.2f} → {value:.2f}"
        for c, value in remedy.reversible.items()
        if value - one.reversible_now[c] > 0.005
    ]
    return "; ".join(moved) or "as it is"
