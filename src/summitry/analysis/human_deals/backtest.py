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
from summitry.analysis.human_deals.theory import ASSUMED, fit_each
from summitry.analysis.telling import frame, told
from summitry.game.board import Floats, Ints

LEAST_SCENARIOS, LEAST_OUTCOMES = 100, 30
MOST_DRAWS = 4096


@dataclass(frozen=True)
class Scores:
    """Mean losses: nats of the outcome and of the split given a deal, Brier of no deal."""

    log_loss: float
    log_loss_given_deal: float
    brier_no_deal: float


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
    log_loss_error: float
    behind: float
    behind_error: float
    shipped: Scores | None


@dataclass(frozen=True)
class AssumedScore:
    """A protocol of the model under one listed assumption, fitted to the whole file."""

    protocol: str
    reservation: float
    deviation: float
    delay: float
    knowledge: float
    breakdown: float
    tremble: float
    log_loss: float


@dataclass(frozen=True)
class DealsBacktest:
    """How well each protocol forecasts a file of negotiations, best first.

    `fitted_by` is "cross-validation", or "shipped" where the file is too small to fit
    anything; `numbers` are then the shipped ones, else those fitted to the whole file.
    """

    file: str
    file_sha256: str
    negotiations: int
    deals: int
    scenarios: int
    fitted_by: str
    folds: int
    draws: int
    seed: int
    protocols: Sequence[ProtocolScore]
    calibration: Sequence[Bin]
    assumptions: Sequence[AssumedScore]
    numbers: Sequence[Number]
    version: str = __version__
    schema: str = "summitry.backtest-deals/1"

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
    draws: int = 128,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> DealsBacktest:
    """Forecast every negotiation of a file by every protocol, and score it.

    The fitted numbers are those of the other folds; negotiations over one scenario (the
    same items and value vectors, whoever has which) are in one fold. `draws`: games played
    for each negotiation, `progress`: called with (done, of all).

    Raises DossierError for mistakes in the file, ValueError for options out of range.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise ValueError(f"draws must be from 1 to {MOST_DRAWS:,}, not {draws}")
    negotiations, source = read_negotiations(path)
    advance = _counted(progress, len(negotiations.counts))
    scenarios = scenarios_of(negotiations)
    material = prepare(negotiations, draws, seed, advance)
    shipped = forecast(material, SHIPPED)
    everything = np.ones(len(scenarios), bool)
    can_fit = _can_fit(negotiations, scenarios)
    fitted = fit(material, everything) if can_fit else SHIPPED
    folds = folds_of(scenarios, seed)
    forecasts = cross_validate(material, folds, advance) if can_fit else shipped
    return DealsBacktest(
        file=source.name,
        file_sha256=source.sha256,
        negotiations=len(scenarios),
        deals=int(negotiations.agreed.sum()),
        scenarios=int(scenarios.max()) + 1,
        fitted_by="cross-validation" if can_fit else "shipped",
        folds=FOLDS if can_fit else 0,
        draws=draws,
        seed=seed,
        protocols=_scored(material, forecasts, shipped, scenarios),
        calibration=calibration_of(forecasts[BEST][:, -1], ~negotiations.agreed),
        assumptions=_assumptions(material),
        numbers=numbers_of(fitted),
    )


def _counted(
    progress: Callable[[int, int], None] | None, negotiations: int
) -> Callable[[int], None]:
    """Told of negotiations done, it tells of the progress: each game once, then the folds."""
    done = 0
    total = negotiations * (1 + sum(len(listed) for listed in ASSUMED.values()))

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(done, total)

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
                **vars(_means(losses)),
                log_loss_error=clustered_error(losses.whole, scenarios),
                behind=float(apart.mean()),
                behind_error=clustered_error(apart, scenarios),
                shipped=with_shipped
                if with_shipped is None
                else _means(losses_of(with_shipped, splits.outcome)),
            )
        )
    return sorted(scored, key=lambda one: one.log_loss)


def _means(losses: Losses) -> Scores:
    """The means; NaN for the split where there was no deal at all."""
    split = losses.split[~np.isnan(losses.split)]
    given = float(split.mean()) if len(split) else float("nan")
    return Scores(float(losses.whole.mean()), given, float(losses.no_deal.mean()))


def _assumptions(material: Material) -> list[AssumedScore]:
    everything = np.ones(len(material.splits.outcome), bool)
    return [
        AssumedScore(
            protocol, *ASSUMED[protocol][k], fitted.breakdown, fitted.tremble, log_loss=loss
        )
        for protocol, played in material.played.items()
        for k, (loss, fitted) in enumerate(fit_each(played, material.splits, everything))
    ]
