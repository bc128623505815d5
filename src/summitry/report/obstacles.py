"""What stands in the way of each tier, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from summitry.analysis.obstacles import Obstacles, TierObstacles
from summitry.report.frame import dated, head, trust
from summitry.report.reasons import OBSTACLES
from summitry.report.style import percent, plain_table

MOST_STEPS = 4


def page(obstacles: Obstacles) -> Group:
    """Shares by round, then tier by tier who stands behind them, then by type."""
    return Group(*_parts(obstacles))


def _parts(obstacles: Obstacles) -> Iterator[RenderableType]:
    yield from head(obstacles.about, "What stands in the way, and of whom?")
    for number, one in enumerate(obstacles.rounds, start=1):
        title = f"By round {number}{f': {one.title}' if one.title else ''}"
        asked = [tier.tier for tier in obstacles.tiers]
        yield _table(dated(title, one.date), {k: one.tiers[k] for k in asked})
    yield Text()
    detail = obstacles.rounds[obstacles.round]
    yield Text(
        f"Round {obstacles.round + 1}, {detail.title or detail.date or 'the talks'}: of whom",
        style="bold",
    )
    for tier in obstacles.tiers:
        yield from tier_parts(obstacles, tier)
    for tier in obstacles.tiers:
        yield from _types(obstacles, tier)


def _table(title: str, rows: Mapping[str, Mapping[str, float]]) -> Table:
    table = plain_table(title)
    table.add_column("at least", no_wrap=True)
    table.add_column("reached", justify="right")
    for name in OBSTACLES.values():
        table.add_column(name, justify="right")
    for label, shares in rows.items():
        table.add_row(
            label, percent(shares["reached"]), *(percent(shares[name]) for name in OBSTACLES)
        )
    return table


def tier_parts(obstacles: Obstacles, tier: TierObstacles) -> Iterator[RenderableType]:
    """Who refuses, stalls or misjudges, in sentences with shares."""
    yield Text()
    yield Text(obstacles.about.tier_titles[tier.tier], style="bold")
    told = [
        *_refusals(obstacles, tier),
        *_stalls(obstacles, tier),
        *_misjudged(obstacles, tier),
    ]
    for line in told or ["Nothing stands in its way."]:
        yield Text(line)


def _refusals(obstacles: Obstacles, tier: TierObstacles) -> Iterator[str]:
    names = obstacles.about.names
    for obstacle, refusals in (("interests", tier.interests), ("veto", tier.veto)):
        share = tier.shares[obstacle]
        if share == 0:
            continue
        told = []
        for refusal in refusals:
            short = (
                f", then {refusal.shortfall:.1f} of its points short (median)"
                if refusal.shortfall is not None
                else ""
            )
            told.append(
                f"{names[refusal.party]} has no such package worth accepting in "
                f"{percent(refusal.refuses_all)} of them, and alone blocks what the others accept "
                f"in {percent(refusal.alone)}{short}"
            )
        if obstacle == "veto" and tier.denied:
            told.append(
                f"in {percent(tier.denied)} some package lacks only a consent given by probability"
            )
        yield f"  {obstacle} ({percent(share)} of draws): {'; '.join(told) or 'nobody alone'}."


def _stalls(obstacles: Obstacles, tier: TierObstacles) -> Iterator[str]:
    if tier.shares["commitment"] == 0 or not tier.commitment:
        return
    names = obstacles.about.names
    told = [
        f"{names[stall.party]} before {' ⇄ '.join(stall.step)} in {percent(stall.share)} "
        + (
            "(would rather stop at any trust)"
            if stall.trust_asked is None
            else f"(asked {trust(stall.trust_asked)}, has {stall.trust:.2f})"
        )
        for stall in tier.commitment[:MOST_STEPS]
    ]
    yield f"  commitment ({percent(tier.shares['commitment'])} of draws) stalls: {'; '.join(told)}."


def _misjudged(obstacles: Obstacles, tier: TierObstacles) -> Iterator[str]:
    if tier.shares["information"] == 0:
        return
    names, told = obstacles.about.names, []
    for wrong in tier.information:
        refused = ", ".join(f"{names[p]} {percent(x)}" for p, x in wrong.refused_by.items())
        chance = f", though it gave it {percent(wrong.chance)}" if wrong.chance is not None else ""
        nothing = (
            f", and nothing was offered in {percent(wrong.nothing_offered)}"
            if wrong.nothing_offered
            else ""
        )
        told.append(
            f"the offer of {names[wrong.proposer]} in {percent(wrong.share)}: refused by "
            f"{refused or 'nobody'}{chance}{nothing}"
        )
    yield f"  information ({percent(tier.shares['information'])} of draws): {'; '.join(told)}."


def _types(obstacles: Obstacles, tier: TierObstacles) -> Iterator[RenderableType]:
    if not tier.by_type:
        return
    rows = {
        f"{obstacles.about.names[party]}: {kind}": shares
        for party, kinds in tier.by_type.items()
        for kind, shares in kinds.items()
    }
    yield Text()
    yield _table(f"{tier.tier}, if a party were for certain ...", rows)
