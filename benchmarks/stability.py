"""How fast stability is found: large models, many draws, and beside the definitions.

    python benchmarks/stability.py

Random payoffs, Nash, GMR, SMR and SEQ for all states and parties. Prints seconds (wall clock
and processor time of this process) and the peak memory; compiling is done before. The last
line is the median of five ratios to the literal reference of tests/literal, run beside it.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from summitry.game.graph.model import GraphModel, graph_model
from summitry.game.graph.preferences import Preferences
from summitry.game.graph.stable import LEVELLED, lay_out, stable_for, stable_states
from tests.literal.stability import CONCEPTS, Conflict

RNG = np.random.default_rng(2019)
BLOCK = 100
THREADS = 2


def model_of(parties: int, options: int, infeasible: float = 0.0) -> GraphModel:
    """A model whose options are dealt out evenly, with a share of its states infeasible."""
    kept = np.flatnonzero(RNG.random(1 << options) >= infeasible)
    owners = [1 << (k * parties // options) for k in range(options)]
    names = [f"p{i}" for i in range(parties)]
    return graph_model(names, [f"o{k}" for k in range(options)], owners, states=kept)


def payoffs_of(model: GraphModel) -> np.ndarray:
    """A random strict order of the states for each party."""
    return np.stack([RNG.permutation(len(model.states)).astype(float) for _ in model.parties])


def timed(what: str, run: Callable[[], object]) -> None:
    """Print how long it takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {wall:.2f} s ({cpu:.2f} s of processor time), peak so far {peak:.0f} MB")


def whole(model: GraphModel) -> Callable[[], object]:
    """All labels of a model, its layout included."""
    preferences = Preferences(payoffs_of(model))
    return lambda: stable_states(lay_out(model), preferences)


def many_draws(draws: int, options: int) -> Callable[[], object]:
    """All labels of a model of two parties in many draws, on two threads."""
    layout = lay_out(model_of(2, options))
    payoffs = RNG.normal(size=(draws, 2, 1 << options))

    def block(first: int) -> None:
        for party in (0, 1):
            stable_for(layout, party, payoffs[first : first + BLOCK])

    def run() -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(block, range(0, draws, BLOCK)))

    return run


def ratio(options: int) -> float:
    """How many times longer the definitions take, which must agree."""
    model = model_of(2, options)
    payoffs, states = payoffs_of(model), model.states.tolist()
    fast = time.perf_counter()
    labels = stable_states(lay_out(model), Preferences(payoffs))
    fast = time.perf_counter() - fast
    slow = time.perf_counter()
    conflict = Conflict(
        states,
        [frozenset([owner - 1]) for owner in model.owners],
        [dict(zip(states, row.tolist(), strict=True)) for row in payoffs],
        model.adds,
        model.drops,
    )
    literal = {
        name: [[CONCEPTS[name](conflict, i, s, "closure") for s in states] for i in (0, 1)]
        for name in LEVELLED
    }
    slow = time.perf_counter() - slow
    assert all(labels[name].tolist() == literal[name] for name in LEVELLED)
    return slow / fast


def main() -> None:
    """Compile, then time the three sizes, then the ratio."""
    whole(model_of(3, 6, 0.1))()
    timed("2 parties x 20 options, 1,048,576 states", whole(model_of(2, 20)))
    model = model_of(3, 16, 0.1)
    timed(f"3 parties x 16 options, {len(model.states):,} of 65,536 states", whole(model))
    timed("10,000 draws x 10 options, 2 parties", many_draws(10_000, 10))
    ratios = [ratio(10) for _ in range(5)]
    shown = ", ".join(f"{x:.0f}" for x in sorted(ratios))
    print(f"10 options, times faster than the definitions: {median(ratios):.0f} (of {shown})")


if __name__ == "__main__":
    main()
