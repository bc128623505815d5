"""Under which concepts states are stable for whom: at the central values and over all draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from summitry.analysis.conflict import Conflict
from summitry.analysis.setup import Run
from summitry.game.board import Bools, Floats
from summitry.game.graph.coalitions import coalitions_of, improvements_of, reached_by
from summitry.game.graph.fibers import Rows
from summitry.game.graph.preferences import Preferences
from summitry.game.graph.sanctions import RULES
from summitry.game.graph.simultaneous import MOST_WORK, most_work, simultaneous
from summitry.game.graph.stable import (
    LEVELLED,
    by_others_gains,
    by_own_order,
    lay_out,
    stable_states,
)

CONCEPTS = ("nash", "smr", "gmr", "seq", "sim")
BLOCK = 4_000_000
MOST_IN_BLOCK = 64
MOST_WORK_A_DRAW = 100_000
MOST_COMPARED = 10_000_000


@dataclass(frozen=True)
class Verdicts:
    """Where a state is stable for whom at the central values: for each concept (N, F).

    `sim_rows`: the rows for which SIM was worked out.
    """

    stable: Mapping[str, Bools]
    sim_rows: Bools

    def equilibria(self, concept: str) -> Rows:
        """The rows of the states that are stable for all."""
        return np.flatnonzero(self.stable[concept].all(axis=0)).astype(np.int32)


def verdicts(conflict: Conflict, labels: dict[str, Bools], rows: Sequence[int]) -> Verdicts:
    """The labels with SIM added: for all states where that is little work, else for the rows."""
    everything = np.arange(len(conflict.model.states), dtype=np.int32)
    few = np.unique(np.array(rows, np.int32))
    asked = next(
        (r for r in (everything, few) if most_work(conflict.layout, r) <= MOST_WORK), few[:0]
    )
    sim = np.zeros_like(labels["nash"])
    sim[:, asked] = sim_of(conflict, conflict.preferences, asked)
    return Verdicts({**labels, "sim": sim}, np.isin(everything, asked))


def sim_of(conflict: Conflict, preferences: Preferences, rows: Rows) -> Bools:
    """Whether each of the rows is SIM-stable for each party (N, rows)."""
    layout, model = conflict.layout, conflict.model
    still = np.ones(len(rows), bool)
    return np.stack(
        [
            simultaneous(layout, conflict.index, i, preferences.as_seen_by(i), rows)
            if layout.can_move(i)
            else still
            for i in range(len(model.parties))
        ]
    )


def labels_that_differ(conflict: Conflict, found: Verdicts) -> dict[str, dict[str, int]] | None:
    """How many labels (state and party) other rules of sanctions would change, by concept.

    None where there are too many states and movers to compare them.
    """
    model, differ = conflict.model, {}
    if len(model.states) << len(conflict.layout.fibers) > MOST_COMPARED:
        return None
    for rule in RULES:
        other = stable_states(lay_out(model, rule), conflict.preferences)
        changed = {name: int((other[name] != found.stable[name]).sum()) for name in LEVELLED}
        if any(changed.values()):
            differ[rule] = {name: number for name, number in changed.items() if number}
    return differ


@dataclass(frozen=True)
class Shares:
    """In which share of the draws states are stable, with standard errors, in their order.

    For each concept `party` and `party_error` (N, rows); for those and `coalition` `all` and
    `all_error` (rows). SIM is left out where it takes too many combinations.
    """

    party: Mapping[str, Floats]
    party_error: Mapping[str, Floats]
    all: Mapping[str, Floats]
    all_error: Mapping[str, Floats]


def is_uncertain(conflict: Conflict) -> bool:
    """Whether the order of states differs from draw to draw, or with the parties' types."""
    worths = conflict.worths
    if len(conflict.strata) > 1:
        return True
    drawn = [p for p in worths.populations if p is not None]
    return any(
        bool(np.ptp(column, axis=0).any())
        for population in drawn
        for stakes in population.stakes
        for column in (stakes.values, stakes.linkages, stakes.reservation)
        if column.size
    )


def shares(conflict: Conflict, rows: Sequence[int], run: Run) -> Shares:
    """The shares over all draws and types of the parties, weighted by the types' chances."""
    size = len(conflict.model.parties) * len(conflict.model.states)
    step = max(1, min(MOST_IN_BLOCK, BLOCK // size))
    draws = run.draws
    blocks = [slice(at, min(at + step, draws)) for at in range(0, draws, step)]
    coalitions = _reaches(conflict, rows)
    sums: list[dict[str, Floats]] = [{}, {}]
    done = 0
    with ThreadPoolExecutor(run.workers) as pool:
        for block, hits in zip(
            blocks, pool.map(lambda b: _block(conflict, rows, coalitions, b), blocks), strict=True
        ):
            for name, hit in hits.items():
                _add(sums[0], name, hit.sum(axis=0))
                _add(sums[1], name, (hit**2).sum(axis=0))
            done += block.stop - block.start
            if run.progress:
                run.progress(done, draws)
    return _shares(sums, draws)


def _add(total: dict[str, Floats], name: str, more: Any) -> None:
    total[name] = total[name] + more if name in total else more


def _shares(sums: Sequence[Mapping[str, Floats]], draws: int) -> Shares:
    mean = {name: total / draws for name, total in sums[0].items()}
    error = {
        name: np.sqrt(np.maximum(total / draws - mean[name] ** 2, 0) / (draws - 1))
        for name, total in sums[1].items()
    }

    def part(of: Mapping[str, Floats], kind: str) -> dict[str, Floats]:
        return {name.split()[0]: x for name, x in of.items() if name.endswith(kind)}

    return Shares(
        part(mean, " party"), part(error, " party"), part(mean, " all"), part(error, " all")
    )


Reach = list[tuple[tuple[int, ...], Bools]]


def _reaches(conflict: Conflict, rows: Sequence[int]) -> Reach:
    return [
        (members, reached_by(conflict.layout, members, rows))
        for members in coalitions_of(conflict.layout)
    ]


def _block(
    conflict: Conflict, rows: Sequence[int], coalitions: Reach, draws: slice
) -> dict[str, Floats]:
    """The weight of the strata in which each of the rows is stable, draw by draw."""
    worths = {
        (i, kind): conflict.worths.of(i, kind, draws)
        for i, chances in enumerate(conflict.chances)
        for kind in range(len(chances))
    }
    own = {
        (i, kind): {
            name: stable[:, rows]
            for name, stable in by_own_order(conflict.layout, i, payoffs).items()
        }
        for (i, kind), payoffs in worths.items()
    }
    hits: dict[str, Floats] = {}
    for kinds, weight in conflict.strata:
        payoffs = np.stack([worths[i, kind] for i, kind in enumerate(kinds)], axis=1)
        labels = {
            name: np.stack([own[i, kind][name] for i, kind in enumerate(kinds)], axis=1)
            for name in ("nash", "gmr", "smr")
        }
        for name, stable in (labels | _by_gains(conflict, payoffs, rows)).items():
            _add(hits, f"{name} party", weight * stable)
            _add(hits, f"{name} all", weight * stable.all(axis=1))
        together = _coalition_stable(coalitions, payoffs, rows)
        _add(hits, "coalition all", weight * together)
    return hits


def _by_gains(conflict: Conflict, payoffs: Floats, rows: Sequence[int]) -> dict[str, Bools]:
    """SEQ and SIM at the rows (D, N, rows); no SIM where it takes too many combinations."""
    views, parties = conflict.preferences.views, range(payoffs.shape[1])
    found = [
        by_others_gains(conflict.layout, i, _seen(payoffs, views, i))[:, rows] for i in parties
    ]
    labels: dict[str, Bools] = {"seq": np.stack(found, axis=1)}
    asked = np.array(rows, np.int32)
    if most_work(conflict.layout, asked) <= MOST_WORK_A_DRAW:
        labels["sim"] = np.stack(
            [sim_of(conflict, Preferences(one, views), asked) for one in payoffs]
        )
    return labels


def _seen(payoffs: Floats, views: Mapping[tuple[int, int], Floats], viewer: int) -> Floats:
    """The payoffs (D, N, F) as one party sees them."""
    mistaken = {viewed: view for (who, viewed), view in views.items() if who == viewer}
    if not mistaken:
        return payoffs
    seen = payoffs.copy()
    for viewed, view in mistaken.items():
        seen[:, viewed] = view
    return seen


def _coalition_stable(coalitions: Reach, payoffs: Floats, rows: Sequence[int]) -> Bools:
    """Whether no coalition can improve from each of the rows, (D, rows)."""
    stable = np.ones((len(payoffs), len(rows)), bool)
    for members, reached in coalitions:
        for k, row in enumerate(rows):
            theirs = payoffs[:, list(members)]
            better = theirs[:, :, reached[k]] > theirs[:, :, row : row + 1]
            gained = np.asarray(better.all(axis=1))
            stable[:, k] &= ~gained.any(axis=1)
    return stable


def coalition_moves(
    conflict: Conflict, rows: Sequence[int]
) -> Iterator[tuple[int, tuple[int, ...], Rows]]:
    """For each of the rows the coalitions of several that can improve on it, and whereto."""
    payoffs = conflict.preferences.payoffs
    for members, reached in _reaches(conflict, rows):
        for k, row in enumerate(rows):
            ends = np.flatnonzero(improvements_of(reached[k], payoffs, members, row))
            if len(ends) and len(members) > 1:
                yield row, members, ends.astype(np.int32)
