"""A what-if: a first answer at once, and the whole forecast behind it, in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, Unpack

from summitry.analysis.assemble import assemble, round_forecasts
from summitry.analysis.forecast import Forecast, RoundForecast
from summitry.analysis.setup import Options, open_document
from summitry.analysis.streamed import play_through
from summitry.analysis.telling import told
from summitry.dossier.reader import Document

FIRST = 256
SCHEMA = "summitry.what-if/2"


@dataclass(frozen=True)
class FirstAnswer:
    """The probabilities of every round from few draws, with their standard errors.

    They are those of `expect` with as many `draws`, without the reasons.
    """

    changes: Sequence[str]
    draws: int
    seed: int
    rounds: Sequence[RoundForecast]
    schema: str = SCHEMA

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)


@dataclass(frozen=True)
class WhatIf:
    """The first answer, and the forecast that is being made meanwhile."""

    first: FirstAnswer
    future: Future[Forecast]
    stop: Event

    def forecast(self, timeout: float | None = None) -> Forecast:
        """The whole forecast, waited for (at most `timeout` seconds).

        Raises TimeoutError when it is not there by then, CancelledError when it was cancelled.
        """
        return self.future.result(timeout)

    def cancel(self) -> None:
        """Give the forecast up, for example because the number was changed again."""
        self.stop.set()
        self.future.cancel()


def what_if(
    dossier: str | Path | Document, *, first_draws: int = FIRST, **options: Unpack[Options]
) -> WhatIf:
    """What changed numbers bring: a first answer from few draws, the forecast in the background.

    The options are those of `expect`: `changes` (such as `trust.usa=0.6`) say what is changed,
    `draws` how many the forecast has. Both answers are what `expect` gives with as many draws.

    Raises what `expect` raises, before anything goes on in the background.
    """
    document = open_document(dossier, options.get("changes", ()))
    whole = options.copy()
    whole["changes"] = ()
    few = whole.copy()
    few["draws"] = min(first_draws, whole.get("draws", 2048))
    quick = play_through(document, few)
    rounds = round_forecasts(quick, analysts=False)
    run = quick.setup.run
    stop = Event()
    pool = ThreadPoolExecutor(1, thread_name_prefix="what-if")
    future = pool.submit(_refine, document, whole, stop)
    pool.shutdown(wait=False)
    return WhatIf(FirstAnswer(document.changes, run.draws, run.seed, rounds), future, stop)


def _refine(document: Document, options: Options, stop: Event) -> Forecast:
    """The forecast with all its draws; given up as soon as it is to stop."""
    options["progress"] = _watched(options.get("progress"), stop)
    played = play_through(document, options)
    if stop.is_set():
        raise CancelledError
    return assemble(played)


def _watched(
    progress: Callable[[int, int], None] | None, stop: Event
) -> Callable[[int, int], None]:
    """Tell the progress on, and break off the play where it is to stop."""

    def advance(done: int, total: int) -> None:
        if stop.is_set():
            raise CancelledError
        if progress is not None:
            progress(done, total)

    return advance
