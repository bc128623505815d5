"""What is carried out of what is signed, with what each draw adds to it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.analysis.pooling import Pooling
from summitry.analysis.setup import Setup, hits_of, influence, model_of
from summitry.evidence.log_odds_pool import draw_factors
from summitry.game.board import Floats


class CarriedOut(NamedTuple):
    """How likely at least each of K tiers is carried out (K), and what each draw adds (draws, K).

    What the draws add is to first order, so that its standard deviation over the root of their
    number is the standard error.
    """

    at_least: Floats
    influence: Floats


def carried_out(setup: Setup, pooling: Pooling, t: int) -> CarriedOut:
    """The pooled probability that at least each tier is carried out of what round t has signed."""
    model = model_of(setup)
    factors = draw_factors(pooling.pooled(model), model)[t]
    hits, moved = hits_of(setup, t), influence(setup, pooling, t)
    signed, carried = setup.outcomes.tier[:, :, t], setup.outcomes.carried[:, :, t]
    seen = np.where(model[t] > 0, model[t], 1.0)
    # the factor of a tier, pooled / model, is itself an estimate
    of_factors = (moved - factors * (hits - model[t])) / seen
    found = np.zeros((len(hits), len(setup.tiers) - 1))
    value = np.zeros(len(setup.tiers) - 1)
    for k in range(len(setup.tiers)):
        for reached in range(1, len(setup.tiers)):
            both = setup.weights @ ((signed == k) & (carried >= reached))
            mean = both.mean()
            value[reached - 1] += factors[k] * mean
            found[:, reached - 1] += factors[k] * (both - mean) + mean * of_factors[:, k]
    return CarriedOut(value, found)
