"""A dossier as a conflict to be judged: its graph model, the parties' orders, names of states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from summitry.analysis.setup import Options, run_of
from summitry.analysis.telling import Provenance, provenance_of
from summitry.dossier.names import nearest
from summitry.dossier.reader import Document
from summitry.dossier.states import matching, section_of
from summitry.evidence.signals import weigh
from summitry.game.board import Floats, Ints
from summitry.game.graph.compile import (
    Worths,
    graph_of,
    tiers_of_states,
    truths_of,
    views_of,
    worths_of,
)
from summitry.game.graph.fibers import Rows
from summitry.game.graph.model import GraphModel
from summitry.game.graph.orders import Order, Statements, ranking_of
from summitry.game.graph.preferences import Preferences
from summitry.game.graph.simultaneous import index_of
from summitry.game.graph.stable import Layout, lay_out
from summitry.game.variation import AS_IT_IS, CENTRAL

NOTHING = "nothing"


@dataclass(frozen=True)
class Conflict:
    """A graph model with the parties' orders at the central values, and what each draw says.

    `kinds` is the likeliest type of each party (by index), `chances` the probabilities of its
    types after the signals; `tiers` (F) the tier of each state, 0 for no agreement; `names`
    what the dossier calls a state, by row; `index` the row of every mask of commitments.
    """

    document: Document
    layout: Layout
    preferences: Preferences
    worths: Worths
    kinds: tuple[int, ...]
    chances: tuple[Floats, ...]
    tiers: Ints
    names: Mapping[int, str]
    index: Rows
    as_of: dt.date | None

    @property
    def model(self) -> GraphModel:
        """The states and moves."""
        return self.layout.model

    @property
    def types(self) -> dict[str, str]:
        """The type that each party with types is taken to be at the central values."""
        known = self.document.dossier.types
        return {
            name: list(known[name])[kind]
            for name, kind in zip(self.model.parties, self.kinds, strict=True)
            if name in known and len(self.chances[self.model.parties.index(name)]) > 1
        }

    @property
    def strata(self) -> list[tuple[tuple[int, ...], float]]:
        """Every combination of the parties' types that is possible, with its probability."""
        ranges = [range(len(chance)) for chance in self.chances]
        weighed = [
            (kinds, float(np.prod([c[k] for c, k in zip(self.chances, kinds, strict=True)])))
            for kinds in product(*ranges)
        ]
        return [(kinds, weight) for kinds, weight in weighed if weight > 0]

    def taken(self, row: int) -> list[str]:
        """The commitments in force in a state."""
        state = int(self.model.states[row])
        return [name for k, name in enumerate(self.model.options) if state >> k & 1]

    def name(self, row: int) -> str:
        """What a state is called: its own name, or its commitments."""
        return self.names.get(row) or ",".join(self.taken(row)) or NOTHING

    def mover(self, number: int) -> list[str]:
        """The parties that make up a mover."""
        return [self.model.parties[i] for i in self.layout.fibers[number].parties]


def conflict_of(document: Document, options: Options, sanctions: str) -> Conflict:
    """A dossier's conflict as of a date. Raises CannotAnswer, ValueError for a bad option."""
    dossier = document.dossier
    model = graph_of(dossier)
    layout = lay_out(model, sanctions)
    as_of = options.get("as_of") or dossier.as_of
    days = [r.date for r in dossier.rounds if r.date and (as_of is None or r.date >= as_of)]
    posteriors = weigh(dossier, as_of, min(days, default=None)).posteriors()
    given = section_of(dossier).preferences
    chances = tuple(
        np.asarray(posteriors[p], float) if p in posteriors and p not in given else np.ones(1)
        for p in model.parties
    )
    kinds = tuple(int(np.argmax(chance)) for chance in chances)
    run = run_of(options)
    central = worths_of(dossier, model, draws=1, seed=run.seed, variation=CENTRAL)
    return Conflict(
        document,
        layout,
        Preferences(central.payoffs(kinds, slice(0, 1))[0], views_of(dossier, model)),
        worths_of(dossier, model, draws=run.draws, seed=run.seed, variation=AS_IT_IS),
        kinds,
        chances,
        tiers_of_states(dossier, model.states),
        _state_names(document, model),
        index_of(model.states, len(model.options)),
        as_of,
    )


def _state_names(document: Document, model: GraphModel) -> dict[int, str]:
    dossier = document.dossier
    return {
        int(matching(dossier, text, model.states).argmax()): name
        for name, text in section_of(dossier).states.items()
    }


def orders_of(conflict: Conflict) -> list[Order]:
    """Each party's order as units that can change places: as given, or ranks by points."""
    dossier, model = conflict.document.dossier, conflict.model
    given = section_of(dossier).preferences
    orders: list[Order] = []
    for i, party in enumerate(model.parties):
        statements = given[party].statements if party in given else None
        if statements is not None:
            orders.append(Statements(truths_of(dossier, model, statements)))
        else:
            orders.append(ranking_of(conflict.preferences.payoffs[i]))
    return orders


def row_of(conflict: Conflict, package: Sequence[str]) -> int:
    """The row of a package, or of the one state named.

    Raises ValueError for names and packages that there are not.
    """
    model = conflict.model
    chosen = [name.strip() for name in package if name.strip()]
    named = [row for row, name in conflict.names.items() if [name] == chosen]
    if named:
        return named[0]
    for name in chosen:
        if name not in model.options:
            raise ValueError(f"there is no commitment `{name}`{nearest(name, model.options)}")
    state = sum(1 << model.options.index(name) for name in set(chosen))
    if state not in model.states:
        raise ValueError(
            f"`{','.join(chosen) or NOTHING}` is no feasible state: a prerequisite is missing, or "
            "something excludes another"
        )
    return model.row(state)


def about_of(conflict: Conflict, options: Options) -> Provenance:
    """What it takes to get an answer on this conflict again."""
    dossier = conflict.document.dossier
    tiers = tuple(tier.id for tier in dossier.tiers) or ("agreement",)
    return provenance_of(
        conflict.document, run_of(options), dossier.protocol, conflict.as_of, ("none", *tiers)
    )
