"""What is carried out of what is signed, with what each draw adds to it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.analysis.pooling import Pooling
from summitry.analysis.setup import Setup, hits_of, influence, model_of
from summitry.evidence.log_odds_pool import draw_factors
from summitry.game.board import Floats, Ints


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
    both = both_of(setup, t)
    hits, moved = hits_of(setup, t), influence(setup, pooling, t)
    mean = both.mean(axis=0)
    added = carried_influence(both - mean, hits - model[t], moved, mean, model[t], factors)
    return CarriedOut(factors @ mean, added)


def both_of(setup: Setup, t: int) -> Floats:
    """For every draw the weight that signs each tier and carries out at least each: (D, K + 1, K)."""
    signed, carried = setup.outcomes.tier[:, :, t], setup.outcomes.carried[:, :, t]
    return joint(signed, carried, setup.weights, len(setup.tiers))


def joint(signed: Ints, carried: Ints, weights: Floats, tiers: int) -> Floats:
    """The same from what strata (S, D) sign and carry out; `tiers` counts "none" too."""
    found = np.zeros((signed.shape[1], tiers, tiers - 1))
    for k in range(tiers):
        for least in range(1, tiers):
            found[:, k, least - 1] = weights @ ((signed == k) & (carried >= least))
    return found


def carried_influence(
    both: Floats, hits: Floats, moved: Floats, mean: Floats, model: Floats, factors: Floats
) -> Floats:
    """What draws add to what is carried out, from what they add to all that it is made of: (D, K).

    `both` (D, K + 1, K), `hits` and `moved` (D, K + 1): the deviations of the draws in signed and
    carried, signed in the model, and pooled; `mean` (K + 1, K), `model` and `factors` (K + 1) are
    where they deviate from.
    """
    seen = np.where(model > 0, model, 1.0)
    # the factor of a tier, pooled / model, is itself an estimate
    of_factors = (moved - factors * hits) / seen
    found: Floats = np.einsum("k,dkl->dl", factors, both) + of_factors @ mean
    return found
