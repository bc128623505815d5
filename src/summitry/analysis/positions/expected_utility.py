"""What both readings of the challenge model share: votes, expected utilities, risk.

Bueno de Mesquita (1985, 1994), in the notation of Scholz, Calbert and Smith (2011). All arrays
are of one draw; gaps are distances as shares of the range, salience is from 0 to 1.
"""

from __future__ import annotations

import numpy as np

from summitry.game.board import Floats


def votes(weights: Floats, gaps: Floats, risk: Floats) -> Floats:
    """How party k votes between i (positive) and j: c s (d(k, j)^r - d(k, i)^r): (k, i, j)."""
    far = gaps ** risk[:, None]
    return np.asarray(weights[:, None, None] * (far[:, None, :] - far[:, :, None]))


def expected(gaps: Floats, salience: Floats, odds: Floats, risk: Floats) -> Floats:
    """E[i, j]: what i expects of challenging j, over the status quo (Q = 1): (n, n).

    s_j (P U_s + (1 - P) U_f) + (1 - s_j) U_s - U_sq, with U_s = 2 - 4 (.5 - .5 d)^r,
    U_f = 2 - 4 (.5 + .5 d)^r and U_sq = 2 - 4 (.5)^r. `odds` are P; `risk` broadcasts to (n, n).
    """
    won = 2.0 - 4.0 * (0.5 - 0.5 * gaps) ** risk
    lost = 2.0 - 4.0 * (0.5 + 0.5 * gaps) ** risk
    same = 2.0 - 4.0 * 0.5**risk
    resists = salience[None, :]
    return np.asarray(resists * (odds * won + (1.0 - odds) * lost) + (1.0 - resists) * won - same)


def risk_exponents(challenges: Floats) -> Floats:
    """r from how secure each party is: what all others expect of challenging it: (n).

    R = (2 Sec - max - min) / (max - min), r = (1 - R/3) / (1 + R/3), from 1/2 to 2.
    """
    security = challenges.sum(axis=0) - np.diagonal(challenges)
    low, high = security.min(), security.max()
    if high == low:
        return np.ones(len(security))
    taste = (2.0 * security - high - low) / (high - low)
    return np.asarray((1.0 - taste / 3.0) / (1.0 + taste / 3.0))
