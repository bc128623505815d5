"""Playing the draws of one stratum: round after round, until there is an agreement."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from summitry.game.kernels.compiling import kernel
from summitry.game.kernels.gains import fill_halves, fill_utilities
from summitry.game.kernels.heap import heapify, pop
from summitry.game.kernels.offers import View, best_offer, look
from summitry.game.kernels.screen import fill_screen
from summitry.game.kernels.stops import TOLERANCE, _bit, keep_irreversible
from summitry.game.kernels.table import (
    UNKNOWN,
    all_consent,
    forget_failures,
    highest_holding,
    holds,
    mark_zones,
)

AGREED, INTERESTS, VETO, COMMITMENT, INFORMATION = 0, 1, 2, 3, 4


class Record(NamedTuple):
    """What happened in each of D draws (R rounds).

    `package` (D): the index of the package agreed on, -1 if none; `when` (D): its round,
    R if none; `failure` (D, R): why the round brought nothing (0: it brought a deal, or
    was not played after a deal); `zones` (D, R, 3): the highest tier present in Z1, Z2 and Z3;
    `better` (D): the highest tier of a package of Z3 that dominates the agreed one;
    `offered` (D, R): the package offered (-1 none, -2 not asked), `chance` (D, R): how
    likely its proposer thought consent, `consented` (D, R): whether all did.
    """

    package: np.ndarray
    when: np.ndarray
    failure: np.ndarray
    zones: np.ndarray
    better: np.ndarray
    offered: np.ndarray
    chance: np.ndarray
    consented: np.ndarray


def make_record(draws: int, rounds: int) -> Record:
    """An empty record."""
    return Record(
        package=np.full(draws, -1, np.int32),
        when=np.full(draws, rounds, np.int8),
        failure=np.zeros((draws, rounds), np.int8),
        zones=np.zeros((draws, rounds, 3), np.int8),
        better=np.zeros(draws, np.int8),
        offered=np.full((draws, rounds), -2, np.int32),
        chance=np.zeros((draws, rounds)),
        consented=np.zeros((draws, rounds), np.bool_),
    )


@kernel
def _open(d, stakes, setting, board, table):
    """Lay the true numbers of draw d on the table."""
    fill_halves(stakes.values[d], stakes.linkages[d], board, table.halves)
    fill_utilities(board.principals, stakes.linkages[d], board, table.halves, table.utilities)
    stops = table.stops
    keep_irreversible(
        stakes.values[d],
        stakes.linkages[d],
        setting.reversible[d],
        board.linkages,
        stops.kept,
        stops.linked,
    )
    for i in range(board.parties):
        stops.breach[i] = stakes.breach[d, i]
        stops.trust[i] = stakes.trust[d, i]
        for k in range(len(board.linkages)):
            table.linkages[i, k] = stakes.linkages[d, i, k]
    fill_screen(board, stops, table.screen)
    table.verdicts[:] = UNKNOWN


@kernel
def _granted(d, setting):
    mask = np.uint32(0)
    for bit in range(setting.granted.shape[1]):
        if setting.granted[d, bit]:
            mask |= np.uint32(1 << bit)
    return mask


@kernel
def _survey(d, t, granted, board, table, record):
    """The zones of this round: the first empty one's obstacle, or AGREED if none is."""
    highest = record.zones[d, t]
    mark_zones(board, table, granted, highest)
    if highest[0] == 0:
        return INTERESTS
    if highest[1] == 0:
        return VETO
    highest[2] = highest_holding(board, table, highest[1], 1, -1)
    return COMMITMENT if highest[2] == 0 else AGREED


@kernel
def _offer(d, t, knowledge, stakes, setting, ghosts, beliefs, board, table):
    """One principal's offer: the index of the package (-1 for none) and its stated chance."""
    noise = math.sqrt(knowledge * (1.0 - knowledge))
    view = View(
        setting.proposers[d, t],
        1.0 - knowledge - noise,
        knowledge,
        noise,
        math.sqrt(1.0 - knowledge),
        setting.chance[d],
    )
    look(view, d, t, stakes, ghosts, beliefs.mean, setting.reversible[d], board, table)
    return best_offer(t, view, board, table, beliefs)


@kernel
def _settle(d, t, p, board, table, record):
    """Write down an agreement, and whether a better one of a higher tier was at hand."""
    record.package[d] = p
    record.when[d] = t
    tier, top = board.tiers[p], record.zones[d, t, 2]
    if top > tier:
        record.better[d] = highest_holding(board, table, top, tier + 1, p)


@kernel
def play_offers(
    first, stop, survey, ask_always, stakes, setting, ghosts, beliefs, board, table, record
):
    """Play draws `first` to `stop` by the protocol `offers`, into `record`.

    Without `survey` only `package` and `when` are right: no zone is searched.
    With `ask_always` an offer is made even where no package could be carried out: it
    changes no outcome, and shows whether the stated chances are calibrated.
    """
    rounds = setting.proposers.shape[1]
    for d in range(first, stop):
        _open(d, stakes, setting, board, table)
        granted = _granted(d, setting)
        knowledge = setting.knowledge[d]
        ended = False
        for t in range(rounds):
            if ended:
                for z in range(3):
                    record.zones[d, t, z] = record.zones[d, t - 1, z]
                record.failure[d, t] = record.failure[d, t - 1]
                continue
            for i in range(board.parties):
                table.reservation[i] = stakes.reservation[d, i] - t * stakes.delay[d, i]
            if t > 0:
                forget_failures(table)
            failure = AGREED
            if survey:
                failure = _survey(d, t, granted, board, table, record)
            if failure == AGREED or ask_always:
                p, chance = _offer(d, t, knowledge, stakes, setting, ghosts, beliefs, board, table)
                record.offered[d, t] = p
                record.chance[d, t] = chance
                record.consented[d, t] = p >= 0 and all_consent(p, granted, board, table)
                if failure == AGREED:
                    if not record.consented[d, t]:
                        failure = INFORMATION
                    elif not holds(p, board, table):
                        failure = COMMITMENT
                    else:
                        _settle(d, t, p, board, table, record)
                        break
            record.failure[d, t] = failure
            knowledge += (1.0 - knowledge) * setting.learning[d]
            ended = setting.ends[d, t]


@kernel
def nash_choice(power, board, table):
    """The package of Z3 with the Nash solution; -1 if Z3 is empty.

    First the number of principals who gain, then the weighted sum of the logarithms of
    their gains (Nash 1950; several principals and bargaining powers: Harsanyi and Selten
    1972); ties go to the smaller mask.
    """
    heap = table.heap
    size = 0
    for p in range(len(board.masks)):
        if table.zone[p] == 2:
            winners, total = 0.0, 0.0
            for i in range(board.parties):
                gain = table.utilities[i, p] - table.reservation[i]
                if _bit(board.principals, i) and gain > TOLERANCE:
                    winners += 1.0
                    total += power[i] * math.log(gain)
            heap.items[size] = p
            heap.major[p] = winners
            heap.minor[p] = total
            size += 1
    heapify(heap, size)
    while size > 0:
        p = heap.items[0]
        if holds(p, board, table):
            return p
        size = pop(heap, size)
    return -1


@kernel
def play_efficient(first, stop, stakes, setting, board, table, record):
    """Play draws `first` to `stop` by the protocol `efficient`, into `record`."""
    rounds = setting.proposers.shape[1]
    for d in range(first, stop):
        _open(d, stakes, setting, board, table)
        for i in range(board.parties):
            table.reservation[i] = stakes.reservation[d, i]
        failure = _survey(d, 0, _granted(d, setting), board, table, record)
        if failure == AGREED:
            p = nash_choice(setting.power[d], board, table)
            _settle(d, 0, p, board, table, record)
        for t in range(rounds):
            record.failure[d, t] = failure
            for z in range(3):
                record.zones[d, t, z] = record.zones[d, 0, z]
