"""The backtest over human deals on one page."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from summitry.analysis.human_deals.backtest import DealsBacktest
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet


def page(backtest: DealsBacktest) -> Page:
    """The protocols' losses, whether no deal is well calibrated, and the fitted numbers."""
    return sheet(_parts(backtest))


def _parts(backtest: DealsBacktest) -> Iterator[Part]:
    yield Text(f"Human deals: {backtest.file}", style="bold")
    yield Text(
        f"Negotiations: {backtest.negotiations:,}; scenarios: {backtest.scenarios:,}; "
        f"deals: {backtest.deals:,}. How likely was what came about, by each protocol?"
    )
    yield Text(_run(backtest), style="dim")
    yield Text()
    yield protocols_table(backtest)
    yield Text(
        "Log loss in nats: of the outcome (no deal included), and of the split where there was a "
        "deal; Brier of no deal; the less the better. Behind: per negotiation. Errors are "
        "clustered by scenario. The baselines are given the share of no deal of this very file."
    )
    yield Text()
    yield calibration_table(backtest)
    yield Text("Equal parts of the file by what was told; ! marks what is outside the interval.")
    yield Text()
    yield assumptions_table(backtest)
    yield Text(_theory(backtest))
    yield Text()
    yield numbers_table(backtest)


def _run(backtest: DealsBacktest) -> str:
    fitted = (
        f"numbers fitted in {backtest.folds}-fold cross-validation that keeps scenarios together"
        if backtest.folds
        else "too few to fit numbers to: the numbers as shipped"
    )
    return f"{fitted}, {backtest.draws:,} games a negotiation, seed {backtest.seed}"


def protocols_table(backtest: DealsBacktest) -> Table:
    """One row a protocol, the best first."""
    table = plain_table("What each protocol costs")
    table.add_column("protocol")
    table.add_column("is")
    for title in ("log loss", "given a deal", "Brier, no deal", "behind", "log loss as shipped"):
        table.add_column(title, justify="right")
    for one in backtest.protocols:
        behind = "" if one.name == "summitry" else _with_error(one.behind, one.behind_error)
        table.add_row(
            one.name,
            one.source,
            _with_error(one.log_loss, one.log_loss_error),
            _number(one.log_loss_given_deal),
            f"{one.brier_no_deal:.3f}",
            behind,
            "" if one.shipped is None else f"{one.shipped.log_loss:.3f}",
        )
    return table


def _with_error(value: float, error: float) -> str:
    return f"{value:.3f}" if error != error else f"{value:.3f} ± {error:.3f}"


def _number(value: float) -> str:
    return "-" if value != value else f"{value:.3f}"


def calibration_table(backtest: DealsBacktest) -> Table:
    """What `summitry` told of no deal beside how often there was none."""
    table = plain_table("No deal, as told by summitry and as it came about")
    for title in ("negotiations", "told", "came about", "central 90 %"):
        table.add_column(title, justify="right")
    for one in backtest.calibration:
        span = f"{percent(one.low)} to {percent(one.high)}"
        outside = "" if one.low <= one.forecast <= one.high else " !"
        table.add_row(f"{one.n:,}", percent(one.forecast), percent(one.share), f"{span}{outside}")
    return table


def assumptions_table(backtest: DealsBacktest) -> Table:
    """The protocols of the model under each assumption, fitted to the whole file."""
    table = plain_table("The model's protocols by what they assume (fitted to the whole file)")
    table.add_column("protocol")
    for title in (
        "reservation value", "delay cost", "knowledge", "breakdown", "tremble", "log loss",
    ):  # fmt: skip
        table.add_column(title, justify="right")
    for one in backtest.assumptions:
        table.add_row(
            one.protocol,
            f"{one.reservation:g} ± {one.deviation:g}",
            f"{one.delay:g}",
            f"{one.knowledge:g}",
            f"{one.breakdown:.2f}",
            f"{one.tremble:.2f}",
            f"{one.log_loss:.3f}",
        )
    return table


def _theory(backtest: DealsBacktest) -> str:
    scores = {one.name: one for one in backtest.protocols}
    people, offers, power = (scores[name] for name in ("fair-shares", "offers", "nash-power"))
    lost = offers.log_loss_given_deal - people.log_loss_given_deal
    verdict = "loses" if offers.log_loss > people.log_loss else "does not lose"
    return (
        "Reservation value 0 is what the rules say: no deal brings nothing. Tremble: the share of "
        f"anything at all. The model's own protocol {verdict} to what people do: of the split "
        f"given a deal it costs {_number(lost)} nats more than fair-shares; of deal or no deal its "
        f"Brier score is {offers.brier_no_deal:.3f} (fair-shares {people.brier_no_deal:.3f}, "
        f"base rate {power.brier_no_deal:.3f})."
    )


def numbers_table(backtest: DealsBacktest) -> Table:
    """Every fitted number."""
    whose = "fitted to the whole file" if backtest.folds else "as shipped"
    table = plain_table(f"The numbers, {whose}")
    for title in ("protocol", "part", "number"):
        table.add_column(title)
    table.add_column("value", justify="right")
    for one in backtest.numbers:
        table.add_row(one.protocol, one.part, one.name.replace("_", " "), f"{one.value:.4f}")
    return table
