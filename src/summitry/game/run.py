"""Playing a stratum on several threads, with the same result on any number of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

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
    draws, rounds = setting.proposers.shape
    record = make_record(draws, rounds)
    if len(board.masks) == 0:
        record.failure[:] = 1
        return record

    def work(starts: list[int]) -> None:
        table = make_table(board)
        for first in starts:
            stop = min(first + CHUNK, draws)
            if protocol == "efficient":
                play_efficient(first, stop, stakes, setting, board, table, record)
            else:
                play_offers(
                    first, stop, survey, ask_always, stakes, setting, ghosts, beliefs, board, table,
                    record,
                )  # fmt: skip
            advance(stop - first)

    starts = list(range(0, draws, CHUNK))
    if workers == 1:
        work(starts)
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(work, [starts[k::workers] for k in range(workers)]))
    return record
