"""The backtest: what each protocol would have told of every negotiation, and what it cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from summitry import __version__
from summitry.analysis.human_deals.baselines import forecast_nash_power, forecast_uniform
from summitry.analysis.human_deals.calibration import Bin, calibration_of
from summitry.analysis.human_deals.fitting import (
    BEST,
    Material,
    cross_validate,
    fit,
    forecast,
    prepare,
)
from summitry.analysis.human_deals.forecasts import (
    FOLDS,
    Losses,
    clustered_error,
    folds_of,
    losses_of,
)
from summitry.analysis.human_deals.naming import SOURCES, Number, numbers_of
from summitry.analysis.human_deals.reading import Negotiations, read_negotiations
from summitry.analysis.human_deals.shipped import SHIPPED
from summitry.analysis.human_deals.splits import scenarios_of
from summitry.analysis.telling import frame, told
from summitry.game.board import Floats, Ints

LEAST_SCENARIOS, LEAST_OUTCOMES = 100, 30
MANY_OFFERS = 4


@dataclass(frozen=True)
class Scores:
    """Mean losses: nats of the outcome and of the split given a deal, Brier of no deal.

    `no_deal`: the mean probability of no deal that was told.
    """

    log_loss: float
    log_loss_given_deal: float
    brier_no_deal: float
    no_deal: float


@dataclass(frozen=True)
class ProtocolScore:
    """A protocol's losses over `n` negotiations.

    `log_loss_error`: the standard error of `log_loss`, `behind` by how much it is worse than
    the mixture `summitry`, with `behind_error` (both clustered by scenario). `shipped`: the
    losses with the numbers shipped; None for a baseline, which has no fitted number.
    """

    name: str
    source: str
    n: int
    log_loss: float
    log_loss_given_deal: float
    brier_no_deal: float
    no_deal: float
    log_loss_error: float
    behind: float
    behind_error: float
    shipped: Scores | None


@dataclass(frozen=True)
class ByOffers:
    """Negotiations with so many formal offers (`least`: that many or more).

    `no_deal`: the share without a deal, `told`: the mean that `summitry` told of it.
    """

    offers: int
    least: bool
    n: int
    no_deal: float
    told: float


@dataclass(frozen=True)
class DealsBacktest:
    """How well each protocol forecasts a file of negotiations, best first.

    `fitted_by` is "cross-validation", or "shipped" where the file is too small to fit
    anything; `numbers` are then the shipped ones, else those fitted to the whole file. `no_deal`
    is the share without a deal; `level_from` the share that the forecasts with the shipped numbers
    were brought to, if any. `by_offers` is empty where the file does not tell of offers.
    """

    file: str
    file_sha256: str
    negotiations: int
    deals: int
    scenarios: int
    fitted_by: str
    folds: int
    seed: int
    kinds: Sequence[str]
    no_deal: float
    level_from: float | None
    protocols: Sequence[ProtocolScore]
    calibration: Sequence[Bin]
    by_offers: Sequence[ByOffers]
    numbers: Sequence[Number]
    version: str = __version__
    schema: str = "summitry.backtest-deals/2"

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """One record for each protocol."""
        return [
            {key: value for key, value in vars(one).items() if key != "shipped"}
            for one in self.protocols
        ]

    def to_frame(self) -> Any:
        """The same as a polars frame."""
        return frame(self.rows())


def backtest_deals(
    path: str | Path,
    *,
    seed: int = 0,
    level_from: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DealsBacktest:
    """Forecast every negotiation of a file by every protocol, and score it.

    The fitted numbers are those of the other folds (drawn by `seed`); negotiations over one
    scenario (the same items and value vectors, whoever has which) are in one fold. The shipped
    numbers are a forecast for any other experiment, but for the level of no deal, which does not
    carry over: `level_from` is the share of no deal that is known of it. `progress`: called with
    (done, of all).

    Raises DossierError for mistakes in the file, ValueError for options out of range.
    """
    if level_from is not None and not 0.0 < level_from < 1.0:
        raise ValueError(f"level-from must be a share above 0 and below 1, not {level_from:g}")
    negotiations, source = read_negotiations(path)
    advance = _counted(progress, len(negotiations.counts))
    scenarios = scenarios_of(negotiations)
    material = prepare(negotiations)
    shipped = forecast(material, SHIPPED, level_from)
    everything = np.ones(len(scenarios), bool)
    can_fit = _can_fit(negotiations, scenarios)
    fitted = fit(material, everything) if can_fit else SHIPPED
    folds = folds_of(scenarios, seed)
    forecasts = cross_validate(material, folds, advance) if can_fit else shipped
    ended = ~negotiations.agreed
    return DealsBacktest(
        file=source.name,
        file_sha256=source.sha256,
        negotiations=len(scenarios),
        deals=int(negotiations.agreed.sum()),
        scenarios=int(scenarios.max()) + 1,
        fitted_by="cross-validation" if can_fit else "shipped",
        folds=FOLDS if can_fit else 0,
        seed=seed,
        kinds=negotiations.kinds,
        no_deal=float(ended.mean()),
        level_from=level_from,
        protocols=_scored(material, forecasts, shipped, scenarios),
        calibration=calibration_of(forecasts[BEST][:, -1], ended),
        by_offers=_by_offers(negotiations, forecasts[BEST][:, -1]),
        numbers=numbers_of(fitted),
    )


def _by_offers(negotiations: Negotiations, told: Floats) -> list[ByOffers]:
    """How often there was no deal by the number of formal offers, where that is known."""
    found = []
    for number in range(MANY_OFFERS + 1):
        least = number == MANY_OFFERS
        rows = negotiations.offers >= number if least else negotiations.offers == number
        if rows.any():
            share = 1.0 - float(negotiations.agreed[rows].mean())
            found.append(ByOffers(number, least, int(rows.sum()), share, float(told[rows].mean())))
    return found


def _counted(
    progress: Callable[[int, int], None] | None, negotiations: int
) -> Callable[[int], None]:
    """Told of negotiations forecast, it tells of the progress."""
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(done, negotiations)

    return advance


def _can_fit(negotiations: Negotiations, scenarios: Ints) -> bool:
    deals = int(negotiations.agreed.sum())
    rarer = min(deals, len(scenarios) - deals)
    return int(scenarios.max()) + 1 >= LEAST_SCENARIOS and rarer >= LEAST_OUTCOMES


def _scored(
    material: Material,
    forecasts: Mapping[str, Floats],
    shipped: Mapping[str, Floats],
    scenarios: Ints,
) -> list[ProtocolScore]:
    """Every protocol and baseline, the smallest log loss first."""
    negotiations, splits = material.negotiations, material.splits
    every = {
        **forecasts,
        "nash-power": forecast_nash_power(negotiations, splits),
        "uniform": forecast_uniform(negotiations, splits),
    }
    best = losses_of(every[BEST], splits.outcome)
    scored = []
    for name, probabilities in every.items():
        losses = losses_of(probabilities, splits.outcome)
        apart = losses.whole - best.whole
        with_shipped = shipped.get(name)
        scored.append(
            ProtocolScore(
                name=name,
                source=SOURCES[name],
                n=len(scenarios),
                **vars(_means(losses, probabilities)),
                log_loss_error=clustered_error(losses.whole, scenarios),
                behind=float(apart.mean()),
                behind_error=clustered_error(apart, scenarios),
                shipped=with_shipped
                if with_shipped is None
                else _means(losses_of(with_shipped, splits.outcome), with_shipped),
            )
        )
    return sorted(scored, key=lambda one: one.log_loss)


def _means(losses: Losses, forecast: Floats) -> Scores:
    """The means; NaN for the split where there was no deal at all."""
    split = losses.split[~np.isnan(losses.split)]
    given = float(split.mean()) if len(split) else float("nan")
    return Scores(
        log_loss=float(losses.whole.mean()),
        log_loss_given_deal=given,
        brier_no_deal=float(losses.no_deal.mean()),
        no_deal=float(forecast[:, -1].mean()),
    )
