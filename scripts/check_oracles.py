"""Run cases with known results and say how many of each kind of result agree.

    python scripts/check_oracles.py PATH...

Prints a line `KIND: N of M agree` for every kind of result. Ends with 0 if all agree, 1 if any
differs, 2 if a file cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from oracles import games, positions, stability

FAMILIES = (games, positions, stability)
Counts = dict[str, tuple[int, int]]


def parsed(path: Path) -> Any:
    """A JSON file's data, or the text of a file of another kind."""
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else text


def read_file(path: Path) -> Iterator[Callable[[], Counts]]:
    """The comparisons of a file; ends the program with exit code 2 and one line if it has none."""
    try:
        data = parsed(path)
        for family in FAMILIES:
            if family.is_mine(data):
                return family.read(data, path)
        reason = "no kind of case that is known here"
    except OSError as error:
        reason = error.strerror or str(error)
    except ValueError as error:
        reason = f"not a file of cases: {error}"
    except RecursionError:
        reason = "not a file of cases: nested too deeply"
    print(f"{path}: {reason}", file=sys.stderr)
    sys.exit(2)


def main() -> int:
    """Compare all files; returns the exit code."""
    parser = argparse.ArgumentParser(description="Run cases with known results.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    # every file is read before any case is run: a misspelt path is told at once
    for run in [run for path in parser.parse_args().paths for run in read_file(path)]:
        for kind, (agree, number) in run().items():
            totals[kind][0] += agree
            totals[kind][1] += number
    for kind, (agree, number) in totals.items():
        print(f"{kind}: {agree} of {number} agree")
    return int(any(agree < number for agree, number in totals.values()))


if __name__ == "__main__":
    sys.exit(main())
