"""The deals there are, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from summitry.analysis.bargain import Deal, Deals, Zone
from summitry.analysis.enforcement import Enforcement
from summitry.analysis.offer import Offer
from summitry.report.frame import head, plus_minus, points, titles, trust
from summitry.report.roadmap import consents_parts
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

ZONES = {
    "principals": "acceptable to all principals",
    "consent": "and to all who must consent",
    "roadmap": "and with an order of moves within the parties' trust",
}


NOT_LISTED = (
    "There are too many packages to list, so this is the point alone: what holds over all draws, "
    "and how many packages are acceptable, is not known."
)
MEASURES = {
    "nash": "in the sum of logarithms",
    "kalai-smorodinsky": "of the share",
    "egalitarian": "points",
    "utilitarian": "points",
}
MOST_ROWS = 24
LONGEST = 60  # letters of a package that stands beside its numbers
MOST_NAMED = 8


def page(deals: Deals) -> Page:
    """The zone, the frontier with the solutions, and the package that was asked about."""
    return sheet(_parts(deals))


def _parts(deals: Deals) -> Iterator[Part]:
    run = None if deals.zone is not None else f"at the {deals.point}"
    yield from head(deals.about, "Is there a deal to be had, and which?", run)
    if deals.zone is None:
        yield Text(NOT_LISTED)
    else:
        yield zone_table(deals, deals.zone)
        yield from _closers(deals, deals.zone)
    yield Text()
    if deals.counts["consent"] == 0 or not deals.deals:
        yield Text(no_zone(deals), style="bold")
    if deals.deals:
        yield from _table_parts(deals)
    elif deals.zone is None:
        yield Text(f"Found by: {deals.method.says}.")
    if deals.package is not None:
        yield Text()
        yield from offer_parts(deals, deals.package)


def no_zone(deals: Deals) -> str:
    """That nothing is acceptable at the point, and on whose account."""
    who = "both principals prefer" if len(deals.principals) == 2 else "all principals prefer"
    if deals.zone is None:
        return f"At the {deals.point} there is no package that all accept who must."
    if deals.counts["principals"] == 0:
        return f"At the {deals.point} there is no package that {who} to no deal."
    return (
        f"At the {deals.point} there is no deal: {deals.counts['principals']:,} packages are such that "
        f"{who} them to none, but somebody else who must consent loses by each."
    )


def _table_parts(deals: Deals) -> Iterator[Part]:
    yield deals_table(deals)
    if _is_crowded(deals):
        yield from (Text(), packages_table(deals))
    yield from _notes(deals)


def zone_table(deals: Deals, zone: Zone) -> Table:
    """In which share of the draws there is a deal, and how many packages at the point."""
    table = plain_table("A zone of possible agreement, before the talks")
    table.add_column("some package is")
    table.add_column("share of all draws", justify="right")
    table.add_column(f"packages at the {deals.point}", justify="right")
    for name, title in ZONES.items():
        share = plus_minus(zone.share[name], zone.standard_error[name])
        table.add_row(title, share, f"{deals.counts[name]:,} of {deals.counts['possible']:,}")
    return table


def _closers(deals: Deals, zone: Zone) -> Iterator[Part]:
    names = deals.about.names
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
    names, rows, crowded = deals.about.names, _shown(deals), _is_crowded(deals)
    table = plain_table(_title(deals, len(rows)))
    table.add_column("number", justify="right")
    if not crowded:
        table.add_column("package")
    for name in deals.principals:
        table.add_column(f"{names[name]} gains (share)", justify="right")
    table.add_column("trust", justify="right")
    table.add_column("tempted")
    if _asks_outside(deals):
        table.add_column("in force", justify="right")
    rates = () if deals.zone is None else ("acceptable", "efficient", "signed")
    for title in rates:
        table.add_column(title, justify="right")
    for number, deal in rows:
        package = [] if crowded else [_package(deals, deal)]
        table.add_row(_mark(deals, deal, number), *package, *_numbers(deals, deal))
    return table


def _asks_outside(deals: Deals) -> bool:
    """Whether any package told hangs on an outside consent."""
    return any(deal.in_force < 1.0 for deal in deals.deals)


def packages_table(deals: Deals) -> Table:
    """What the packages hold, where the table above has no room for it."""
    table = plain_table("")
    table.add_column("number", justify="right")
    table.add_column("package")
    for number, deal in _shown(deals):
        table.add_row(_mark(deals, deal, number), _package(deals, deal))
    return table


def _is_crowded(deals: Deals) -> bool:
    """Whether packages stand below the table, not in it: many principals, or long packages."""
    longest = max(len(_package(deals, deal)) for _, deal in _shown(deals))
    return len(deals.principals) > 2 or longest > LONGEST


def _shown(deals: Deals) -> list[tuple[int, Deal]]:
    """Every deal with its number; of a long frontier the solutions and some evenly spread."""
    rows = list(enumerate(deals.deals, start=1))
    if deals.zone is not None or len(rows) <= MOST_ROWS:
        return rows
    step = len(rows) / (MOST_ROWS - 4)
    even = {int(k * step) + 1 for k in range(MOST_ROWS - 4)}
    return [(number, deal) for number, deal in rows if number in even or deal.solutions]


def _title(deals: Deals, shown: int) -> str:
    if deals.zone is not None:
        return (
            f"Pareto frontier over the principals at the {deals.point}, then what is most often "
            "signed"
        )
    if deals.method.frontier is None:
        return f"The solutions at the {deals.point}"
    number = deals.method.frontier
    some = f"; {shown} of {number:,} points" if shown < number else ""
    return f"Pareto frontier over the principals at the {deals.point}{some}"


def _mark(deals: Deals, deal: Deal, number: int) -> str:
    return f"{number}" if deal.on_frontier or deals.method.frontier is None else f"({number})"


def _package(deals: Deals, deal: Deal) -> Text:
    named = f" [{', '.join(deal.solutions)}]" if deal.solutions else ""
    alike = f" ({deal.alike:,.0f} alike)" if deal.alike is not None and deal.alike > 1 else ""
    told = f"{_commitments(deals, deal)}{alike}{named}"
    return Text(told, style="bold" if deal.solutions else "")


def _numbers(deals: Deals, deal: Deal) -> list[str]:
    fortune = deal.fortune
    rates = () if fortune is None else (fortune.acceptable, fortune.efficient, fortune.chosen)
    return [
        *(
            f"{points(deal.gains[name])}\n({deal.shares[name]:.0%})"
            if deal.shares[name] == deal.shares[name]
            else points(deal.gains[name])
            for name in deals.principals
        ),
        _trust(deal.enforcement),
        ", ".join(deals.about.names[p] for p in deal.enforcement.tempted) or _nobody(deal),
        *([percent(deal.in_force)] if _asks_outside(deals) else []),
        *(percent(share) for share in rates),
    ]


def _commitments(deals: Deals, deal: Deal) -> str:
    """The commitments; of a long package that is no solution their number."""
    number = len(deal.commitments)
    if deals.zone is None and number > MOST_NAMED and not deal.solutions:
        return f"{number} commitments"
    return titles(deal.commitments, deals.about.names)


def _trust(held: Enforcement) -> str:
    if held.search == "none":
        return "?"
    at_most = "≤ " if held.search == "bound" else ""
    least = f"{at_most}{trust(held.minimum_trust)}"
    return least if held.can_be_signed or held.minimum_trust is None else f"{least} !"


def _nobody(deal: Deal) -> str:
    return "nobody" if deal.enforcement.self_enforcing else "?"


def _notes(deals: Deals) -> Iterator[Part]:
    types = ", ".join(f"{deals.about.names[p]} {kind}" for p, kind in deals.types.items())
    if types:
        yield Text(f"Types taken at the {deals.point}: {types}.")
    listed = "The last three columns are over all draws. (n): not on the frontier."
    bound = "`≤`: by the best order found; `?`: not searched, or none found."
    outside = (
        "In force: how likely all of it comes into force once it is signed. "
        if _asks_outside(deals)
        else ""
    )
    yield Text(
        "Share: of the principal's best in the zone. Trust: the least that some order of moves "
        "asks; `!` marks what cannot be signed with the trust there is, `never` that no order works. "
        "Tempted: who would gain by stopping on the order that is signed; where nobody would, the "
        f"package enforces itself. {outside}{bound if deals.zone is None else listed}"
    )
    yield Text(f"Found by: {deals.method.says}.")
    yield from _gaps(deals)
    if len(deals.principals) > 1 and any(deals.solutions.values()):
        yield Text(
            "! The egalitarian and the utilitarian package compare points of different parties.",
            style="yellow",
        )


def _gaps(deals: Deals) -> Iterator[Part]:
    """What is left to be proved, where anything is."""
    left = [
        f"{name} {gap:.2g} {MEASURES[name]}" for name, gap in deals.method.gaps.items() if gap > 0
    ]
    if left:
        yield Text(f"Not proved best, by at most: {', '.join(left)}.", style="yellow")
    elif deals.method.name == "highs":
        yield Text("Each solution is proved best, within the solver's tolerance of a millionth.")


def offer_parts(deals: Deals, offer: Offer) -> Iterator[Part]:
    """One package: who gains what, who blocks, what would sweeten it, what would flip it."""
    names = deals.about.names
    yield Text(f"The package: {titles(offer.commitments, names)}", style="bold")
    yield Text(f"It reaches: {deals.about.tier_titles[offer.tier]}.")
    table = plain_table("")
    table.add_column("party")
    table.add_column("gain", justify="right")
    table.add_column("answer")
    table.add_column("its worth of no agreement would have to")
    if offer.accepts is not None:
        table.add_column("accepts, over all draws", justify="right")
    for party, gain in offer.gains.items():
        if party not in offer.must_consent:
            accepts = [] if offer.accepts is None else [""]
            table.add_row(names[party], points(gain), "not asked", "", *accepts)
            continue
        need = offer.to_flip[party]
        flip = f"rise by {need:.1f} to refuse" if need >= 0 else f"fall by {-need:.1f} to accept"
        short = offer.shortfall.get(party)
        answer = "accepts" if short is None else f"refuses: {short:.1f} short"
        accepts = [] if offer.accepts is None else [percent(offer.accepts[party])]
        table.add_row(names[party], points(gain), answer, flip, *accepts)
    yield table
    yield from consents_parts(offer.consents, offer.in_force, names)
    fortune = offer.fortune
    if fortune is not None:
        yield Text(
            f"Over all draws it is acceptable to all in {percent(fortune.acceptable)}, efficient "
            f"in {percent(fortune.efficient)}, and signed in {percent(fortune.chosen)}."
        )
    yield Text(held_together(offer.enforcement, names))
    yield from _sweeteners(deals, offer)


def held_together(held: Enforcement, names: Mapping[str, str]) -> str:
    """Whether a package can be signed, and whether anything but trust holds it together."""
    if held.search == "none":
        return "No order of its moves was found within the memory of the search."
    if held.minimum_trust is None:
        return "No order of its moves works: somebody would rather not move, whatever its trust."
    if held.self_enforcing:
        return "It can be signed, and it enforces itself: some order of its moves tempts nobody."
    found = " found" if held.search == "bound" else ""
    who = " and ".join(names[p] for p in held.tempted) or "nobody"
    tempted = f"on the order that is signed {who} would gain by stopping"
    if held.can_be_signed:
        return f"It can be signed with the trust there is, but does not enforce itself: {tempted}."
    return (
        f"It cannot be signed: the best order of moves{found} asks for a trust of "
        f"{held.minimum_trust:.2f}, more than the parties have, for {who} would gain by stopping."
    )


def _sweeteners(deals: Deals, offer: Offer) -> Iterator[Part]:
    if not offer.shortfall or offer.sweeteners is None:
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
            f"  + {titles(sweetener.added, deals.about.names)}: then {gains}; "
            f"trust asked {_trust(sweetener.enforcement)}"
        )
