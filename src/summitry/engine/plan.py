"""A plan as cases: every dossier with every setting, number of draws, seed and date."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from summitry import __version__
from summitry.dossier.errors import Problem
from summitry.dossier.library import bundled_names, bundled_path


@dataclass(frozen=True)
class Source:
    """A dossier as the plan names it, and its bundled name or absolute path."""

    name: str
    at: str


@dataclass(frozen=True)
class Setting:
    """Changes to a dossier under one name; none is the dossier as written."""

    name: str = ""
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One forecast of a plan, by its number from 0."""

    number: int
    source: Source
    setting: Setting
    as_of: dt.date | None
    draws: int
    seed: int


@dataclass(frozen=True)
class Grid:
    """Every combination of these; the dates change fastest, the dossiers slowest."""

    sources: Sequence[Source]
    settings: Sequence[Setting]
    draws: Sequence[int]
    seeds: Sequence[int]
    dates: Sequence[dt.date | None]

    @property
    def axes(self) -> tuple[Sequence[object], ...]:
        """The axes from the slowest to the fastest."""
        return self.sources, self.settings, self.draws, self.seeds, self.dates

    @cached_property
    def size(self) -> int:
        """How many combinations there are."""
        product = 1
        for axis in self.axes:
            product *= len(axis)
        return product


@dataclass(frozen=True)
class Plan:
    """What is to be run; cases are made when they are asked for, so that any number fits.

    `absent` tells where it names a dossier that is not there.
    """

    name: str
    grids: tuple[Grid, ...]
    absent: tuple[Problem, ...] = ()

    @cached_property
    def _ends(self) -> list[int]:
        return list(itertools.accumulate(grid.size for grid in self.grids))

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return self._ends[-1] if self._ends else 0

    def case(self, number: int) -> Case:
        """One case by its number."""
        at = bisect_right(self._ends, number)
        grid, rest = self.grids[at], number - (self._ends[at] - self.grids[at].size)
        places = []
        for axis in reversed(grid.axes):
            rest, place = divmod(rest, len(axis))
            places.append(place)
        date, seed, draws, setting, source = places
        return Case(
            number,
            grid.sources[source],
            grid.settings[setting],
            grid.dates[date],
            grid.draws[draws],
            grid.seeds[seed],
        )


def fingerprint(plan: Plan) -> str:
    """A hash of all that decides the results: the cases, the dossiers' bytes, the version."""
    digest = hashlib.sha256(__version__.encode())
    known = set(bundled_names())
    for grid in plan.grids:
        digest.update(_told(grid).encode())
    for at in sorted({source.at for grid in plan.grids for source in grid.sources}):
        path = bundled_path(at) if at in known else Path(at)
        digest.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"absent")
    return digest.hexdigest()


def _told(grid: Grid) -> str:
    """A grid as text; a range of seeds stays a range."""
    names = [source.name for source in grid.sources]
    settings = [[setting.name, *setting.changes] for setting in grid.settings]
    seeds = repr(grid.seeds) if isinstance(grid.seeds, range) else list(grid.seeds)
    dates = [str(date) for date in grid.dates]
    return json.dumps([names, settings, list(grid.draws), seeds, dates])
