"""A game in which one party's reservation value is another, all else the same numbers."""

from __future__ import annotations

from dataclasses import replace

from summitry.game.compile import Game


def shift_reservation(game: Game, party: str, points: float) -> Game:
    """The game with so many points added to a party's reservation value, in every draw and type.

    Raises ValueError for a party that there is not.
    """
    place = game.parties.index(party)
    own = game.populations[place]
    moved = own._replace(
        stakes=[stakes._replace(reservation=stakes.reservation + points) for stakes in own.stakes]
    )
    return replace(
        game, populations=(*game.populations[:place], moved, *game.populations[place + 1 :])
    )
