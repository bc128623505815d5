"""How far it is: a bar where somebody waits, now and then a line where a log is kept."""

from __future__ import annotations

import math
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

EVERY = 60.0
SOON = 1.5  # seconds after which a first run says what it is waiting for
COMPILING = "compiling the model for this machine; this is done once and takes about half a minute"


class Advance(Protocol):
    """Told how much is done, of how much in all; what is being done may change on the way."""

    def __call__(self, done: int, total: int, now: str | None = None, /) -> None:
        """Show it."""


@contextmanager
def progress_bar(doing: str) -> Iterator[Advance]:
    """A bar on the error stream after a second's wait; lines where that is no terminal."""
    watch = threading.Timer(SOON, _tell_of_compiling)
    watch.daemon = True
    watch.start()
    try:
        yield from _advance(doing)
    finally:
        watch.cancel()


def _tell_of_compiling() -> None:
    """One line, where the first run on a machine is still compiling."""
    kernels = sys.modules.get("summitry.game.kernels.compiling")
    if kernels is not None and kernels.is_compiling():
        print(COMPILING, file=sys.stderr, flush=True)


def _advance(doing: str) -> Iterator[Advance]:
    if not sys.stderr.isatty():
        yield _lines(doing)
        return
    from rich.console import Console
    from rich.progress import Progress

    begun = time.monotonic()
    # the default asks for two steps within half a minute; a step may take an hour
    bars = Progress(console=Console(stderr=True), transient=True, speed_estimate_period=math.inf)
    with bars as bar:
        task = bar.add_task(doing, total=None, visible=False)

        def advance(done: int, total: int, now: str | None = None) -> None:
            late = time.monotonic() - begun > 1
            bar.update(task, completed=done, total=total, visible=late, description=now)

        yield advance


def _lines(doing: str) -> Advance:
    """A line a minute, with the time left at the speed since the first thing done."""
    started: tuple[float, int] | None = None
    told = 0.0

    def advance(done: int, total: int, now: str | None = None) -> None:
        nonlocal started, told
        at = time.monotonic()
        if started is None:
            told = at
        if started is None or started[1] == 0 or done < started[1]:
            started = at, done
        if at - told < EVERY:
            return
        told = at
        left = _left(total - done, done - started[1], at - started[0])
        print(f"{now or doing}: {done:,} of {total:,}{left}", file=sys.stderr)

    return advance


def _left(undone: int, done: int, seconds: float) -> str:
    """The time left at the speed so far, in words; nothing before anything is done."""
    if done <= 0:
        return ""
    minutes = undone * seconds / done / 60
    return f", {minutes:.0f} min left" if minutes < 120 else f", {minutes / 60:.0f} h left"
