"""What every draw of the uncertain numbers gives the players of a game."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summitry.game.board import Bools, Floats


class Stakes(NamedTuple):
    """What the parties gain, fear and believe, draw by draw (D draws, N parties).

    Shapes: `values` (D, N, commitments) and `linkages` (D, N, linkages) in each party's
    own points; `reservation`, `delay`, `breach`, `trust` (D, N).
    """

    values: Floats
    linkages: Floats
    reservation: Floats
    delay: Floats
    breach: Floats
    trust: Floats


class Setting(NamedTuple):
    """What a draw holds besides the stakes, the same whatever the parties' types are.

    Shapes: `reversible` (D, commitments); `knowledge`, `learning` (D); `power` (D, N);
    `chance` and `granted` (D, consents by probability); `proposers` and `ends`
    (D, rounds): who offers, and whether the talks break down after that round.
    """

    reversible: Floats
    knowledge: Floats
    learning: Floats
    power: Floats
    chance: Floats
    granted: Bools
    proposers: NDArray[np.int64]
    ends: Bools


def follow(stakes: Stakes) -> Stakes:
    """The ghosts of the draws where no party has types: draw d's ghost is draw d+1, cyclic."""
    return Stakes(*(np.ascontiguousarray(np.roll(numbers, -1, axis=0)) for numbers in stakes))
