"""What a forecast costs: run `python benchmarks/forecast.py [--beside FOLDER]`.

Hanoi, and the synthetic dossier that never changes, side by side in one run: pinned to two cores where
the system allows it, medians of five. `--beside`: another checkout of the project, whose commands are
timed in turn with these, on its own dossiers, with the ratio.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:2]))

import numpy as np  # noqa: E402
from numba import njit  # noqa: E402

import summitry  # noqa: E402
from summitry.analysis.outcomes import play_all  # noqa: E402
from summitry.analysis.setup import prepare  # noqa: E402
from summitry.game.run import How  # noqa: E402

DOSSIERS = {"Hanoi": "hanoi-2019", "synthetic": str(Path(__file__).with_name("synthetic.yaml"))}
CHANGES = {"Hanoi": "trust.usa={}", "synthetic": "trust.east={}"}
TIMES = 5
COMMANDS = ("expect", "deals", "roadmap", "obstacles", "timeline", "levers")


def seconds(work: Callable[[], object], times: int = TIMES) -> float:
    """Median wall time after one run that compiles and warms."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


@njit(fastmath=True)
def multiply_add(a, b, c, times):  # type: ignore[no-untyped-def]
    """Multiply and add over arrays that fit the nearest cache."""
    for _ in range(times):
        for k in range(len(a)):
            c[k] = c[k] * a[k] + b[k]


def limit() -> float:
    """Nanoseconds of one multiply-add on one core."""
    a, b, c = np.full(1024, 0.5), np.ones(1024), np.ones(1024)
    return seconds(lambda: multiply_add(a, b, c, 10_000)) / (1024 * 10_000) * 1e9


def command(*words: str) -> float:
    """A whole command, its start included."""
    program = [sys.executable, "-m", "summitry", *words]
    return seconds(lambda: subprocess.run(program, stdout=subprocess.DEVNULL, check=True))


def first_answer(name: str) -> float:
    """From a changed number to the first answer, with nothing else going on."""
    taken = []
    for k in range(TIMES + 1):
        change = CHANGES[name].format(0.3 + 0.05 * k)  # never the number of before
        start = time.perf_counter()
        found = summitry.what_if(DOSSIERS[name], changes=[change])
        taken.append(time.perf_counter() - start)
        found.cancel()
        found.future.exception()  # until the background is quiet
    return statistics.median(taken[1:])


def figures(name: str, fma: float) -> dict[str, str]:
    """All figures of one dossier."""
    document = summitry.load(DOSSIERS[name])
    game = prepare(document, {"workers": 1}).game
    size = game.draws * len(game.strata) * len(game.board.masks) * len(game.parties)
    one = seconds(lambda: play_all(game, How(), 1)) / size * 1e9
    return {
        "possible packages": f"{len(game.board.masks):,}",
        "parties; combinations of types": f"{len(game.parties)}; {len(game.strata)}",
        "expect, default settings, warm": f"{seconds(lambda: summitry.expect(document)):.2f} s",
        "what-if, first answer (256 draws), warm": f"{1000 * first_answer(name):.0f} ms",
        **{
            f"summitry {words}, whole command": f"{command(words, DOSSIERS[name]):.2f} s"
            for words in COMMANDS
            if words != "timeline" or name == "Hanoi"
        },
        "one (draw x package x party), one core": f"{one:.2f} ns",
        "share of the arithmetic limit": f"{fma / one:.1%}",
    }


def beside(folder: Path) -> None:
    """Print the commands of another checkout beside these, in turn, and the first run of both."""
    here = ROOT / "src"
    print(f"\n{'hanoi-2019, wall (processor) seconds':42s}{'here':>18s}{'there':>18s}{'ratio':>8s}")
    for words in COMMANDS:
        ours, theirs = [], []
        for _ in range(3):
            ours.append(spent(here, words, "hanoi-2019"))
            theirs.append(spent(folder / "src", words, "hanoi-2019"))
        show(f"summitry {words}", min(ours), min(theirs))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        show(
            "summitry expect, first run of all",
            spent(here, "expect", "hanoi-2019", cache=one),
            spent(folder / "src", "expect", "hanoi-2019", cache=two),
        )


def show(what: str, ours: tuple[float, float], theirs: tuple[float, float]) -> None:
    """One row: wall and processor time of both, and the ratio of processor times."""
    cells = (f"{wall:.2f} ({cpu:.2f})" for wall, cpu in (ours, theirs))
    print(f"{what:42s}" + "".join(f"{cell:>18s}" for cell in cells) + f"{ours[1] / theirs[1]:8.2f}")


def spent(source: Path, *words: str, cache: str | None = None) -> tuple[float, float]:
    """Wall and processor time of a whole command of a checkout; `cache`: an empty one."""
    environment = {**os.environ, "PYTHONPATH": str(source)}
    if cache:
        environment["NUMBA_CACHE_DIR"] = cache
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    program = [sys.executable, "-m", "summitry", *words]
    subprocess.run(
        program, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description="What a forecast costs.")
    parser.add_argument("--beside", type=Path, metavar="FOLDER", help="another checkout")
    asked = parser.parse_args()
    fma = limit()
    print(f"one multiply-add in the nearest cache, one core: {fma:.3f} ns")
    columns = {name: figures(name, fma) for name in DOSSIERS}
    print(f"{'':42s}" + "".join(f"{name:>12s}" for name in columns))
    for row in columns["Hanoi"]:
        print(f"{row:42s}" + "".join(f"{column.get(row, '-'):>12s}" for column in columns.values()))
    if asked.beside:
        beside(asked.beside)


if __name__ == "__main__":
    main()
