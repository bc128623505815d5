"""How much each combination of types weighs after the signals."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from summitry.game.board import Floats
from summitry.game.compile import Game


def strata_weights(game: Game, types: Mapping[str, Floats]) -> Floats:
    """The product of the parties' type probabilities for each stratum: (strata), sum 1.

    `types` maps a party that has types to their probabilities, in the dossier's order.
    """
    weights = np.ones(len(game.strata))
    for k, party in enumerate(game.parties):
        if party in types:
            weights *= np.asarray(types[party], float)[game.strata[:, k]]
    total: Floats = weights / weights.sum()
    return total
