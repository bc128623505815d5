"""What a plan may say on each axis: dossiers, settings, draws, seeds, dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from summitry.analysis.streamed import MOST_DRAWS
from summitry.dossier.library import bundled_names
from summitry.dossier.names import nearest
from summitry.dossier.source_text import Path_
from summitry.engine.plan import Setting, Source
from summitry.estimates.draws import LARGEST_SEED

SPAN = re.compile(r"\s*(\d+)\s+to\s+(\d+)\s*")


class Reading(Protocol):
    """A plan being read."""

    @property
    def folder(self) -> Path:
        """Where paths start from."""

    @property
    def found(self) -> dict[str, list[Source]]:
        """The dossiers looked up so far, by what the plan calls them."""

    def wrong(self, path: Path_, message: str) -> None:
        """Keep a mistake with its place."""

    def lacks(self, path: Path_, message: str) -> None:
        """Keep, with its place, that a dossier is not there."""


class Axis(NamedTuple):
    """What a plan says on one axis, and where."""

    path: Path_
    value: Any
    reading: Reading

    def items(self) -> Iterator[tuple[Path_, Any]]:
        """The values with their places; a single value is a list of one."""
        if isinstance(self.value, Sequence) and not isinstance(self.value, str):
            if len(self.value) == 0:
                self.reading.wrong(self.path, f"`{self.path[-1]}` is empty")
            return (((*self.path, k), item) for k, item in enumerate(self.value))
        return iter([(self.path, self.value)])


def sources_of(axis: Axis) -> list[Source]:
    """The dossiers: bundled names, paths, or patterns such as `cases/*.yaml`."""
    found: list[Source] = []
    for path, item in axis.items():
        if isinstance(item, Path):
            item = str(item)
        if not isinstance(item, str):
            axis.reading.wrong(path, f"a dossier is a name or a path, not `{item}`")
            continue
        known = axis.reading.found
        if item not in known:
            known[item] = list(_look_up(item, axis.reading.folder))
            if not known[item] and "*" not in item:
                what = f"there is no such file or bundled dossier: `{item}`"
                axis.reading.lacks(path, what + nearest(item, bundled_names()))
                known[item] = [Source(item, str(axis.reading.folder / item))]
        if not known[item]:
            axis.reading.wrong(path, f"no file matches: `{item}`")
        found += known[item]
    return found


def _look_up(item: str, folder: Path) -> Iterator[Source]:
    if item in bundled_names():
        yield Source(item, item)
    elif "*" in item:
        anchor = Path(item).anchor
        root = Path(anchor) if anchor else folder
        for path in sorted(root.glob(item.removeprefix(anchor))):
            yield Source((path if anchor else path.relative_to(root)).as_posix(), str(path))
    elif (folder / item).is_file():
        yield Source(item, str(folder / item))


def settings_of(axis: Axis) -> list[Setting]:
    """The settings: a mapping of names to changes, or (a row of a table) changes with `;`."""
    value, wrong = axis.value, axis.reading.wrong
    if isinstance(value, str):
        changes = [part.strip() for part in value.split(";") if part.strip()]
        named = {value.strip(): changes}
    elif isinstance(value, Mapping) and value:
        named = {str(name): changes for name, changes in value.items()}
    else:
        wrong(axis.path, "write `NAME: [PATH=VALUE, ...]`, for example `as-written: []`")
        return []
    found = []
    for name, changes in named.items():
        if isinstance(changes, str):
            changes = [changes]
        if not isinstance(changes, Sequence):
            wrong((*axis.path, name), "write a list of changes: [trust.usa=0.6]; or []")
            continue
        for k, change in enumerate(changes):
            if not isinstance(change, str) or not all(change.partition("=")):
                wrong((*axis.path, name, k), f"`{change}` is no change; write trust.usa=0.6")
        found.append(Setting(name, tuple(map(str, changes))))
    return found


def draws_of(axis: Axis) -> list[int]:
    """The numbers of draws."""
    return [
        number
        for path, item in axis.items()
        if (number := _whole(axis, path, item, (2, MOST_DRAWS))) is not None
    ]


def seeds_of(axis: Axis) -> Sequence[int]:
    """The seeds: one, a list, or a range such as `0 to 999`."""
    span = SPAN.fullmatch(axis.value) if isinstance(axis.value, str) else None
    if isinstance(axis.value, range) or span:
        seeds = axis.value if span is None else range(int(span[1]), int(span[2]) + 1)
        if not len(seeds) or seeds[0] < 0 or seeds[-1] > LARGEST_SEED:
            axis.reading.wrong(axis.path, f"`{axis.value}` is no range of seeds; write `0 to 9`")
        return seeds
    return [
        number
        for path, item in axis.items()
        if (number := _whole(axis, path, item, (0, LARGEST_SEED))) is not None
    ]


def dates_of(axis: Axis) -> list[dt.date | None]:
    """The dates to ask as of; an empty one (`null`) is the dossier's own."""
    found: list[dt.date | None] = []
    for path, item in axis.items():
        try:
            found.append(dt.date.fromisoformat(item) if isinstance(item, str) else item)
        except ValueError:
            axis.reading.wrong(path, f"`{item}` is no date; write YYYY-MM-DD")
            continue
        if item is not None and not isinstance(item, str | dt.date):
            axis.reading.wrong(path, f"`{item}` is no date; write YYYY-MM-DD")
    return found


def _whole(axis: Axis, path: Path_, item: Any, limits: tuple[int, int]) -> int | None:
    """A whole number within limits; None, with the mistake kept, for anything else."""
    if isinstance(item, str) and item.strip().isdecimal():
        item = int(item)
    if isinstance(item, int) and not isinstance(item, bool) and limits[0] <= item <= limits[1]:
        return item
    message = f"`{item}` is no whole number from {limits[0]:,} to {limits[1]:,}"
    axis.reading.wrong(path, message)
    return None
