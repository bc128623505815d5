"""Playing strata on several threads, with the same result on any number of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

from summitry.game.board import Board, Ints, Masks
from summitry.game.kernels.carrying import Deeds, carry_out, make_deeds
from summitry.game.kernels.room import make_room
from summitry.game.kernels.talks import Record, make_record, play_efficient, play_talks
from summitry.game.numbers import Setting, Stakes

CHUNK = 16


class Match(NamedTuple):
    """One stratum: the board, and the numbers of all draws.

    `worths` are the numbers with the chances of coming into force, `stakes` the full ones;
    `in_force` (D): which commitments come into force, as masks; `ranks` (N): the order of the
    parties, principals first; `tiers`: how many there are.
    """

    board: Board
    worths: Stakes
    stakes: Stakes
    setting: Setting
    in_force: Masks
    ranks: Ints
    tiers: int


class How(NamedTuple):
    """How the draws are played.

    `protocol` is `aspirations` or `efficient`; without `survey` only the agreements are found,
    not why there is no more; without `carry` not what becomes of them.
    """

    protocol: str = "aspirations"
    survey: bool = True
    carry: bool = True


def play_matches(
    matches: Sequence[Match],
    how: How,
    workers: int,
    advance: Callable[[int], None] = lambda _draws: None,
) -> list[tuple[Record, Deeds]]:
    """The records of several strata, the draws of each spread over the same threads.

    Draws are independent: the records are the same on any number of `workers` (threads).
    `advance` is told how many draws have been played.
    """
    played = []
    parts = []
    for match in matches:
        draws, rounds = match.setting.ends.shape
        record, deeds = make_record(draws, rounds, match.tiers), make_deeds(draws, match.tiers)
        played.append((record, deeds))
        if len(match.board.masks) == 0:
            record.why[:] = 1
            record.stands[:] = 1
            continue
        starts = list(range(0, draws, CHUNK))
        parts += [
            partial(_play_part, match, how, record, deeds, starts[k::workers], advance)
            for k in range(min(workers, len(starts)))
        ]
    if workers == 1:
        for part in parts:
            part()
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda part: part(), parts))
    return played


def _play_part(
    match: Match,
    how: How,
    record: Record,
    deeds: Deeds,
    starts: list[int],
    advance: Callable[[int], None],
) -> None:
    """Play the draws from each start to the next chunk."""
    board, worths, stakes, setting, in_force, ranks, tiers = match
    room = make_room(board, tiers)
    for first in starts:
        stop = min(first + CHUNK, len(record.chain))
        if how.protocol == "efficient":
            play_efficient(first, stop, tiers, worths, setting, board, room, record)
        else:
            play_talks(first, stop, how.survey, tiers, worths, setting, board, room, record)
        if how.carry:
            carry_out(first, stop, worths, stakes, setting, in_force, ranks, board, record, deeds)
        advance(stop - first)
