"""What stands in the way of each tier, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from summitry.analysis.obstacles import Obstacles, TierObstacles
from summitry.report.frame import dated, head, trust
from summitry.report.reasons import OBSTACLES
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

MOST_STEPS = 4


def page(obstacles: Obstacles) -> Page:
    """Shares by round, then tier by tier who stands behind them, then by type."""
    return sheet(_parts(obstacles))


def _parts(obstacles: Obstacles) -> Iterator[Part]:
    yield from head(obstacles.about, "What stands in the way, and of whom?")
    titles = obstacles.about.tier_titles
    for number, one in enumerate(obstacles.rounds, start=1):
        title = f"By round {number}{f': {one.title}' if one.title else ''}"
        asked = [tier.tier for tier in obstacles.tiers]
        if number > 1:
            yield Text()
        yield _table(dated(title, one.date), [(titles[k], one.tiers[k]) for k in asked])
    yield Text()
    detail = obstacles.rounds[obstacles.round]
    yield Text(
        f"Of whom, by round {obstacles.round + 1}, {detail.title or detail.date or 'the talks'}",
        style="bold",
    )
    yield Text(
        "`in`: the share of the draws with that obstacle. Interests and veto: who alone keeps it "
        "out; commitment: a sample of 32 draws, its Nash package; information: whose offer failed."
    )
    for tier in obstacles.tiers:
        yield from tier_parts(obstacles, tier)
    for tier in obstacles.tiers:
        yield from _types(obstacles, tier)


def _table(title: str, rows: Iterable[tuple[str, Mapping[str, float]]]) -> Table:
    table = plain_table(title)
    table.add_column("at least")
    table.add_column("reached", justify="right")
    for name in OBSTACLES.values():
        table.add_column(name, justify="right")
    for label, shares in rows:
        table.add_row(
            label,
            percent(shares["reached"]),
            *(percent(shares[name]) for name in OBSTACLES),
        )
    return table


def tier_parts(obstacles: Obstacles, tier: TierObstacles) -> Iterator[Part]:
    """Who refuses, stalls or misjudges: a row each, by obstacle."""
    rows = [*_refusals(obstacles, tier), *_stalls(obstacles, tier), *_misjudged(obstacles, tier)]
    yield Text()
    if not rows:
        yield Text(obstacles.about.tier_titles[tier.tier], style="bold")
        yield Text("Nobody stands in its way.")
        return
    table = plain_table(obstacles.about.tier_titles[tier.tier], grouped=2)
    table.add_column("obstacle")
    table.add_column("draws", justify="right")
    table.add_column("of whom")
    table.add_column("in", justify="right")
    table.add_column("how")
    for obstacle, *row in rows:
        table.add_row(OBSTACLES[obstacle], percent(tier.shares[obstacle]), *row)
    yield table


Row = tuple[str, str, str, str]


def _refusals(obstacles: Obstacles, tier: TierObstacles) -> Iterator[Row]:
    names = obstacles.about.names
    for obstacle, refusals in (("interests", tier.interests), ("veto", tier.veto)):
        if tier.shares[obstacle] == 0:
            continue
        for refusal in refusals:
            told = []
            if refusal.shortfall is not None:
                told.append(
                    f"alone turns down what all others accept, {refusal.shortfall:.1f} of its "
                    "points short (median)"
                )
            if refusal.refuses_all:
                told.append(
                    f"in {percent(refusal.refuses_all)} no such package is worth it to this party"
                )
            yield obstacle, names[refusal.party], percent(refusal.alone), "; ".join(told)
        if obstacle == "veto" and tier.denied:
            how = "some package lacks nothing but a consent that is a matter of chance"
            yield obstacle, "given by chance", percent(tier.denied), how


def _stalls(obstacles: Obstacles, tier: TierObstacles) -> Iterator[Row]:
    for stall in tier.commitment[:MOST_STEPS] if tier.shares["commitment"] else ():
        if stall.trust_asked is None:
            how = "would rather stop, whatever its trust"
        else:
            how = f"asks a trust of {trust(stall.trust_asked)}, it has {stall.trust:.2f}"
        names = obstacles.about.names
        step, name = " ⇄ ".join(names[c] for c in stall.step), names[stall.party]
        yield "commitment", name, percent(stall.share), f"stops before {step}: {how}"


def _misjudged(obstacles: Obstacles, tier: TierObstacles) -> Iterator[Row]:
    names = obstacles.about.names
    for wrong in tier.information if tier.shares["information"] else ():
        refused = ", ".join(f"{names[p]} {percent(x)}" for p, x in wrong.refused_by.items())
        told = []
        if wrong.chance is not None:
            told.append(
                f"held its offer to have a chance of {percent(wrong.chance)}; turned down by "
                f"{refused or 'nobody'}"
            )
        if wrong.nothing_offered:
            told.append(f"saw nothing to offer in {percent(wrong.nothing_offered)}")
        yield "information", names[wrong.proposer], percent(wrong.share), "; ".join(told)


def _types(obstacles: Obstacles, tier: TierObstacles) -> Iterator[Part]:
    if not tier.by_type:
        return
    rows = [
        (f"{obstacles.about.names[party]}: {kind}", shares)
        for party, kinds in tier.by_type.items()
        for kind, shares in kinds.items()
    ]
    title = obstacles.about.tier_titles[tier.tier]
    yield Text()
    yield _table(f"{title}, if a party were for certain ...", rows)
