"""What a test lets the processes do instead of forecasts: quick, and deadly where asked."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from summitry.engine.case import failed


def note(cases):
    """A row a case; what has been run is noted in the file that the dossier names."""
    for case in cases:
        with Path(case.source.at).open("a") as file:
            file.write(f"{case.number}\n")
    return [row for case in cases for row in failed(case, "noted")]


def die_once(cases):
    """The same, but the process that meets case 5 first is killed."""
    mark = Path(f"{cases[0].source.at}.killed")
    if any(case.number == 5 for case in cases) and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return note(cases)


def die_at_five(cases):
    """The same, but every process that meets case 5 is killed."""
    if any(case.number == 5 for case in cases):
        os.kill(os.getpid(), signal.SIGKILL)
    return note(cases)
