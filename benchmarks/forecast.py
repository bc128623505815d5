"""What a forecast of the Hanoi dossier costs: run `python benchmarks/forecast.py`.

All figures in one run, pinned to two cores where the system allows it, medians of five.
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
from numba import njit  # noqa: E402

import summitry  # noqa: E402
from summitry.analysis.outcomes import play_all  # noqa: E402
from summitry.analysis.setup import prepare  # noqa: E402
from summitry.game.run import play  # noqa: E402
from tests.literal.bridge import compiled, stratum_stakes  # noqa: E402
from tests.literal.games import play_offers, read_games, strata_of  # noqa: E402

DOSSIER = "hanoi-2019"


def seconds(work: Callable[[], object], times: int = 5) -> float:
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


def literal_ratio() -> float:
    """How many times longer the literal version takes over the known games, all strata."""
    told = read_games(ROOT / "tests" / "game" / "games.json")[:6]
    ready = [(compiled(game.told), game) for game in told]

    def literal() -> None:
        for game in told:
            for stratum in strata_of(game):
                for draw in range(len(game.told["draws"])):
                    play_offers(game, stratum, draw)

    def fast() -> None:
        for one, _ in ready:
            for stakes in stratum_stakes(one.populations):
                play(one.board, stakes, one.setting, one.ghosts, one.beliefs)

    return seconds(literal, 1) / seconds(fast)


def main() -> None:
    """Print every figure."""
    document = summitry.load(DOSSIER)
    setup = prepare(document, {"workers": 1})
    game = setup.game
    size = game.draws * len(game.strata) * len(game.board.masks) * len(game.parties)
    one = seconds(lambda: play_all(game, "offers", 1)) / size * 1e9
    fma = limit()

    def what_if() -> None:
        summitry.expect(summitry.load(DOSSIER, ["trust.usa=0.5"]), draws=256)

    rows = [
        ("expect, warm", f"{seconds(lambda: summitry.expect(document)):.2f} s"),
        ("what-if, 256 draws per stratum, warm", f"{seconds(what_if):.2f} s"),
        *((f"summitry {name} {DOSSIER}", f"{command(name, DOSSIER):.2f} s")
          for name in ("expect", "deals", "obstacles")),
        ("one (draw x package x party), one core", f"{one:.3f} ns"),
        ("one multiply-add, one core", f"{fma:.3f} ns"),
        ("share of the arithmetic limit", f"{fma / one:.0%}"),
        ("literal version / compiled, known games", f"{literal_ratio():.0f}"),
    ]  # fmt: skip
    for name, figure in rows:
        print(f"{name:44s}{figure:>12s}")


if __name__ == "__main__":
    main()
