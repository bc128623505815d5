"""Talks level by level: what is signed, round after round, and what stands in the way of more.

Model section 4.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import inlined, kernel
from summitry.game.kernels.gains import fill_halves, fill_utilities
from summitry.game.kernels.level import (
    COMMITMENT,
    HOLDING_OUT,
    INTERESTS,
    NOT_REACHED,
    SIGNED,
    VETO,
    any_holds,
    lay_out,
    nash_choice,
    negotiate,
)
from summitry.game.kernels.room import ACCEPTED, FAILS, HOLDS, UNKNOWN, VETOED, worth_to
from summitry.game.kernels.stops import TOLERANCE, keep_irreversible


class Record(NamedTuple):
    """What was signed in each of D draws (R rounds, K tiers).

    `chain` (D, K): the packages (indices) signed in turn, each with all that was signed before
    it, -1 for none; `when` (D, K): their rounds, R for none; `why` (D, R): why a round brought
    nothing more (0: it did, or no tier was left); `stands` (D, R, K): what stands in the way
    of each tier by the end of a round (0: it is signed).
    """

    chain: np.ndarray
    when: np.ndarray
    why: np.ndarray
    stands: np.ndarray


def make_record(draws: int, rounds: int, tiers: int) -> Record:
    """An empty record."""
    return Record(
        chain=np.full((draws, tiers), -1, np.int32),
        when=np.full((draws, tiers), rounds, np.int8),
        why=np.zeros((draws, rounds), np.int8),
        stands=np.zeros((draws, rounds, tiers), np.int8),
    )


@kernel
def _open(d, worths, setting, board, room):
    """Lay the numbers of draw d on the table."""
    fill_halves(worths.values[d], worths.linkages[d], board, room.halves)
    fill_utilities(board.principals, worths.linkages[d], board, room.halves, room.utilities)
    stops = room.stops
    keep_irreversible(
        worths.values[d],
        worths.linkages[d],
        setting.reversible[d],
        board.linkages,
        stops.kept,
        stops.linked,
    )
    principals, power = 0, 0.0
    for i in range(board.parties):
        if has(board.principals, i):
            principals += 1
            power += setting.power[d, i]
    for i in range(board.parties):
        stops.breach[i] = worths.breach[d, i]
        stops.trust[i] = worths.trust[d, i]
        room.outside[i] = worths.reservation[d, i]
        room.delay[i] = worths.delay[d, i]
        share = setting.power[d, i] / power
        room.claim[i] = worths.firmness[d, i] * setting.mood[d, i] * share
        room.weight[i] = setting.choice * principals * share
        for k in range(len(board.linkages)):
            room.linkages[i, k] = worths.linkages[d, i, k]
    _forget(room)


@kernel
def _forget(room):
    """Nothing is known of any package."""
    for p in range(len(room.verdicts)):
        room.verdicts[p] = UNKNOWN


@kernel
def _begin_round(t, h, board, room):
    """What the parties have if nothing more is signed in round t, and what is open to them."""
    for i in range(board.parties):
        if h >= 0:
            room.base[i] = worth_to(i, h, board, room)
        else:
            room.base[i] = room.outside[i] - (t + 1) * room.delay[i]
    if h < 0:
        # what is accepted or can be signed before a delay is so after it
        for p in range(len(room.verdicts)):
            if room.verdicts[p] == FAILS:
                room.verdicts[p] = ACCEPTED
            elif room.verdicts[p] == VETOED:
                room.verdicts[p] = UNKNOWN
    have = board.masks[h] if h >= 0 else np.uint32(0)
    for p in range(len(room.open)):
        room.open[p] = board.masks[p] & have == have
    for i in range(board.parties):
        if has(board.principals, i):
            own, least = room.utilities[i], room.base[i] - TOLERANCE
            for p in range(len(room.open)):
                room.open[p] &= own[p] >= least


@kernel
def _zones(tiers, reached, have, board, room):
    """The highest tier that has a package in Z1, in Z2, and in Z3, of those above `reached`."""
    top1, top2, top3 = 0, 0, 0
    for k in range(tiers, reached, -1):
        for p in room.ranked[room.starts[k] : room.starts[k + 1]]:
            if room.verdicts[p] == HOLDS:
                return max(top1, k), max(top2, k), k
        size, obstacle = lay_out(k, k, board, room)
        if obstacle != INTERESTS:
            top1 = max(top1, k)
        if obstacle == SIGNED:
            top2 = max(top2, k)
            if any_holds(size, have, board, room):
                top3 = k
                break
    return top1, top2, top3


@kernel
def _tell(tiers, reached, tried, tops, stands):
    """Into `stands` what stands in the way of each tier above the one `reached`.

    `tried`: the highest level at which the parties named their terms in the round.
    """
    top1, top2, top3 = tops
    for k in range(1, tiers + 1):
        if k <= reached:
            stands[k - 1] = SIGNED
        elif k <= top3:
            stands[k - 1] = HOLDING_OUT if tried >= k else NOT_REACHED
        elif k <= top2:
            stands[k - 1] = COMMITMENT
        elif k <= top1:
            stands[k - 1] = VETO
        else:
            stands[k - 1] = INTERESTS


@inlined
def _sign(d, t, p, record):
    """Write an agreement down."""
    k = 0
    while record.chain[d, k] >= 0:
        k += 1
    record.chain[d, k] = p
    record.when[d, k] = t


@kernel
def _as_before(d, t, record):
    """What stands in the way is what did so in the round before."""
    for k in range(record.stands.shape[2]):
        record.stands[d, t, k] = record.stands[d, t - 1, k]


@inlined
def _play_round(d, t, h, hold, key, luck, floor, whole, goes_on, board, room, record):
    """One round of talks: (package signed by its end, highest level with terms on the table).

    `hold`, `key`, `luck` and `floor` as `negotiate` reads them; `goes_on` (tiers): whether they
    go on to the next level, unless nothing is agreed until everything is (`whole`).
    """
    reached = np.int64(board.tiers[h]) if h >= 0 else 0
    have = np.int64(board.masks[h]) if h >= 0 else 0
    tried, level, tiers = np.int64(0), reached + 1, len(goes_on)
    while level <= tiers:
        high = tiers if whole else level
        p, obstacle = negotiate(key, luck, hold, floor, level, high, have, board, room)
        record.why[d, t] = max(record.why[d, t], obstacle)
        if p >= 0:
            _sign(d, t, p, record)
            h, have = p, np.int64(board.masks[p])
            _forget(room)
            _begin_round(t, h, board, room)
        if obstacle in (SIGNED, HOLDING_OUT):
            tried = np.int64(high)
            if whole or not goes_on[level - 1]:
                break
        elif whole:
            break
        level += 1
    return h, tried


@kernel
def play_talks(first, stop, survey, tiers, worths, setting, board, room, record):
    """Play draws `first` to `stop` by the protocol `aspirations`, into `record`.

    Without `survey` only `chain` and `when` are right.
    """
    rounds = record.why.shape[1]
    for d in range(first, stop):
        _open(d, worths, setting, board, room)
        knowledge, h, ended = setting.knowledge[d], -1, False
        surveyed, tops = -1, (0, 0, 0)
        for t in range(rounds):
            if ended:
                record.why[d, t] = record.why[d, t - 1]
                _as_before(d, t, record)
                continue
            before = h
            _begin_round(t, h, board, room)
            h, tried = _play_round(
                d, t, h, setting.firm - (setting.firm - setting.known) * knowledge,
                setting.key[d], setting.luck[d], setting.floor, setting.whole[d],
                setting.goes_on[d, t], board, room, record,
            )  # fmt: skip
            if h != before:
                record.why[d, t] = SIGNED
            if survey:
                reached = np.int64(board.tiers[h]) if h >= 0 else 0
                if (
                    h < 0 or h != surveyed
                ):  # delay moves what there is to gain only before a signature
                    have = np.int64(board.masks[h]) if h >= 0 else 0
                    tops, surveyed = _zones(tiers, reached, have, board, room), h
                _tell(tiers, reached, tried, tops, record.stands[d, t])
            knowledge += (1.0 - knowledge) * setting.learning[d]
            ended = setting.ends[d, t]


@kernel
def play_efficient(first, stop, tiers, worths, setting, board, room, record):
    """Play draws `first` to `stop` by the protocol `efficient`, into `record`."""
    rounds = record.why.shape[1]
    for d in range(first, stop):
        _open(d, worths, setting, board, room)
        _begin_round(0, -1, board, room)
        size, obstacle = lay_out(1, tiers, board, room)
        p = -1
        if obstacle == SIGNED:
            p = nash_choice(setting.power[d], size, board, room)
            obstacle = SIGNED if p >= 0 else COMMITMENT
        reached = np.int64(0)
        if p >= 0:
            _sign(d, 0, p, record)
            reached = np.int64(board.tiers[p])
            _forget(room)
            _begin_round(0, p, board, room)
        have = np.int64(board.masks[p]) if p >= 0 else 0
        for t in range(rounds):
            record.why[d, t] = obstacle
            if t == 0:
                tops = _zones(tiers, reached, have, board, room)
                _tell(tiers, reached, tiers, tops, record.stands[d, t])
            else:
                _as_before(d, t, record)
