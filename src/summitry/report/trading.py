"""What parties would trade across issues, and who pays for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from summitry.analysis.positions.answer import Positions
from summitry.analysis.positions.trading import Bargain, Move, Trading
from summitry.report.numbers import figure
from summitry.report.style import Part, Table, plain_table

SHOWN = 8
HURT = 3


def trading_parts(trading: Trading, answer: Positions) -> Iterator[Part]:
    """The largest trades in the issues that are told; every party's balance where all are."""
    names = answer.about.names
    told = {issue.issue: issue.title for issue in answer.issues}
    bargains = [one for one in trading.bargains if any(move.issue in told for move in one.moves)]
    yield Text()
    if not bargains:
        where = "across the issues" if len(told) == len(trading.after) else "on this"
        yield Text(f"No two parties would trade votes {where}.")
        return
    yield bargains_table(bargains[:SHOWN], {**names, **told})
    yield Text(
        f"{_some(len(bargains))} with equal gains (salience times per cent of the scale). The "
        "exchange model is less exact than the forecast; it says who could trade what, and who pays.",
        style="dim",
    )
    if len(told) == len(trading.after):
        yield Text()
        yield balance_table(trading, names)


def bargains_table(bargains: Sequence[Bargain], names: Mapping[str, str]) -> Table:
    """Who moves its vote where for what, and whom it hurts most."""
    table = plain_table("What would be traded")
    table.add_column("one gives")
    table.add_column("the other gives")
    table.add_column("each gains", justify="right")
    table.add_column("who pays most")
    for bargain in bargains:
        one, other = bargain.moves
        table.add_row(
            _move(one, names), _move(other, names), f"{bargain.gain:.2f}", _payers(bargain, names)
        )
    return table


def balance_table(trading: Trading, names: Mapping[str, str]) -> Table:
    """What all trades bring each party, by its own trades and by those of others."""
    table = plain_table("Who gains and who pays, all trades together")
    table.add_column("party")
    for title in ("by its own trades", "by those of others", "together"):
        table.add_column(title, justify="right")
    balance = trading.balance
    for party in sorted(balance, key=lambda name: -(balance[name].own + balance[name].others)):
        own, others = balance[party].own, balance[party].others
        table.add_row(
            names.get(party, party), f"{own:+.1f}", f"{others:+.1f}", f"{own + others:+.1f}"
        )
    return table


def _some(number: int) -> str:
    """How many of so many trades are shown."""
    if number > SHOWN:
        return f"The first {SHOWN} of {number} trades"
    return f"All {number} trades" if number > 1 else "The only trade"


def _move(move: Move, names: Mapping[str, str]) -> str:
    who = names.get(move.party, move.party)
    return f"{who}: {names.get(move.issue, move.issue)} from {figure(move.start)} to {figure(move.end)}"


def _payers(bargain: Bargain, names: Mapping[str, str]) -> str:
    worst = sorted(bargain.others.items(), key=lambda item: item[1])[:HURT]
    told = [f"{names.get(name, name)} {loss:.1f}" for name, loss in worst if loss <= -0.05]
    return ", ".join(told) or "nobody"
