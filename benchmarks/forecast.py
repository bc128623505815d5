"""What a forecast costs: run `python benchmarks/forecast.py`.

Hanoi, and the synthetic dossier that never changes, side by side in one run: pinned to two cores where
the system allows it, medians of five.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:2]))

import numpy as np  # noqa: E402
from literal_side import told_game  # noqa: E402
from numba import njit  # noqa: E402
from tests.literal.bridge import compiled, stratum_stakes  # noqa: E402

import summitry  # noqa: E402
from summitry.analysis.outcomes import play_all  # noqa: E402
from summitry.analysis.setup import prepare  # noqa: E402
from summitry.game.run import play  # noqa: E402
from tests.literal.games import game_of, play_offers, strata_of  # noqa: E402
from tests.literal.packages import mask_of  # noqa: E402

DOSSIERS = {"Hanoi": "hanoi-2019", "synthetic": str(Path(__file__).with_name("synthetic.yaml"))}
CHANGES = {"Hanoi": "trust.usa={}", "synthetic": "trust.east={}"}
TIMES = 5


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


def literal_ratio(name: str) -> float:
    """How many times longer the literal version takes over one draw of two strata.

    Raises AssertionError where the two do not agree on what it brings.
    """
    told = told_game(summitry.load(DOSSIERS[name]).dossier, draws=2)
    if not any(told["chances"]):
        del told["chances"]
    game, fast = game_of(told), compiled(told)
    strata = list(zip(strata_of(game)[:2], stratum_stakes(fast.populations)[:2], strict=True))

    def compiled_side() -> list[int]:
        found = []
        for _, stakes in strata:
            record = play(fast.board, stakes, fast.setting, fast.ghosts, fast.beliefs)
            found.append(int(record.package[0]))
        return found

    start = time.perf_counter()
    agreed = [play_offers(game, stratum, 0).agreed for stratum, _ in strata]
    literal = time.perf_counter() - start
    theirs = [-1 if one is None else mask_of(one) for one in agreed]
    ours = [-1 if p < 0 else int(fast.board.masks[p]) for p in compiled_side()]
    assert ours == theirs, (ours, theirs)
    return literal / (seconds(compiled_side) / 2)  # which plays both draws


def figures(name: str, fma: float) -> dict[str, str]:
    """All figures of one dossier."""
    document = summitry.load(DOSSIERS[name])
    game = prepare(document, {"workers": 1}).game
    size = game.draws * len(game.strata) * len(game.board.masks) * len(game.parties)
    one = seconds(lambda: play_all(game, "offers", 1)) / size * 1e9
    return {
        "possible packages": f"{len(game.board.masks):,}",
        "parties; combinations of types": f"{len(game.parties)}; {len(game.strata)}",
        "expect, default settings, warm": f"{seconds(lambda: summitry.expect(document)):.2f} s",
        "what-if, first answer (256 draws), warm": f"{1000 * first_answer(name):.0f} ms",
        **{
            f"summitry {words}, whole command": f"{command(words, DOSSIERS[name]):.2f} s"
            for words in ("expect", "deals", "roadmap", "obstacles")
        },
        "one (draw x package x party), one core": f"{one:.2f} ns",
        "share of the arithmetic limit": f"{fma / one:.1%}",
        "literal version / compiled, same draw": f"{literal_ratio(name):,.0f}",
    }


def main() -> None:
    """Print every figure."""
    fma = limit()
    print(f"one multiply-add in the nearest cache, one core: {fma:.3f} ns")
    columns = {name: figures(name, fma) for name in DOSSIERS}
    print(f"{'':42s}" + "".join(f"{name:>12s}" for name in columns))
    for row in columns["Hanoi"]:
        print(f"{row:42s}" + "".join(f"{column[row]:>12s}" for column in columns.values()))


if __name__ == "__main__":
    main()
