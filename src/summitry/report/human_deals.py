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
    yield Text(_level(backtest))
    yield Text()
    yield calibration_table(backtest)
    yield Text("Equal parts of the file by what was told; ! marks what is outside the interval.")
    yield Text()
    if backtest.by_offers:
        yield offers_table(backtest)
        yield Text("No protocol looks at the offers: whether they tell more is to be seen here.")
        yield Text()
    yield Text(_theory(backtest))
    yield Text()
    yield numbers_table(backtest)


def _run(backtest: DealsBacktest) -> str:
    fitted = (
        f"numbers fitted in {backtest.folds}-fold cross-validation that keeps scenarios together"
        if backtest.folds
        else "too few to fit numbers to: the numbers as shipped"
    )
    return f"{fitted}, seed {backtest.seed}; kinds of items: {', '.join(backtest.kinds)}"


def protocols_table(backtest: DealsBacktest) -> Table:
    """One row a protocol, the best first."""
    table = plain_table("What each protocol costs")
    table.add_column("protocol")
    table.add_column("is")
    for title in (
        "log loss", "given a deal", "Brier, no deal", "behind", "shipped: log loss", "given a deal",
    ):  # fmt: skip
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
            "" if one.shipped is None else _number(one.shipped.log_loss_given_deal),
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


def _level(backtest: DealsBacktest) -> str:
    """The level of no deal, told by the shipped numbers and come about."""
    shipped = {one.name: one.shipped for one in backtest.protocols if one.shipped}
    told = ", ".join(f"{name} {percent(one.no_deal)}" for name, one in shipped.items())
    start = f"No deal came about in {percent(backtest.no_deal)}; with the numbers shipped"
    if backtest.level_from is None:
        return (
            f"{start} the protocols tell {told}. Which split is chosen carries over to another "
            "experiment, the level of no deal does not: where it is known, give it by --level-from."
        )
    return (
        f"{start}, brought to a level of {percent(backtest.level_from)}, the protocols tell {told}."
    )


def offers_table(backtest: DealsBacktest) -> Table:
    """How often there was no deal by the number of formal offers."""
    table = plain_table("No deal by how many formal offers were made")
    for title in ("formal offers", "negotiations", "told", "came about"):
        table.add_column(title, justify="right")
    for one in backtest.by_offers:
        number = f"{one.offers} or more" if one.least else str(one.offers)
        table.add_row(number, f"{one.n:,}", percent(one.told), percent(one.no_deal))
    return table


def _theory(backtest: DealsBacktest) -> str:
    scores = {one.name: one for one in backtest.protocols}
    people, talks, power = (scores[name] for name in ("fair-shares", "aspirations", "nash-power"))
    lost = talks.log_loss_given_deal - people.log_loss_given_deal
    gained = power.log_loss - talks.log_loss
    verdict = "better" if gained > 0 else "worse"
    return (
        f"The model's own talks forecast {abs(gained):.3f} nats {verdict} than nash-power. Of the "
        f"split given a deal they cost {_number(lost)} nats more than fair-shares, which looks at "
        f"points of both together; of deal or no deal their Brier score is {talks.brier_no_deal:.3f} "
        f"(fair-shares {people.brier_no_deal:.3f}, base rate {power.brier_no_deal:.3f})."
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
