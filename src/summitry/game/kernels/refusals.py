"""By how much each party falls short of what the others would accept."""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.compiling import kernel
from summitry.game.kernels.gains import fill_halves, fill_utilities
from summitry.game.kernels.stops import TOLERANCE, _bit


@kernel
def scan_refusals(
    values, linkages, reservation, granted, board, halves, utilities, own, best, lots
):
    """For each tier (index 0 = the lowest) or a higher one what keeps its packages out.

    `values` (D, N, commitments), `linkages` (D, N, linkages), `reservation` (D, N), `granted`
    (D): consents by probability that are given, as masks; `halves` and `utilities` (N, P) are
    memory to work in. Fills `own` (D, tiers, N): the most that a party can gain; `best`:
    the most among the packages that all others accept who must consent (for a stakeholder
    among those that all principals accept), -inf where there are none; and `lots` (D,
    tiers): whether some package fails by refused consents given by probability alone.
    """
    tiers = own.shape[1]
    own[:] = -np.inf
    best[:] = -np.inf
    lots[:] = False
    for d in range(len(values)):
        fill_halves(values[d], linkages[d], board, halves)
        fill_utilities(board.concerned, linkages[d], board, halves, utilities)
        for p in range(len(board.masks)):
            at = board.tiers[p] - 1
            consent, refused, who = board.consent[p], 0, -1
            denied = board.chances[p] & ~granted[d] != 0
            principals = 0
            for i in range(board.parties):
                if not _bit(board.concerned, i):
                    continue
                gain = utilities[i, p] - reservation[d, i]
                own[d, at, i] = max(own[d, at, i], gain)
                if _bit(consent, i) and gain < -TOLERANCE:
                    if _bit(board.principals, i):
                        principals += 1
                        if principals == 1:
                            who = i
                    else:
                        refused += 1
                        if principals == 0:
                            who = i
            if principals == 1 or (principals == 0 and refused == 1 and not denied):
                gain = utilities[who, p] - reservation[d, who]
                best[d, at, who] = max(best[d, at, who], gain)
            elif principals == 0 and refused == 0 and denied:
                lots[d, at] = True
        for at in range(tiers - 2, -1, -1):
            lots[d, at] = lots[d, at] or lots[d, at + 1]
            for i in range(board.parties):
                own[d, at, i] = max(own[d, at, i], own[d, at + 1, i])
                best[d, at, i] = max(best[d, at, i], best[d, at + 1, i])
