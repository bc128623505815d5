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
        of_splits=np.array(
            [
                1.2706,
                -0.0775,
                -0.2370,
                -0.7728,
                1.4092,
                -0.1035,
                1.2279,
                -0.4396,
                0.3994,
                -0.3394,
                -0.5512,
            ]
        ),
        of_no_deal=np.array([8.2635, -0.6537, -1.1503, 0.0607, 0.2562]),
    ),
    aspirations=Aspirations(
        firm=1.0170, shape=21.745, floor=0.0010, choice=4.3663, ended=0.1114, tremble=0.0111
    ),
    efficient=Efficient(tremble=0.6067, no_deal=0.2420),
    weights=np.array([0.8934, 0.1066, 0.0]),
)
