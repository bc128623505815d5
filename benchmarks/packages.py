"""What weighing every package costs: the figures behind the limit of `expect`.

    python benchmarks/packages.py

Dossiers of 14 to 20 commitments without rules, in which most packages are acceptable or hardly any
is; CPU nanoseconds for each (draw x package x party) and bytes for each package, beside what the
limit reckons with. Each in a process of its own, on two cores; the best of three.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import summitry
from summitry.dossier.reader import load
from summitry.game.compile import rules_of
from summitry.game.size import FIRST_DRAWS, count_packages, size_of

DRAWS = 66
TIMES = 3
LINE = "{:>12} {:>8} {:>11} {:>14} {:>12} {:>12} {:>10}"


def main() -> None:
    """Print the figures."""
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:2]))
    heads = ("commitments", "parties", "acceptable", "CPU ns", "reckoned ns", "bytes", "reckoned")
    print(LINE.format(*heads))
    for size, parties in ((14, 3), (16, 3), (18, 3), (16, 5), (20, 3)):
        for worth in (4.0, 0.2):
            told = (str(size), str(parties), str(worth))
            subprocess.run([sys.executable, __file__, *told], check=True)


def written(size: int, parties: int, worth: float) -> str:
    """A dossier in which each commitment costs its mover about 3 and is worth so much to others."""
    rng = np.random.default_rng(0)
    lines = ["title: T", f"parties: {{{', '.join(f'p{i}: {{}}' for i in range(parties))}}}"]
    lines += ["commitments:", *(f"  c{c}: {{by: p{c % parties}}}" for c in range(size)), "values:"]
    for i in range(parties):
        mean = np.where(np.arange(size) % parties == i, -3.0, worth) + rng.normal(size=size)
        values = (f"c{c}: {x - 1:.2f} to {x + 1:.2f}" for c, x in enumerate(mean))
        lines.append(f"  p{i}: {{{', '.join(values)}}}")
    lines.append(f"no_agreement: {{{', '.join(f'p{i}: 0' for i in range(parties))}}}")
    return "\n".join(lines) + "\n"


def cost(path: Path, draws: int) -> float:
    """Processor seconds of a forecast."""
    started = time.process_time()
    summitry.expect(path, draws=draws)
    return time.process_time() - started


def one(size: int, parties: int, worth: float) -> None:
    """Measure one dossier in this process and print its line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.yaml"
        path.write_text(written(8, parties, worth), encoding="utf-8")
        summitry.expect(path, draws=4)  # compiles
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        path.write_text(written(size, parties, worth), encoding="utf-8")
        spent = [min(cost(path, draws) for _ in range(TIMES)) for draws in (2, DRAWS)]
        rules = rules_of(load(path).dossier)
    memory = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    packages = count_packages(rules) or 0
    looks = (DRAWS - 2) * packages * parties
    reckoned = size_of(rules, packages, 1, 1)
    first = FIRST_DRAWS * packages * parties * 1e-9
    span = f"{reckoned.seconds[0] / first:.0f}-{reckoned.seconds[1] / first:.0f}"
    print(
        LINE.format(
            size, parties, "most" if worth > 1 else "hardly any",
            f"{(spent[1] - spent[0]) / looks * 1e9:.1f}", span,
            f"{memory / packages:.0f}", f"{reckoned.memory / packages:.0f}",
        )
    )  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
    else:
        main()
