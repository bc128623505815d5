"""Playing strata on several threads, with the same result on any number of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

from summitry.game.beliefs import Beliefs
from summitry.game.board import Board
from summitry.game.kernels.play import (
    Record,
    make_record,
    play_efficient,
    play_offers,
)
from summitry.game.kernels.table import make_table
from summitry.game.numbers import Setting, Stakes

CHUNK = 16


class Match(NamedTuple):
    """One stratum: the board, and the numbers of all draws."""

    board: Board
    stakes: Stakes
    setting: Setting
    ghosts: Stakes
    beliefs: Beliefs


class How(NamedTuple):
    """How the draws are played, as `play` says."""

    protocol: str
    survey: bool
    ask_always: bool = False


def play(
    board: Board,
    stakes: Stakes,
    setting: Setting,
    ghosts: Stakes,
    beliefs: Beliefs,
    *,
    protocol: str = "offers",
    survey: bool = True,
    ask_always: bool = False,
    workers: int = 1,
    advance: Callable[[int], None] = lambda _draws: None,
) -> Record:
    """What happens in every draw of one stratum.

    `stakes` are the stratum's numbers, `ghosts` the same with draw d's ghost in row d
    (parties' types drawn anew). Without `survey` only the agreements are found, not why
    there is none; with `ask_always` offers are recorded even where nothing could be carried
    out. `protocol` is `offers` or `efficient`. `advance` is told
    how many draws have been played. Draws are independent: the record is the same on any
    number of `workers` (threads).
    """
    how = How(protocol, survey, ask_always)
    match = Match(board, stakes, setting, ghosts, beliefs)
    (record,) = play_matches([match], how, workers, advance)
    return record


def play_matches(
    matches: Sequence[Match],
    how: How,
    workers: int,
    advance: Callable[[int], None] = lambda _draws: None,
) -> list[Record]:
    """The records of several strata, the draws of each spread over the same threads."""
    records = [make_record(*match.setting.proposers.shape) for match in matches]
    parts = []
    for match, record in zip(matches, records, strict=True):
        if len(match.board.masks) == 0:
            record.failure[:] = 1
            continue
        starts = list(range(0, len(record.package), CHUNK))
        parts += [
            partial(_play_part, match, how, record, starts[k::workers], advance)
            for k in range(min(workers, len(starts)))
        ]
    if workers == 1:
        for part in parts:
            part()
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda part: part(), parts))
    return records


def _play_part(
    match: Match, how: How, record: Record, starts: list[int], advance: Callable[[int], None]
) -> None:
    """Play the draws from each start to the next chunk."""
    board, stakes, setting, ghosts, beliefs = match
    table = make_table(board)
    for first in starts:
        stop = min(first + CHUNK, len(record.package))
        if how.protocol == "efficient":
            play_efficient(first, stop, stakes, setting, board, table, record)
        else:
            play_offers(
                first, stop, how.survey, how.ask_always, stakes, setting, ghosts, beliefs, board,
                table, record,
            )  # fmt: skip
        advance(stop - first)
