"""Files of coded events, read line by line however large: the events between two actors."""

from __future__ import annotations

import csv
import difflib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from summitry.dossier.errors import DossierError, Problem
from summitry.formats.countries import country_names, short_name, with_name
from summitry.formats.event_rows import EventRow, Layout, layout_of, read_row
from summitry.formats.tables import LONGEST_CELL, check_readable, refused

MOST_PROBLEMS = 1000
LOOKED_AT = 100
STEP = 20_000


@dataclass
class Reading:
    """What was met while reading: rows, who acted on whom, and the rows that were left out.

    `problems` holds the first thousand, `left_out` their number. `progress` is called with
    (bytes read, bytes in all).
    """

    size: int = 0
    progress: Callable[[int, int], None] | None = None
    done: int = 0
    rows: int = 0
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0

    def leave_out(self, problem: Problem) -> None:
        """Note a row that cannot be read."""
        self.left_out += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


def open_events(file: str | Path) -> Layout:
    """The format of a file of events. Raises DossierError where it is none that is known."""
    path, name = Path(file), str(file)
    check_readable(path, name)
    with path.open("rb") as stream:
        for line in islice(stream, LOOKED_AT):
            try:
                layout = layout_of(line.decode("utf-8-sig"))
            except UnicodeDecodeError:
                continue
            if layout is not None:
                return layout
    raise refused(
        name,
        "is neither ICEWS (20 columns, with a header), nor GDELT (58 or 61 tab-separated "
        "columns), nor a CSV with the columns date, source_side, target_side, cameo; an archive "
        "is to be unpacked first",
    )


def dyad_rows(
    file: str | Path,
    layout: Layout,
    actors: tuple[frozenset[str], frozenset[str]],
    reading: Reading,
) -> Iterator[tuple[int, EventRow]]:
    """The events between two actors, with who acts: 0 for the first, 1 for the second."""
    name, at = str(file), layout.at
    for line, cells in _cells(Path(file), layout, reading):
        reading.rows += 1
        if len(cells) != layout.width:
            message = f"{len(cells)} columns where {layout.name} has {layout.width}; left out"
            reading.leave_out(Problem(name, line, 1, message))
            continue
        actor, target = (cells[at[side]].strip().casefold() for side in ("actor", "target"))
        reading.pairs[actor, target] += 1
        for side, (one, other) in enumerate((actors, actors[::-1])):
            if actor in one and target in other:
                try:
                    yield side, read_row(layout, cells)
                except ValueError as error:
                    reading.leave_out(Problem(name, line, 1, f"{error}; left out"))


def _cells(path: Path, layout: Layout, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    lines = _lines(path, reading)
    rows = csv.reader(lines)
    if layout.delimiter == "\t":  # quotation marks mean nothing there
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if layout.header:
        next(rows)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            reading.leave_out(Problem(str(path), rows.line_num, 1, f"{error}; left out"))
            continue
        if cells:
            yield rows.line_num, cells


def _lines(path: Path, reading: Reading) -> Iterator[str]:
    """The lines as text; an empty one for each that is not UTF-8, which is left out."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            reading.done += len(line)
            if reading.progress and number % STEP == 0:
                reading.progress(reading.done, reading.size)
            try:
                yield line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                reading.rows += 1
                reading.leave_out(Problem(str(path), number, 1, "is not UTF-8; left out"))
                yield "\n"


def no_events(
    files: str,
    dyad: tuple[str, str],
    actors: tuple[frozenset[str], frozenset[str]],
    reading: Reading,
) -> DossierError:
    """Why nothing was found between two actors, and who is nearest to what was asked."""
    seen: Counter[str] = Counter()
    for (actor, target), number in reading.pairs.items():
        seen.update({actor: number, target: number})
    for asked, labels in zip(dyad, actors, strict=True):
        if not labels & set(seen):
            return refused(files, f"no event names `{asked}`{_nearest(asked, seen)}")
    partners = Counter(
        {
            (target if actor in actors[0] else actor): number
            for (actor, target), number in reading.pairs.items()
            if (actor in actors[0]) != (target in actors[0])
        }
    )
    del partners[""], partners["na"]
    told = ", ".join(with_name(short_name(label)) for label, _ in partners.most_common(6))
    return refused(
        files,
        f"no event between `{dyad[0]}` and `{dyad[1]}`; `{dyad[0]}` meets: {told or 'nobody'}",
    )


def _nearest(asked: str, seen: Counter[str]) -> str:
    """The actors of the file that a misspelt one may have meant, else the most frequent."""
    names = {
        name.casefold(): code
        for code, names in country_names().items()
        for name in (code, *names)
        if {code.casefold(), *(n.casefold() for n in names)} & set(seen)
    }
    close = difflib.get_close_matches(asked.casefold(), [*names, *seen], 2, 0.6)
    meant = dict.fromkeys(with_name(names.get(word, word)) for word in close)
    if meant:
        return f"; nearest: {' or '.join(meant)}"
    common = [label for label, _ in seen.most_common(8) if label not in ("", "na")]
    told = ", ".join(names.get(label, label) for label in common)
    return f"; most named: {told}" if told else "; it has no events"
