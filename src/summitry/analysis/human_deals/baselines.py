"""What a forecast must beat: all splits alike, and the Nash product to a power.

Both take the share of negotiations without a deal from the very file that is scored.
"""

from __future__ import annotations

import numpy as np

from summitry.analysis.human_deals.forecasts import uniform_splits, with_no_deal
from summitry.analysis.human_deals.logit import log_choice
from summitry.analysis.human_deals.reading import Negotiations
from summitry.analysis.human_deals.shares import log_nash_product
from summitry.analysis.human_deals.splits import Splits
from summitry.game.board import Floats

POWER = 6.0


def forecast_uniform(negotiations: Negotiations, splits: Splits) -> Floats:
    """Every split alike: (n, K + 1)."""
    return with_no_deal(uniform_splits(splits), _base_rate(negotiations))


def forecast_nash_power(negotiations: Negotiations, splits: Splits) -> Floats:
    """A split in proportion to the sixth power of its Nash product: (n, K + 1)."""
    terms = log_nash_product(negotiations, splits)[:, :, None]
    logs, _ = log_choice(terms, splits.there, np.array([POWER]))
    return with_no_deal(np.exp(logs), _base_rate(negotiations))


def _base_rate(negotiations: Negotiations) -> Floats:
    agreed = negotiations.agreed
    return np.full(len(agreed), 1.0 - agreed.mean())
