"""Random conflicts: two to four parties, ties, infeasible states, what cannot be taken back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from summitry.game.graph.model import GraphModel, graph_model
from summitry.game.graph.preferences import Preferences
from tests.literal.stability import Conflict


@st.composite
def conflicts(draw, joint=True, barred=True, views=True, most_options=4):
    """A conflict as the literal reference takes it."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    parties, options = draw(st.integers(2, 4)), draw(st.integers(2, most_options))
    kept = rng.random(1 << options) < draw(st.sampled_from([1.0, 0.8, 0.5]))
    states = [s for s in range(1 << options) if kept[s]] or [0]
    owners = [frozenset([int(rng.integers(parties))]) for _ in range(options)]
    if joint and draw(st.booleans()):
        owners[0] = frozenset(rng.choice(parties, 2, replace=False).tolist())
    everything = (1 << options) - 1
    adds, drops = everything, everything
    if draw(st.booleans()):
        adds, drops = int(rng.integers(everything + 1)), int(rng.integers(everything + 1))

    def order():
        return {s: float(rng.integers(1 + len(states))) for s in states}

    edges = {
        (int(rng.integers(parties)), int(rng.choice(states)), int(rng.choice(states)))
        for _ in range(draw(st.sampled_from([0, 20])) if barred else 0)
    }
    hidden = views and draw(st.booleans())
    return Conflict(
        states,
        owners,
        [order() for _ in range(parties)],
        adds,
        drops,
        frozenset(edges),
        {0: frozenset(rng.choice(states, 1).tolist())} if hidden else {},
        {0: {1: order()}} if views and draw(st.booleans()) else {},
    )


def as_arrays(conflict: Conflict) -> tuple[GraphModel, Preferences]:
    """The same conflict as the kernels take it."""
    states, parties = conflict.states, len(conflict.payoffs)
    model = graph_model(
        [f"p{i}" for i in conflict.parties],
        [f"o{k}" for k in range(len(conflict.owners))],
        [sum(1 << i for i in owner) for owner in conflict.owners],
        states=states,
        adds=conflict.adds,
        drops=conflict.drops,
    )
    seen = np.ones((parties, len(states)), bool)
    for i, hidden in conflict.unseen.items():
        seen[i] = [s not in hidden for s in states]
    barred = np.array(
        [(i, states.index(s), states.index(t)) for i, s, t in conflict.barred], np.int64
    ).reshape(-1, 3)

    def row(payoffs):
        return np.array([payoffs[s] for s in states])

    views = {(i, j): row(v) for i, seen_by in conflict.views.items() for j, v in seen_by.items()}
    preferences = Preferences(np.stack([row(p) for p in conflict.payoffs]), views)
    return replace(model, seen=seen, barred=barred), preferences
