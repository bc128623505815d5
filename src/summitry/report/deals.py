"""The deals there are, on one page."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from summitry.analysis.deals import Deal, Deals
from summitry.analysis.offer import Offer
from summitry.report.frame import head, plus_minus, points, trust
from summitry.report.style import percent, plain_table, stacked, tight_table

NARROWEST = 20
ZONES = {
    "principals": "acceptable to all principals",
    "consent": "and to all who must consent",
    "roadmap": "and with an order of moves within the parties' trust",
}


def page(deals: Deals) -> Group:
    """The zone, the frontier with the solutions, and the package that was asked about."""
    return Group(*_parts(deals))


def _parts(deals: Deals) -> Iterator[RenderableType]:
    yield from head(deals.about, "Is there a deal to be had, and which?")
    yield zone_table(deals)
    yield from _closers(deals)
    yield Text()
    if deals.counts["consent"] == 0:
        yield Text(no_zone(deals), style="bold")
    if deals.deals:
        yield from _table_parts(deals)
    if deals.package is not None:
        yield Text()
        yield from offer_parts(deals, deals.package)


def no_zone(deals: Deals) -> str:
    """That nothing is acceptable at the point, and on whose account."""
    who = "both principals prefer" if len(deals.principals) == 2 else "all principals prefer"
    if deals.counts["principals"] == 0:
        return f"At the {deals.point} there is no package that {who} to no deal."
    return (
        f"At the {deals.point} there is no deal: {deals.counts['principals']:,} packages are such that "
        f"{who} them to none, but each lacks the consent of somebody else who must agree."
    )


def _table_parts(deals: Deals) -> Iterator[RenderableType]:
    yield deals_table(deals)
    if _is_crowded(deals):
        yield from (
            Text(f"{_mark(d, k)}: ").append(_package(d)) for k, d in enumerate(deals.deals, 1)
        )
    yield from _notes(deals)


def zone_table(deals: Deals) -> Table:
    """In which share of the draws there is a deal, and how many packages at the point."""
    table = plain_table("A zone of possible agreement, before the talks")
    table.add_column("some package is", ratio=2)
    table.add_column("share of all draws", justify="right")
    table.add_column(f"packages at the {deals.point}", justify="right")
    for zone, title in ZONES.items():
        share = plus_minus(deals.zone.share[zone], deals.zone.standard_error[zone])
        table.add_row(title, share, f"{deals.counts[zone]:,} of {deals.counts['possible']:,}")
    return table


def _closers(deals: Deals) -> Iterator[RenderableType]:
    names, zone = deals.about.names, deals.zone
    for title, refusals in (
        ("Where the principals leave no zone", zone.closed_by),
        ("Where it is vetoed", zone.vetoed_by),
    ):
        told = [
            f"{names[r.party]} alone is short in {percent(r.alone)} of these draws, by "
            f"{r.shortfall:.1f} of its points (median)"
            for r in refusals
            if r.shortfall is not None
        ]
        if told:
            yield Text(f"{title}: {'; '.join(told)}.")


def deals_table(deals: Deals) -> Table:
    """The frontier by the first principal's gain, then what is most often chosen."""
    names = deals.about.names
    table = tight_table(
        f"Pareto frontier over the principals at the {deals.point}, then what is most often chosen"
    )
    table.add_column("")
    crowded = _is_crowded(deals)
    if not crowded:
        table.add_column("package", min_width=NARROWEST, overflow="fold")
    for name in deals.principals:
        words = stacked(names[name], 9 if crowded else 14)
        table.add_column(f"{words}\ngain\n(share)", justify="right", overflow="fold")
    for title in ("trust", "accept-\nable", "effi-\ncient", "chosen"):
        table.add_column(title, justify="right", overflow="fold")
    for number, deal in enumerate(deals.deals, start=1):
        package = [] if crowded else [_package(deal)]
        table.add_row(_mark(deal, number), *package, *_numbers(deals, deal))
    return table


def _is_crowded(deals: Deals) -> bool:
    """Whether there are so many principals that packages stand below the table, not in it."""
    return len(deals.principals) > 2


def _mark(deal: Deal, number: int) -> str:
    return f"{number}" if deal.on_frontier else f"({number})"


def _package(deal: Deal) -> Text:
    named = f" [{', '.join(deal.solutions)}]" if deal.solutions else ""
    return Text(f"{', '.join(deal.commitments)}{named}", style="bold" if deal.solutions else "")


def _numbers(deals: Deals, deal: Deal) -> list[str]:
    least, fortune = trust(deal.minimum_trust), deal.fortune
    return [
        *(
            f"{points(deal.gains[name])}\n({deal.shares[name]:.0%})"
            if deal.shares[name] == deal.shares[name]
            else points(deal.gains[name])
            for name in deals.principals
        ),
        least if deal.self_enforcing or deal.minimum_trust is None else f"{least} !",
        *(percent(share) for share in (fortune.acceptable, fortune.efficient, fortune.chosen)),
    ]


def _notes(deals: Deals) -> Iterator[RenderableType]:
    types = ", ".join(f"{deals.about.names[p]} {kind}" for p, kind in deals.types.items())
    if types:
        yield Text(f"Types taken at the {deals.point}: {types}.")
    yield Text(
        "Share: of the principal's best in the zone. Trust: the least that some order of moves "
        "asks; `!` marks more than the parties have, `never` that no order works. The last three "
        "columns are over all draws. (n): not on the frontier."
    )
    if len(deals.principals) > 1 and any(deals.solutions.values()):
        yield Text(
            "! The egalitarian and the utilitarian package compare points of different parties.",
            style="yellow",
        )


def offer_parts(deals: Deals, offer: Offer) -> Iterator[RenderableType]:
    """One package: who gains what, who blocks, what would sweeten it, what would flip it."""
    names = deals.about.names
    yield Text(f"The package {', '.join(offer.commitments)}", style="bold")
    yield Text(f"It reaches: {deals.about.tier_titles[offer.tier]}.")
    table = plain_table("")
    table.add_column("party")
    table.add_column("gain", justify="right")
    table.add_column("answer")
    table.add_column("its worth of no\nagreement would have to")
    table.add_column("accepts, over\nall draws", justify="right")
    for party, gain in offer.gains.items():
        if party not in offer.must_consent:
            table.add_row(names[party], points(gain), "not asked", "", "")
            continue
        need = offer.to_flip[party]
        flip = f"rise by {need:.1f} to refuse" if need >= 0 else f"fall by {-need:.1f} to accept"
        short = offer.shortfall.get(party)
        answer = "accepts" if short is None else f"refuses: {short:.1f} short"
        table.add_row(names[party], points(gain), answer, flip, percent(offer.accepts[party]))
    yield table
    for consent in offer.denied:
        yield Text(f"Lacking: the consent of {consent}, which is a matter of chance.")
    fortune = offer.fortune
    yield Text(
        f"Over all draws it is acceptable to all in {percent(fortune.acceptable)}, efficient in "
        f"{percent(fortune.efficient)}, and agreed on in {percent(fortune.chosen)}."
    )
    yield Text(_carried(offer))
    yield from _sweeteners(deals, offer)


def _carried(offer: Offer) -> str:
    if offer.minimum_trust is None:
        return "No order of moves carries it out: somebody would rather stop, whatever its trust."
    enough = "the parties have that" if offer.self_enforcing else "more than the parties have"
    return f"The best order of moves asks for a trust of {offer.minimum_trust:.2f}: {enough}."


def _sweeteners(deals: Deals, offer: Offer) -> Iterator[RenderableType]:
    if not offer.shortfall:
        return
    if not offer.sweeteners:
        yield Text("No addition makes everyone accept who must.")
        return
    number = len(offer.sweeteners[0].added)
    yield Text(
        f"Cheapest sweetener: {number} added commitment{'s' if number > 1 else ''}. "
        "With nothing smaller do all accept who must."
    )
    for sweetener in offer.sweeteners:
        gains = ", ".join(
            f"{deals.about.names[name]} {points(sweetener.gains[name])}"
            for name in offer.must_consent
        )
        yield Text(
            f"  + {' and '.join(sweetener.added)}: then {gains}; "
            f"trust asked {trust(sweetener.minimum_trust)}"
        )
