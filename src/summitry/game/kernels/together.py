"""What a party's improvement comes to when the others move at the same time as it does."""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.compiling import allocating


@allocating
def met_together(rows, states, index, payoffs, changes, begin, stable):
    """Mark the rows whose every improvement some combination of the others' can make vain.

    `changes`: the options that improvements turn over, as masks; those of mover k from the
    r-th row are `changes[begin[k, r]:begin[k, r + 1]]`, the party's own being k = 0. `index`: the
    row of every mask of options, -1 where it is no state. `payoffs` (F) are the party's.
    """
    movers = len(begin)
    chosen = np.zeros(movers, np.int64)
    for r in range(len(rows)):
        x = rows[r]
        stable[r] = True
        for own in range(begin[0, r], begin[0, r + 1]):
            met = False
            chosen[:] = 0
            while not met:
                landing = states[x] ^ changes[own]
                for k in range(1, movers):
                    if chosen[k]:
                        landing ^= changes[begin[k, r] + chosen[k] - 1]
                y = index[landing]
                met = y >= 0 and payoffs[y] <= payoffs[x]
                k = 1
                while k < movers and chosen[k] == begin[k, r + 1] - begin[k, r]:
                    chosen[k] = 0
                    k += 1
                if k == movers:
                    break
                chosen[k] += 1
            if not met:
                stable[r] = False
                break
