"""What is told of one state: for whom it holds, why, and what would turn that over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.conflict import Conflict
from summitry.analysis.judging import CONCEPTS, Shares, Verdicts, coalition_moves
from summitry.analysis.picking import Pick
from summitry.analysis.stories import Story, Way, story_of, way_from_today
from summitry.analysis.turning import Turn, turns_of
from summitry.game.graph.fibers import Rows
from summitry.game.graph.moves import moves_from, nobody

MOST_COALITIONS = 3


@dataclass(frozen=True)
class Share:
    """A share of the draws, weighted by the chances of the parties' types."""

    share: float
    standard_error: float


@dataclass(frozen=True)
class Together:
    """A coalition that can reach a state which all its members prefer; one of `ways` such."""

    parties: Sequence[str]
    to: str
    commitments: Sequence[str]
    ways: int


@dataclass(frozen=True)
class State:
    """A state that is told: why it is, for whom it is stable, and what would change that.

    `roles`: `today`, `package` (the one asked about), `best of TIER`, `equilibrium`. `stable` by
    concept and party, and `equilibrium` by concept (`coalition` too), at the central values;
    SIM is left out where it takes too many combinations. `movers`: who has a move from it, each
    a party alone or several that act jointly; where nobody has one alone, it is stable for all
    whatever they prefer. `shares` (by concept, of being an
    equilibrium) and `party_shares` are over all draws, empty where nothing is uncertain.
    """

    state: str
    commitments: Sequence[str]
    tier: str
    roles: Sequence[str]
    stable: Mapping[str, Mapping[str, bool]]
    equilibrium: Mapping[str, bool]
    movers: Sequence[Sequence[str]]
    shares: Mapping[str, Share]
    party_shares: Mapping[str, Mapping[str, Share]]
    stories: Sequence[Story]
    coalitions: Sequence[Together]
    way: Way
    nearest_flips: Mapping[str, Turn]


def states_told(
    conflict: Conflict, picks: Sequence[Pick], found: Verdicts, over: Shares | None
) -> list[State]:
    """The states that were picked, told; `over` holds the shares over the draws."""
    rows = [pick.row for pick in picks]
    together: dict[int, list[Together]] = {row: [] for row in rows}
    for row, members, ends in coalition_moves(conflict, rows):
        together[row].append(_together(conflict, members, ends))
    turns = turns_of(conflict, rows, found.stable)
    told = []
    for place, pick in enumerate(picks):
        row, names = pick.row, [c for c in CONCEPTS if c != "sim" or found.sim_rows[pick.row]]
        stable = {c: _by_party(conflict, found.stable[c][:, row]) for c in names}
        alone = {c: all(by_party.values()) for c, by_party in stable.items()}
        told.append(
            State(
                state=conflict.name(row),
                commitments=conflict.taken(row),
                tier=_tier(conflict, row),
                roles=pick.roles,
                stable=stable,
                equilibrium={**alone, "coalition": alone["nash"] and not together[row]},
                movers=_movers(conflict, row),
                shares={} if over is None else _shares(over, place),
                party_shares={} if over is None else _party_shares(conflict, over, place),
                stories=_stories(conflict, found, row),
                coalitions=together[row][:MOST_COALITIONS],
                way=way_from_today(conflict, row),
                nearest_flips=turns[row],
            )
        )
    return told


def _by_party(conflict: Conflict, stable: np.ndarray) -> dict[str, bool]:
    return dict(zip(conflict.model.parties, stable.tolist(), strict=True))


def _movers(conflict: Conflict, row: int) -> list[list[str]]:
    """The parties, alone or jointly, that can change the state at all."""
    still = nobody(len(conflict.model.states))
    return [
        list(conflict.mover(number))
        for number, fibers in enumerate(conflict.layout.fibers)
        if len(moves_from(fibers, np.array([row], np.int32), still)[0])
    ]


def _tier(conflict: Conflict, row: int) -> str:
    tiers = [tier.id for tier in conflict.document.dossier.tiers] or ["agreement"]
    return ["none", *tiers][int(conflict.tiers[row])]


def _together(conflict: Conflict, members: Sequence[int], ends: Rows) -> Together:
    """Of the states that a coalition can improve to, that which is best for its worst-off."""
    payoffs = conflict.preferences.payoffs[list(members)]
    places = np.stack([np.unique(row, return_inverse=True)[1] for row in payoffs])
    best = int(ends[np.argmax(places[:, ends].min(axis=0))])
    parties = [conflict.model.parties[i] for i in members]
    return Together(parties, conflict.name(best), conflict.taken(best), len(ends))


def _stories(conflict: Conflict, found: Verdicts, row: int) -> list[Story]:
    stories = []
    for party in range(len(conflict.model.parties)):
        met = bool(found.stable["sim"][party, row]) if found.sim_rows[row] else None
        story = story_of(conflict, party, row, met)
        if story is not None:
            stories.append(story)
    return stories


def _shares(over: Shares, place: int) -> dict[str, Share]:
    return {
        c: Share(float(mean[place]), float(over.all_error[c][place]))
        for c, mean in over.all.items()
    }


def _party_shares(conflict: Conflict, over: Shares, place: int) -> dict[str, dict[str, Share]]:
    return {
        c: {
            party: Share(float(mean[i, place]), float(over.party_error[c][i, place]))
            for i, party in enumerate(conflict.model.parties)
        }
        for c, mean in over.party.items()
    }
