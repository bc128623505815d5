"""The numbers as shipped: fitted to 4,422 negotiations of Lewis et al. (2017), seed 0.

They are what this prints under `numbers`, rounded (the data are not shipped: CC BY-NC):

    summitry backtest deals deal_or_no_deal.csv --json
"""

from __future__ import annotations

import numpy as np

from summitry.analysis.human_deals.aspirations import Aspirations
from summitry.analysis.human_deals.efficient import Efficient
from summitry.analysis.human_deals.fitting import Fitted
from summitry.analysis.human_deals.people import FairShares

SHIPPED = Fitted(
    fair_shares=FairShares(
        of_splits=np.array([1.3081, -0.0810, -0.2293, -1.1348, 1.4008, -0.1048, 0.8789, -0.1400]),
        of_no_deal=np.array([8.3224, -0.6890, -1.1613, 0.0724, 0.2815]),
    ),
    aspirations=Aspirations(firm=1.12, shape=15.0, floor=0.12, choice=4.5, ended=0.05),
    efficient=Efficient(tremble=0.2842, no_deal=0.2420),
    weights=np.array([0.8, 0.2, 0.0]),
)
