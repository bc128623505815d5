"""Turn 0 of KTAB's spatial model: utilities on several issues, attitudes to risk, chances.

Wise, Lester and Efird (2015). Distance: D_ij = sqrt(Σ_k (s_ik (x_ik - x_jk))² / Σ_k s_ik²);
utility: u_ij = (1 - D_ij)(1 + D_ij R_i). A conditional election with R = 0 and power as weight
gives p; then R_i = (3 p_i - (p_max + 2 p_min)) / (2 (p_max - p_min)), from -1/2 to 1.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.analysis.positions.exchange import Matter
from summitry.analysis.positions.pce import conditional, victories
from summitry.game.board import Bools, Floats

FEWEST = 3


class Turn(NamedTuple):
    """What turn 0 says of n parties: `values` and `utilities` (n, n), `risk`, `chances` (n)."""

    values: Floats
    utilities: Floats
    risk: Floats
    chances: Floats


def turn_zero(positions: Floats, salience: Floats, power: Floats) -> Turn:
    """Utilities, risk attitudes and the chance that each party's position prevails.

    `positions` and `salience` (n, m), positions from 0 to 1 on each of m issues; `power` (n).
    Parties that stand in the same place share its chance: each is given the whole of it.
    """
    apart = salience[:, None, :] * (positions[:, None, :] - positions[None, :, :])
    lengths = np.sqrt((salience**2).sum(axis=1))
    gaps = np.sqrt((apart**2).sum(axis=2)) / np.where(lengths > 0, lengths, 1.0)[:, None]
    values = 1.0 - gaps
    # attitudes to risk are judged over the parties, chances over the distinct places
    risk = _risk(conditional(victories(power, values), np.ones(len(power), bool)))
    utilities = values * (1.0 + gaps * risk[:, None])
    place, first = _places(positions)
    chances = conditional(victories(power, utilities), first)[place]
    return Turn(values, utilities, risk, chances)


def standing_chances(matter: Matter) -> tuple[Floats, Floats] | None:
    """The places (k, m) of the parties that have a position on every issue, and their chances.

    Those that stand in the same place count once. None where the parties are fewer than three.
    """
    everywhere = matter.present.all(axis=1)
    if everywhere.sum() < FEWEST:
        return None
    places, salience = matter.positions[everywhere], matter.salience[everywhere]
    turn = turn_zero(places / 100.0, salience, matter.power[everywhere].mean(axis=1))
    first = np.unique(places, axis=0, return_index=True)[1]
    return places[first], turn.chances[first] / turn.chances[first].sum()


def _places(positions: Floats) -> tuple[np.ndarray, Bools]:
    """Who stands first where each party stands, and whether a party is the first there."""
    same = (positions[:, None, :] == positions[None, :, :]).all(axis=2)
    place = same.argmax(axis=1)
    return place, place == np.arange(len(positions))


def _risk(chances: Floats) -> Floats:
    low, high = chances.min(), chances.max()
    if high == low:
        return np.zeros(len(chances))
    return np.asarray((3.0 * chances - (high + 2.0 * low)) / (2.0 * (high - low)))
