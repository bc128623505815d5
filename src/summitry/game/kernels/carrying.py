"""From the table to the ground: the signed roadmaps walked through, by the honest and the others.

Model section 3.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import allocating, kernel
from summitry.game.kernels.orders import (
    fewest_tempted,
    first_order,
    held_by_state,
    least_demands,
    suspects_of,
    unhesitating_order,
)
from summitry.game.kernels.stops import TOLERANCE, keep_irreversible


class Deeds(NamedTuple):
    """What became of each agreement of D draws (K of them in turn).

    `in_force` and `done` (D, K): masks of the commitments that came into force, and that were
    done, when this agreement was walked through (all before it included); `stopped` (D, K):
    who stopped it, a mask of parties; `step` (D, K): at which step, a mask of commitments.
    """

    in_force: np.ndarray
    done: np.ndarray
    stopped: np.ndarray
    step: np.ndarray


def make_deeds(draws: int, tiers: int) -> Deeds:
    """An empty record of deeds."""
    return Deeds(*(np.zeros((draws, tiers), np.uint32) for _ in range(4)))


@kernel
def _utility(i, mask, values, linkages, masks):
    total = 0.0
    for c in range(values.shape[1]):
        if has(mask, c):
            total += values[i, c]
    for k in range(len(masks)):
        if masks[k] & ~mask == 0:
            total += linkages[i, k]
    return total


@allocating
def added_commitments(mask, have, board):
    """What an addition is made of, in positions of its own: bit x is the x-th commitment.

    Returns (elements, later, movers, instant, linkages (indices), links): `later` which of them
    require each, `links` the linkages as masks of positions.
    """
    size, number = 0, len(board.movers)
    elements = np.empty(number, np.int64)
    for c in range(number):
        if has(mask, c) and not has(have, c):
            elements[size] = c
            size += 1
    elements = elements[:size]
    later, movers = np.zeros(size, np.int64), np.zeros(size, np.int64)
    instant = np.zeros(size, np.bool_)
    for x in range(size):
        movers[x] = np.int64(board.movers[elements[x]])
        instant[x] = board.instant[elements[x]]
        for z in range(size):
            if has(board.requires[elements[z]], elements[x]):
                later[x] |= 1 << z
    inside = np.empty(len(board.linkages), np.int64)
    links = np.zeros(len(board.linkages), np.int64)
    linked = 0
    for k in range(len(board.linkages)):
        needed = np.int64(board.linkages[k])
        if needed & ~mask == 0 and needed & ~have != 0:
            inside[linked] = k
            for x in range(size):
                if has(needed, elements[x]):
                    links[linked] |= 1 << x
            linked += 1
    return elements, later, movers, instant, inside[:linked], links[:linked]


@allocating
def signed_order(mask, have, gains, kept, linked, breach, trust, rank, board):
    """The roadmap of what `mask` adds to `have` that is signed, and who is tempted on it.

    Of those within the parties' trust (N). Returns (steps (k, 2) of commitments, a single one
    twice the same; who is tempted, a mask of parties; demand); no steps where there is none.
    """
    elements, later, movers, instant, inside, links = added_commitments(mask, have, board)
    size = len(elements)
    parts, strides = np.ones(size, np.int64), np.empty(size, np.int64)
    for x in range(size):
        strides[x] = 1 << x
    own, worth = np.empty((len(gains), size)), np.empty((len(gains), len(inside)))
    for i in range(len(gains)):
        for x in range(size):
            own[i, x] = kept[i, elements[x]]
        for x in range(len(inside)):
            worth[i, x] = linked[i, inside[x]]
    held = held_by_state(parts, strides, links, own, worth)
    suspects = suspects_of(movers, held, gains, breach, rank)
    steps = unhesitating_order(
        parts, strides, later, movers, instant, held, gains, breach, suspects
    )
    who, most = 0, 0.0
    if len(steps) == 0:
        need = least_demands(
            parts, strides, later, movers, instant, held, gains, breach, trust, suspects
        )
        wanted = fewest_tempted(need)
        if wanted < 0:
            return steps, 0, np.inf
        most = need[0, wanted]
        steps = first_order(
            parts, strides, later, movers, instant, held, gains, breach, trust, suspects, wanted,
            most,
        )  # fmt: skip
        for s in range(len(suspects)):
            if has(wanted, s):
                who |= 1 << suspects[s]
    for x in range(len(steps)):
        steps[x, 0], steps[x, 1] = elements[steps[x, 0]], elements[steps[x, 1]]
    return steps, who, most


@kernel
def _links_done(k, done, have, board):
    """Whether a linkage beyond `have` is complete."""
    needed = np.int64(board.linkages[k])
    return needed & ~(done | have) == 0 and needed & ~have != 0


@kernel
def _walk(steps, force, have, honest, gains, kept, linked, breach, board):
    """Walk a roadmap: (what is done of it, who stops it, at which step), all as masks."""
    done = np.int64(0)
    for x in range(len(steps)):
        step = (np.int64(1) << steps[x, 0] | np.int64(1) << steps[x, 1]) & force
        if step == 0:
            continue
        who = np.int64(0)
        for i in range(len(gains)):
            moves = False
            for c in range(len(board.movers)):
                if has(step, c) and has(board.movers[c], i):
                    moves = True
            if not moves:
                continue
            held = 0.0
            for c in range(len(board.movers)):
                if has(done, c):
                    held += kept[i, c]
            for k in range(len(board.linkages)):
                if _links_done(k, done, have, board):
                    held += linked[i, k]
            stop = held - breach[i]
            if honest[i]:
                stop = min(stop, 0.0)
            if gains[i] < stop - TOLERANCE:
                who |= 1 << i
        if who != 0:
            return done, who, step
        done |= step
    return done, np.int64(0), np.int64(0)


@kernel
def _may_stop(force, have, honest, gains, kept, linked, breach, board):
    """Whether any mover could stop on any order of what is in force."""
    for i in range(len(gains)):
        most, moves = -breach[i], False
        for c in range(len(board.movers)):
            if has(force, c) and not has(have, c):
                most += max(kept[i, c], 0.0)
                moves |= has(board.movers[c], i)
        if not moves:
            continue
        for k in range(len(board.linkages)):
            if _links_done(k, force, have, board):
                most += max(linked[i, k], 0.0)
        if honest[i]:
            most = min(most, 0.0)
        if gains[i] < most - TOLERANCE:
            return True
    return False


@kernel
def _gains_of(d, mask, have, waited, numbers, board, gains):
    """Into `gains` what an agreement brings beyond what there is already."""
    for i in range(board.parties):
        base = numbers.reservation[d, i] - (waited + 1) * numbers.delay[d, i]
        if waited < 0:
            base = _utility(i, have, numbers.values[d], numbers.linkages[d], board.linkages)
        gains[i] = _utility(i, mask, numbers.values[d], numbers.linkages[d], board.linkages) - base


@allocating
def carry_out(first, stop, worths, stakes, setting, granted, rank, board, record, deeds):
    """Walk through the agreements of draws `first` to `stop`, into `deeds`.

    `worths` are the numbers with the chances of coming into force, `stakes` the full ones;
    `granted` (D): which commitments come into force, as masks.
    """
    parties, commitments, linkages = board.parties, len(board.movers), len(board.linkages)
    kept, linked = np.zeros((parties, commitments)), np.zeros((parties, linkages))
    hoped, tied = np.zeros((parties, commitments)), np.zeros((parties, linkages))
    gains, honest = np.zeros(parties), np.zeros(parties, np.bool_)
    for d in range(first, stop):
        if record.chain[d, 0] < 0:
            continue
        reversible = setting.reversible[d]
        keep_irreversible(
            worths.values[d], worths.linkages[d], reversible, board.linkages, hoped, tied
        )
        keep_irreversible(
            stakes.values[d], stakes.linkages[d], reversible, board.linkages, kept, linked
        )
        for i in range(parties):
            honest[i] = setting.sincerity[d, i] < stakes.honesty[d, i]
        have, real, done, ended = np.int64(0), np.int64(0), np.int64(0), False
        for k in range(record.chain.shape[1]):
            p = record.chain[d, k]
            if p < 0:
                break
            mask = np.int64(board.masks[p])
            force = mask & np.int64(granted[d])
            waited = np.int64(record.when[d, k]) if k == 0 else -1
            deeds.in_force[d, k] = force
            if not ended:
                _gains_of(d, force, real, waited, stakes, board, gains)
                more, who, step = force & ~real, np.int64(0), np.int64(0)
                if _may_stop(force, real, honest, gains, kept, linked, stakes.breach[d], board):
                    _gains_of(d, mask, have, waited, worths, board, gains)
                    steps, _, _ = signed_order(
                        mask, have, gains, hoped, tied, worths.breach[d], worths.trust[d], rank,
                        board,
                    )  # fmt: skip
                    _gains_of(d, force, real, waited, stakes, board, gains)
                    more, who, step = _walk(
                        steps, force, real, honest, gains, kept, linked, stakes.breach[d], board
                    )
                done |= more
                ended = who != 0
                deeds.stopped[d, k] = who
                deeds.step[d, k] = step
            deeds.done[d, k] = done
            have, real = mask, force
