"""How the kernels are compiled: without reference counts, and anew when any of them changes."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core import event


def _fingerprint() -> str:
    """A hash of the sources of all kernels and of the board they play on."""
    here = Path(__file__).parent
    sources = [*sorted(here.glob("*.py")), here.parent / "board.py", here.parent / "numbers.py"]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


SOURCES = _fingerprint()
# `_nrt` is an option that numba's own annotations do not list
NJIT: Any = numba.njit
NO_CACHE = (
    "no folder can be written to keep compiled code in, so that every run compiles for half a "
    "minute; set NUMBA_CACHE_DIR to one that can"
)


class _Watch(event.Listener):
    """Counts the functions that are being compiled now; what is read from the cache is none."""

    def __init__(self) -> None:
        self.busy = 0

    def on_start(self, _event: event.Event) -> None:
        """One more."""
        self.busy += 1

    def on_end(self, _event: event.Event) -> None:
        """One less."""
        self.busy -= 1


_WATCH = _Watch()
event.register("numba:compile", _WATCH)


def is_compiling() -> bool:
    """Whether a kernel is being compiled at this moment."""
    return _WATCH.busy > 0


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function that allocates nothing: arrays in tuples are then passed for free.

    Counting references to the arrays of a board or table costs more, at every call, than
    most kernels compute.
    """
    return _compiled(function, _nrt=False)


def inlined(function: Callable[..., Any]) -> Any:
    """The same for a function with one caller: written into it, and so compiled but once.

    Every compiled function is optimised again in each that calls it; along a chain of calls
    that was a quarter of the time of a first run.
    """
    return _compiled(function, _nrt=False, inline="always")


def allocating(function: Callable[..., Any]) -> Any:
    """The same for a function that makes arrays of its own."""
    return _compiled(function)


def _compiled(function: Callable[..., Any], **options: Any) -> Any:
    """Compile, and keep on disk as long as no kernel changes.

    Of itself the cache looks only at the file of a kernel, not at those of the kernels it calls.
    """
    try:
        compiled = NJIT(cache=True, nogil=True, **options)(function)
    except RuntimeError:  # neither this folder nor the user's own can be written
        warnings.warn(NO_CACHE, stacklevel=1)
        return NJIT(nogil=True, **options)(function)
    compiled._cache._cache_file._source_stamp = SOURCES
    return compiled
