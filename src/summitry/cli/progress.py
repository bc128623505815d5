"""How far it is: a bar where somebody waits, now and then a line where a log is kept."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

EVERY = 60.0


class Advance(Protocol):
    """Told how much is done, of how much in all; what is being done may change on the way."""

    def __call__(self, done: int, total: int, now: str | None = None, /) -> None:
        """Show it."""


@contextmanager
def progress_bar(doing: str) -> Iterator[Advance]:
    """A bar on the error stream after a second's wait; lines where that is no terminal."""
    if not sys.stderr.isatty():
        yield _lines(doing)
        return
    from rich.console import Console
    from rich.progress import Progress

    begun = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None, visible=False)

        def advance(done: int, total: int, now: str | None = None) -> None:
            late = time.monotonic() - begun > 1
            bar.update(task, completed=done, total=total, visible=late, description=now)

        yield advance


def _lines(doing: str) -> Advance:
    """A line a minute, with the time left at the speed since the first word of progress."""
    started: tuple[float, int] | None = None
    told = 0.0

    def advance(done: int, total: int, now: str | None = None) -> None:
        nonlocal started, told
        at = time.monotonic()
        if started is None:
            started, told = (at, done), at
        if at - told < EVERY:
            return
        told = at
        left = (total - done) * (at - started[0]) / max(done - started[1], 1) / 60
        print(f"{now or doing}: {done:,} of {total:,}, {left:.0f} min left", file=sys.stderr)

    return advance
