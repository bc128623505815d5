"""A game in which every draw has types of its own: few draws then stand for all combinations."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from summitry.estimates import uniforms
from summitry.game.board import Floats
from summitry.game.compile import Game
from summitry.game.numbers import Stakes, stack, with_chances
from summitry.game.run import Match


def mixed_match(game: Game, types: Mapping[str, Floats], seed: int) -> Match:
    """The match of a game, the type of each party in each draw by the probabilities `types`."""
    parties = range(len(game.parties))
    stakes = stack([_drawn(game, i, types, seed) for i in parties], game.principals)
    return Match(
        board=game.board,
        worths=with_chances(stakes, game.setting.chance, game.rules),
        stakes=stakes,
        setting=game.setting,
        in_force=game.in_force,
        ranks=game.ranks,
        tiers=len(game.tiers),
    )


def _drawn(game: Game, i: int, types: Mapping[str, Floats], seed: int) -> Stakes:
    """One party's numbers, its type in each draw by what is held of its types."""
    party, kinds = game.parties[i], game.populations[i].stakes
    weights = types.get(party)
    if weights is None:
        return kinds[0]
    lots = uniforms(seed, f"types.{party}.kind", game.draws)
    chosen = np.searchsorted(np.cumsum(weights)[:-1], lots, side="right")
    at = np.arange(game.draws)
    return Stakes(*(np.stack(numbers)[chosen, at] for numbers in zip(*kinds, strict=True)))
