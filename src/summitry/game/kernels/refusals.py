"""By how much each party falls short of what the others would accept."""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import kernel
from summitry.game.kernels.gains import fill_halves, fill_utilities
from summitry.game.kernels.stops import TOLERANCE


@kernel
def scan_refusals(values, linkages, outside, signed, board, halves, utilities, own, best):
    """For each tier (index 0 = the lowest) or a higher one what keeps its packages out.

    `values` (D, N, commitments), `linkages` (D, N, linkages); `outside` (D, N): what each party
    has without a deal; `signed` (D): the package that stands signed, -1 for none: then only what
    adds to it counts, from what it is worth. `halves` and `utilities` (N, P) are memory to work
    in. Fills `own` (D, tiers, N): the most that a party can gain; `best`:
    the most among the packages that all others accept who must consent (for a stakeholder
    among those that all principals accept), -inf where there are none.
    """
    tiers = own.shape[1]
    own[:] = -np.inf
    best[:] = -np.inf
    for d in range(len(values)):
        fill_halves(values[d], linkages[d], board, halves)
        fill_utilities(board.concerned, linkages[d], board, halves, utilities)
        h = signed[d]
        have = np.int64(board.masks[h]) if h >= 0 else np.int64(0)
        reached = np.int64(board.tiers[h]) if h >= 0 else np.int64(0)
        for p in range(len(board.masks)):
            if board.tiers[p] <= reached or np.int64(board.masks[p]) & have != have:
                continue
            at = board.tiers[p] - 1
            consent, refused, who = board.consent[p], 0, -1
            principals = 0
            for i in range(board.parties):
                if not has(board.concerned, i):
                    continue
                base = utilities[i, h] if h >= 0 else outside[d, i]
                gain = utilities[i, p] - base
                own[d, at, i] = max(own[d, at, i], gain)
                if has(consent, i) and gain < -TOLERANCE:
                    if has(board.principals, i):
                        principals += 1
                        if principals == 1:
                            who = i
                    else:
                        refused += 1
                        if principals == 0:
                            who = i
            if principals == 1 or (principals == 0 and refused == 1):
                base = utilities[who, h] if h >= 0 else outside[d, who]
                gain = utilities[who, p] - base
                best[d, at, who] = max(best[d, at, who], gain)
        for at in range(tiers - 2, -1, -1):
            for i in range(board.parties):
                own[d, at, i] = max(own[d, at, i], own[d, at + 1, i])
                best[d, at, i] = max(best[d, at, i], best[d, at + 1, i])
