"""What stands in the way of each tier, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from summitry.analysis.obstacles import Obstacles, TierObstacles
from summitry.report.frame import dated, head, trust
from summitry.report.reasons import OBSTACLES
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

AFTERWARDS = {"outside-consent": "outside consent", "stopped": "stopped"}
ALL = {**OBSTACLES, **AFTERWARDS}
MOST_STEPS = 4
MEANT = (
    "Signed, or what keeps it from being signed. Interests: a principal has more without any such deal. "
    "Veto: the principals have one, another who must consent turns it down. Commitment: all would accept "
    "one, but every order of moves asks somebody for more trust than it has. Holding out: it could be "
    "signed, but they ask for more than it gives them. Not reached: it could be signed, but the talks "
    "did not come so far in the round."
)


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
    yield Text(MEANT)
    yield Text()
    detail = obstacles.rounds[obstacles.round]
    yield Text(
        f"Of whom, by round {obstacles.round + 1}, {detail.title or detail.date or 'the talks'}",
        style="bold",
    )
    yield Text(
        "Draws: how often it is this obstacle; of these, in how many this party alone, or this step. "
        "Commitment and holding out are told from a sample of 32 draws each; what fails after the "
        "signature from all draws that sign it."
    )
    for tier in obstacles.tiers:
        yield from tier_parts(obstacles, tier)
    for tier in obstacles.tiers:
        yield from _types(obstacles, tier)


def _table(title: str, rows: Iterable[tuple[str, Mapping[str, float]]]) -> Table:
    table = plain_table(title)
    table.add_column("at least")
    table.add_column("signed", justify="right")
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
    """Who refuses, would have to trust, holds out, or does not keep to it: a row each."""
    rows = [
        *_refusals(obstacles, tier), *_stalls(obstacles, tier), *_insisting(obstacles, tier),
        *_unreached(tier), *_afterwards(obstacles, tier),
    ]  # fmt: skip
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
    shares = {**tier.shares, **tier.afterwards}
    for obstacle, *row in rows:
        table.add_row(ALL[obstacle], percent(shares[obstacle]), *row)
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
                others = (
                    "the other principals accept"
                    if obstacle == "interests"
                    else "all others accept"
                )
                told.append(
                    f"alone turns down what {others}, {refusal.shortfall:.1f} of its points short "
                    "(median)"
                )
            if refusal.refuses_all:
                told.append(
                    f"in {percent(refusal.refuses_all)} no such package is worth it to this party"
                )
            yield obstacle, names[refusal.party], percent(refusal.alone), "; ".join(told)


def _stalls(obstacles: Obstacles, tier: TierObstacles) -> Iterator[Row]:
    names = obstacles.about.names
    for stall in tier.commitment[:MOST_STEPS] if tier.shares["commitment"] else ():
        others = ", ".join(
            names[party] if share == 1 else f"{names[party]} ({percent(share)})"
            for party, share in stall.doubted.items()
        )
        whom = f" in {others}, who could gain by stopping later" if others else ""
        if stall.trust_asked is None:
            how = "no trust would do: it would lose more than all brings it"
        else:
            how = f"asks a trust of {trust(stall.trust_asked)}{whom}; it has {stall.trust:.2f}"
        step = " ⇄ ".join(names[c] for c in stall.step)
        yield "commitment", names[stall.party], percent(stall.share), f"before “{step}”: {how}"


def _insisting(obstacles: Obstacles, tier: TierObstacles) -> Iterator[Row]:
    for one in tier.holding_out if tier.shares["holding-out"] else ():
        name = obstacles.about.names[one.party]
        if one.asks is None or one.offered is None or one.shortfall is None:
            yield "holding-out", name, percent(one.alone), "asks for too much only as others do too"
            continue
        how = (
            f"holds out for {percent(one.asks)} of the best that it could get signed, where what "
            f"meets the others gives it {percent(one.offered)} at most: {one.shortfall:.1f} of its "
            "points (medians)"
        )
        yield "holding-out", name, percent(one.alone), how


def _unreached(tier: TierObstacles) -> Iterator[Row]:
    if tier.shares["not-reached"]:
        yield (
            "not-reached",
            "all",
            "",
            "the round ended at a smaller agreement, or with the talks below it",
        )


def _afterwards(obstacles: Obstacles, tier: TierObstacles) -> Iterator[Row]:
    """What is signed and not carried out."""
    names = obstacles.about.names
    for one in tier.refused:
        how = f"refuses “{names[one.commitment]}”"
        yield "outside-consent", names[one.party], percent(one.share), how
    for stop in tier.stopped[:MOST_STEPS]:
        step = " ⇄ ".join(names[c] for c in stop.step)
        who = ", ".join(names[party] for party in stop.parties)
        yield "stopped", who, percent(stop.share), _stopping(stop.begun, step)
    rest = tier.stopped[MOST_STEPS:]
    if rest:
        share = percent(sum(stop.share for stop in rest))
        yield "stopped", "others", share, f"at {len(rest)} more steps"


def _stopping(begun: bool, step: str) -> str:
    return f"stops before “{step}”" if begun else f"does not even begin, with “{step}”"


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
