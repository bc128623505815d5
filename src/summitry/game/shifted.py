"""A game in which one party's reservation value is another, all else the same numbers."""

from __future__ import annotations

from dataclasses import replace

from summitry.game.beliefs import Population
from summitry.game.compile import Game
from summitry.game.numbers import Stakes


def shift_reservation(game: Game, party: str, points: float) -> Game:
    """The game with so many points added to a party's reservation value, and everyone knowing it.

    In every draw and type, true and as seen by the others; no package's gains vary more or
    less for it, so that only the means of the beliefs move. Raises ValueError for a party that
    there is not.
    """
    place = game.parties.index(party)
    own = game.populations[place]
    moved = Population(own.weights, [_shifted(stakes, points) for stakes in own.stakes])
    ghosts, mean = game.ghosts.reservation.copy(), game.beliefs.mean.reservation.copy()
    ghosts[:, place] += points
    mean[place] += points
    return replace(
        game,
        populations=(*game.populations[:place], moved, *game.populations[place + 1 :]),
        ghosts=game.ghosts._replace(reservation=ghosts),
        beliefs=game.beliefs._replace(mean=game.beliefs.mean._replace(reservation=mean)),
    )


def _shifted(stakes: Stakes, points: float) -> Stakes:
    return stakes._replace(reservation=stakes.reservation + points)
