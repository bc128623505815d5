"""Chunks of cases on the processes of this machine; a process that is killed loses nothing.

Nothing heavy is imported here: a new process reads this file before it limits its threads.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import wait as wait_for
from typing import Any, NamedTuple

TRIES = 2
AHEAD = 2


class Chunk(NamedTuple):
    """A number of cases that are run, and kept, together."""

    number: int
    cases: Sequence[Any]


class Done(NamedTuple):
    """A chunk with its rows."""

    chunk: Chunk
    rows: list[dict[str, Any]]


Work = Callable[[Sequence[Any]], list[dict[str, Any]]]
Lost = Callable[[Any], list[dict[str, Any]]]
Runner = Callable[[Iterable[Chunk], Work, Lost], Generator[Done, None, None]]


def local_runner(workers: int) -> Runner:
    """A runner on so many processes."""
    return partial(run_local, workers=workers)


def run_local(
    chunks: Iterable[Chunk], work: Work, lost: Lost, workers: int
) -> Generator[Done, None, None]:
    """Every chunk with its rows, as they are finished.

    A process that dies (killed, out of memory) takes the others' chunks with it: these are
    tried again, and those that were there each time then case by case, alone. `lost` gives
    the rows of a case that ends its process even so.
    """
    fresh, again, alone = iter(chunks), deque[Chunk](), list[Chunk]()
    flying: dict[Future[Any], Chunk] = {}
    tries: Counter[int] = Counter()
    while True:
        try:
            with _pool(workers) as pool:
                while (chunk := again.popleft() if again else next(fresh, None)) is not None:
                    again.appendleft(chunk)  # until it is on its way: the pool may be broken
                    future = pool.submit(work, chunk.cases)
                    flying[future] = again.popleft()
                    if len(flying) >= AHEAD * workers:
                        yield from _landed(flying)
                while flying:
                    yield from _landed(flying)
            break
        except BrokenProcessPool:
            for chunk in flying.values():
                tries[chunk.number] += 1
                (alone if tries[chunk.number] >= TRIES else again).append(chunk)
            flying.clear()
    for chunk in alone:
        yield Done(chunk, [row for case in chunk.cases for row in _run_alone(case, work, lost)])


def _landed(flying: dict[Future[Any], Chunk]) -> Iterator[Done]:
    """The chunks that have been finished, at least one."""
    for future in wait(flying, return_when=FIRST_COMPLETED).done:
        rows = future.result()
        yield Done(flying.pop(future), rows)


def _run_alone(case: Any, work: Work, lost: Lost) -> list[dict[str, Any]]:
    try:
        with _pool(1) as pool:
            return pool.submit(work, [case]).result()
    except BrokenProcessPool:
        return lost(case)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """New processes; when interrupted they are ended at once, not waited for."""
    context = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, context, initializer=_begin)
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """What a process does first: one thread, no interrupts of its own, an end with its parent."""
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
