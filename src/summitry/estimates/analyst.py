"""What another analyst would say: each uncertain number centred elsewhere, as wide as before.

Another analyst's centre is one draw of the number. On the scale on which the number is normal
it is moved by the difference between that draw and its median.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import expit, logit, ndtri

from summitry.estimates.draws import uniforms
from summitry.estimates.estimate import REAL, Estimate, Floats, central, quantile

# how far analysts differ where the dossier gives one number: on its log-odds or its logarithm
SPREAD = 0.5
BOUNDED = {"uniform": (0, 1), "triangular": (0, 2), "pert": (0, 2), "beta": (2, 3)}


def analyst_level(seed: int, path: str, analyst: int) -> float:
    """The quantile level of one analyst's draw of a number: the same wherever it is asked."""
    return float(uniforms(seed, f"{path}.analyst", 1, analyst)[0])


def shifted_quantile(estimate: Estimate, levels: Floats, level: float) -> Floats:
    """The quantiles of an estimate moved by its draw at `level` less its median; any shape.

    Logit-normals move in log-odds, lognormals in logarithms, the others as they are, cut at
    their bounds. The width on that scale stays; a certain number does not move.
    """
    p, score = estimate.parameters, float(ndtri(level))
    match estimate.distribution:
        case "fixed":
            return quantile(estimate, levels)
        case "logitnormal":
            moved = replace(estimate, parameters=(p[0] + p[1] * score, p[1]))
            return quantile(moved, levels)
        case "lognormal":
            moved = replace(estimate, parameters=(p[0] * float(np.exp(p[1] * score)), p[1]))
            return quantile(moved, levels)
    shift = float(quantile(estimate, np.array(level))) - central(estimate)
    low, high = _bounds(estimate)
    return np.asarray(np.clip(quantile(estimate, levels) + shift, low, high))


def shifted_prior(prior: Floats, scores: Floats) -> Floats:
    """Types' probabilities (K) as another analyst has them, given standard normal scores (K).

    A normal of standard deviation 0.5 is added to each logarithm; they sum to 1.
    """
    weights = prior * np.exp(SPREAD * scores)
    total: Floats = weights / weights.sum()
    return total


def shifted_share(share: Floats | float, score: Floats | float) -> Floats:
    """A probability given as one number as another analyst has it, given a standard normal score.

    A normal of standard deviation 0.5 is added to its log-odds; 0 and 1 stay.
    """
    return np.asarray(expit(logit(share) + SPREAD * np.asarray(score)))


def _bounds(estimate: Estimate) -> tuple[float, float]:
    """The ends of a bounded distribution; those of its domain for a normal."""
    p = estimate.parameters
    if estimate.distribution in BOUNDED:
        low, high = BOUNDED[estimate.distribution]
        return p[low], p[high]
    domain = estimate.domain if estimate.distribution == "normal" else REAL
    return domain.low, domain.high
