"""What every draw of the uncertain numbers gives the players of a game."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summitry.game.board import Bools, Floats, Ints, Masks, Rules, needs_of


class Stakes(NamedTuple):
    """What the parties gain, fear and believe, draw by draw (D draws, N parties).

    Shapes: `values` (D, N, commitments) and `linkages` (D, N, linkages) in each party's
    own points; `reservation`, `delay`, `breach`, `trust`, `honesty`, `firmness` (D, N).
    """

    values: Floats
    linkages: Floats
    reservation: Floats
    delay: Floats
    breach: Floats
    trust: Floats
    honesty: Floats
    firmness: Floats


class Population(NamedTuple):
    """What one party may be: the weights of its types (K), and the numbers of each."""

    weights: Floats
    stakes: Sequence[Stakes]


class Setting(NamedTuple):
    """What a draw holds besides the stakes, the same whatever the parties' types are.

    Shapes: `reversible` (D, commitments); `knowledge`, `learning` (D); `power` (D, N);
    `chance` and `granted` (D, consents by probability); `mood` (D, N): the random part of what
    each holds out for; `goes_on` (D, rounds, tiers): whether they go on to the next level in the
    same round; `whole` (D): nothing is agreed until everything is; `ends` (D, rounds): whether
    the talks break down after that round; `sincerity` (D, N): whom honesty above it makes
    honest; `key` (D): from which the luck of each package comes, or `luck` (D, packages) itself.
    `firm`, `known`, `floor`, `choice`: the constants of section 4 of the model.
    """

    reversible: Floats
    knowledge: Floats
    learning: Floats
    power: Floats
    chance: Floats
    granted: Bools
    mood: Floats
    goes_on: Bools
    whole: Bools
    ends: Bools
    sincerity: Floats
    key: NDArray[np.uint64]
    luck: Floats
    firm: float
    known: float
    floor: float
    choice: float

    def part(self, at: slice) -> Setting:
        """The same for some of the draws."""
        return Setting._make(x[at] if isinstance(x, np.ndarray) else x for x in self)


def stack(parties: Sequence[Stakes], principals: Ints) -> Stakes:
    """One party's numbers beside the next one's: the axis of parties comes second.

    Where honesty is not given (NaN) it is the mean of what the principals (indices) other than
    the party itself trust.
    """
    together = Stakes(*(np.stack(numbers, axis=1) for numbers in zip(*parties, strict=True)))
    honesty = together.honesty
    for i in range(honesty.shape[1]):
        others = principals[principals != i]
        if len(others) and np.isnan(honesty[:, i]).any():
            honesty[:, i] = together.trust[:, others].mean(axis=1)
    return together


def with_chances(stakes: Stakes, chance: Floats, rules: Rules) -> Stakes:
    """The numbers with the chance of every commitment and linkage to come into force counted in.

    `chance` (D, consents by probability). Every commitment and body decides on its own.
    """
    if not rules.chances:
        return stakes
    needs = needs_of(rules).tolist()
    return times_chances(stakes, chance, needs, rules.linkages.tolist(), rules.chances)


def times_chances(
    stakes: Stakes,
    chance: Floats,
    needs: Sequence[int],
    linkages: Sequence[int],
    consents: Sequence[tuple[int, int]],
) -> Stakes:
    """The same from masks of any number of commitments; `needs` of each all that it needs."""
    asked = [commitment for commitment, _ in consents]
    linked = []
    for mask in linkages:
        inside = [needs[c] for c in range(len(needs)) if mask >> c & 1]
        linked.append(functools.reduce(operator.or_, inside, 0))
    return stakes._replace(
        values=stakes.values * coming_into_force(chance, needs, asked)[:, None, :],
        linkages=stakes.linkages * coming_into_force(chance, linked, asked)[:, None, :],
    )


def coming_into_force(chance: Floats, needs: Sequence[int], asked: Sequence[int]) -> Floats:
    """The product of the chances of all consents that each mask of needs asks for: (D, masks).

    `asked`: which commitment each consent is asked for.
    """
    found = np.ones((len(chance), len(needs)))
    for k, commitment in enumerate(asked):
        hit = [n for n, mask in enumerate(needs) if mask >> commitment & 1]
        found[:, hit] *= chance[:, k : k + 1]
    return found


def in_force(granted: Bools, rules: Rules) -> Masks:
    """Which commitments come into force in each draw, if they are agreed on: masks (D)."""
    needs = needs_of(rules)
    masks = np.full(len(granted), (1 << len(needs)) - 1, np.uint64).astype(np.uint32)
    for bit, (commitment, _) in enumerate(rules.chances):
        hit = sum(1 << k for k, needed in enumerate(needs) if int(needed) >> commitment & 1)
        masks[~granted[:, bit]] &= np.uint32(~hit & 0xFFFFFFFF)
    return masks
