"""What stands in the way of each tier, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from summitry.analysis.obstacles import Obstacles, TierObstacles
from summitry.report.blame import AFTERWARDS, RARE, after_rows, before_rows, leading
from summitry.report.frame import dated, head
from summitry.report.reasons import OBSTACLES
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

UNLIKELY = 0.5
MEANINGS = {
    "interests": "no deal of it leaves every principal at least as well off as without it",
    "veto": "the principals have one; another who must consent loses by each",
    "commitment": "all would accept one, but every order of moves asks somebody to trust more than it "
    "does",
    "holding-out": "one could be signed; they talked about it, and asked for more than any gives them",
    "not-reached": "one could be signed, but the round was over before they talked about it",
    "outside-consent": "signed; a body outside refuses, and what comes into force falls below it",
    "stopped": "signed and in force; somebody stops on the way",
}


def page(obstacles: Obstacles) -> Page:
    """Shares by round before and after the signature, then of whom tier by tier, then by type."""
    return sheet(_parts(obstacles))


def _parts(obstacles: Obstacles) -> Iterator[Part]:
    yield from head(obstacles.about, "What stands in the way, and of whom?")
    yield Text(sentence(obstacles), style="bold")
    yield Text()
    yield Text("By the end of each round: signed, or what keeps it from being signed.")
    for number, one in enumerate(obstacles.rounds, start=1):
        if number > 1:
            yield Text()
        rows = [(_title(obstacles, tier), one.tiers[tier.tier]) for tier in obstacles.tiers]
        yield _shares_table(f"By {_round(obstacles, number - 1)}", rows)
    yield from _words(obstacles)
    yield from _after_parts(obstacles)
    yield from _whom(obstacles)
    yield from _types(obstacles)


def _title(obstacles: Obstacles, tier: TierObstacles) -> str:
    return obstacles.about.tier_titles[tier.tier]


def _round(obstacles: Obstacles, t: int) -> str:
    one = obstacles.rounds[t]
    return dated(f"round {t + 1}{f': {one.title}' if one.title else ''}", one.date)


def sentence(obstacles: Obstacles) -> str:
    """What most keeps the nearest tier from being signed that is not likely, and of whom."""
    rising = list(reversed(obstacles.tiers))
    tier = next((one for one in rising if one.shares["reached"] < UNLIKELY), rising[-1])
    told = (
        f"At least “{_title(obstacles, tier)}”, by round {obstacles.round + 1}: signed in "
        f"{percent(tier.shares['reached'])} of the draws."
    )
    if tier.shares["reached"] == 1:
        return f"{told} Nothing stands in its way."
    ranked = sorted(OBSTACLES, key=lambda name: -tier.shares[name])
    ranked = [name for name in ranked if tier.shares[name] >= RARE]
    if not ranked:
        return f"{told} Hardly anything stands in its way."
    first = leading(obstacles, tier, ranked[0])
    told += f" Most in its way: {OBSTACLES[ranked[0]]} ({percent(tier.shares[ranked[0]])}){first}."
    if len(ranked) > 1:
        told += f" Then {OBSTACLES[ranked[1]]} ({percent(tier.shares[ranked[1]])})."
    return told


def _shares_table(title: str, rows: list[tuple[str, Mapping[str, float]]]) -> Table:
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


def _words(obstacles: Obstacles) -> Iterator[Part]:
    """What the obstacles that occur mean."""
    met = [
        name
        for name in MEANINGS
        if any(
            one.tiers[tier.tier].get(name) or one.afterwards[tier.tier].get(name)
            for one in obstacles.rounds
            for tier in obstacles.tiers
        )
    ]
    if not met:
        return
    yield Text()
    yield Text(
        "All is counted from what each party would have without a deal or, where less is signed, from "
        "that. What the obstacles mean:"
    )
    table = plain_table("")
    table.add_column("")
    table.add_column("")
    for name in met:
        table.add_row({**OBSTACLES, **AFTERWARDS}[name], MEANINGS[name])
    yield table


def _after_parts(obstacles: Obstacles) -> Iterator[Part]:
    """What becomes of what is signed, round by round."""
    yield Text()
    yield Text(
        "Of what is signed by the end of each round, how much is carried out, and why not more."
    )
    table = plain_table("", grouped=1)
    table.add_column("by the end of")
    table.add_column("at least")
    for heading in ("signed", *AFTERWARDS.values(), "carried out"):
        table.add_column(heading, justify="right")
    for t, one in enumerate(obstacles.rounds):
        for tier in obstacles.tiers:
            signed, lost = one.tiers[tier.tier]["reached"], one.afterwards[tier.tier]
            if signed == 0:
                continue
            shares = [lost[name] / signed for name in AFTERWARDS]
            named = dated(f"{t + 1}. {one.title or 'round'}", one.date)
            table.add_row(
                named,
                _title(obstacles, tier),
                percent(signed),
                *map(percent, shares),
                percent(max(1.0 - sum(shares), 0.0)),
            )
    yield table


def _whom(obstacles: Obstacles) -> Iterator[Part]:
    if not any(
        before_rows(obstacles, one) or after_rows(obstacles, one) for one in obstacles.tiers
    ):
        return
    yield Text()
    yield Text(f"Of whom, by {_round(obstacles, obstacles.round)}", style="bold")
    yield Text(
        "The share of the draws with each obstacle, and in how many of these it is this party's. Several "
        "may have a part in the same draws. Commitment and holding out are told from a sample of 32 "
        f"draws each; what stands in the way of less than {percent(RARE)} of the draws is not told."
    )
    for tier in obstacles.tiers:
        yield Text()
        yield from tier_parts(obstacles, tier)


def tier_parts(obstacles: Obstacles, tier: TierObstacles) -> Iterator[Part]:
    """Who refuses, would have to trust, or holds out; then who does not keep to what is signed."""
    title, signed = _title(obstacles, tier), tier.shares["reached"]
    before, after = before_rows(obstacles, tier), after_rows(obstacles, tier)
    if not before:
        yield Text(title, style="bold")
        yield Text("Hardly anything stands in the way of its being signed.")
    else:
        table = plain_table(title, grouped=2)
        for heading in ("obstacle", "draws", "of whom", "in", "how"):
            table.add_column(heading, justify="right" if heading in ("draws", "in") else "left")
        for obstacle, *cells in before:
            table.add_row(OBSTACLES[obstacle], percent(tier.shares[obstacle]), *cells)
        yield table
    if after:
        table = plain_table(f"{title}: of what is signed, not carried out", grouped=2)
        for heading in ("why", "of signed", "of whom", "in", "how"):
            table.add_column(heading, justify="right" if heading in ("of signed", "in") else "left")
        for why, *cells in after:
            table.add_row(AFTERWARDS[why], percent(tier.afterwards[why] / signed), *cells)
        yield table


def _types(obstacles: Obstacles) -> Iterator[Part]:
    if not any(tier.by_type for tier in obstacles.tiers):
        return
    yield Text()
    yield Text(
        f"By the end of round {obstacles.round + 1} again, if one party were for certain of one of its "
        "types, the others as they are weighed now."
    )
    for number, tier in enumerate(obstacles.tiers):
        rows = [
            (f"{obstacles.about.names[party]}: {kind}", shares)
            for party, kinds in tier.by_type.items()
            for kind, shares in kinds.items()
        ]
        if number:
            yield Text()
        table = _shares_table(f"At least: {_title(obstacles, tier)}", rows)
        table.columns[0] = (Text("if for certain"), "left")
        yield table
