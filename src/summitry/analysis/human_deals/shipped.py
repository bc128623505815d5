"""The numbers as shipped: fitted to 4,422 negotiations of Lewis et al. (2017), seed 0.

They are what this prints under `numbers`, rounded (the data are not shipped: CC BY-NC):

    summitry backtest deals deal_or_no_deal.csv --json
"""

from __future__ import annotations

import numpy as np

from summitry.analysis.human_deals.fitting import Fitted
from summitry.analysis.human_deals.people import FairShares
from summitry.analysis.human_deals.theory import Theory

SHIPPED = Fitted(
    fair_shares=FairShares(
        of_splits=np.array([1.3081, -0.0810, -0.2293, -1.1348, 1.4008, -0.1048, 0.8789, -0.1400]),
        of_no_deal=np.array([8.3224, -0.6890, -1.1613, 0.0724, 0.2815]),
    ),
    efficient=Theory(assumed=1, breakdown=0.0, tremble=0.2842, no_deal=0.2420),
    offers=Theory(assumed=2, breakdown=0.2135, tremble=0.1595, no_deal=0.2420),
    weights=np.array([0.9515, 0.0485, 0.0]),
)
