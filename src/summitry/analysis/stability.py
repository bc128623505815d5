"""Which states would hold: stable for whom, under which concept, why, and what would change it.

The graph model for conflict resolution (Fang, Hipel & Kilgour 1993) on a dossier's commitments:
Nash (1950); GMR and SMR (Howard 1971); SEQ and SIM (Fraser & Hipel 1979, 1984); coalitions
(Kilgour, Hipel, Fang & Peng 2001; Inohara & Hipel 2008).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Unpack

import numpy as np

from summitry.analysis.conflict import Conflict, about_of, conflict_of, row_of
from summitry.analysis.holding import State, states_told
from summitry.analysis.judging import CONCEPTS, is_uncertain, labels_that_differ, shares, verdicts
from summitry.analysis.picking import picks_of
from summitry.analysis.setup import Options, open_document, run_of
from summitry.analysis.state_graph import Graph, graph_told
from summitry.analysis.telling import Provenance, frame, told
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.reader import Document
from summitry.game.graph.stable import stable_states
from summitry.game.graph.theory_of_moves import nonmyopic

SCHEMA = "summitry.stability/1"
DRAWS = 256
MOST_LISTED = 50
CIRCLE = (0, 2, 3, 1)


@dataclass(frozen=True)
class Stability:
    """The answer of `stability`.

    `parties`: those that perform something; `left_out`: the others; `indifferent`: those of the
    parties to which every state is worth the same. `feasible`: how many states
    there are. `counts`: by concept how many states are stable for all, `equilibria` which, the
    first 50; SIM is left out where it takes too many combinations. `differ`: by rule of
    sanctions and concept, how many labels (of a state for a party) would change; None where
    there are too many states to compare. `ahead`: for
    two parties with one commitment each, in which states play ends from each if both look ahead
    (Brams 1994). `graph`: all moves, for at most 64 states.
    """

    parties: Sequence[str]
    left_out: Sequence[str]
    indifferent: Sequence[str]
    point: str
    types: Mapping[str, str]
    sanctions: str
    feasible: int
    today: str
    states: Sequence[State]
    counts: Mapping[str, int]
    equilibria: Mapping[str, Sequence[str]]
    differ: Mapping[str, Mapping[str, int]] | None
    uncertain: bool
    ahead: Mapping[str, Sequence[str]]
    graph: Graph | None
    about: Provenance
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each state told, concept and party."""
        return [
            {
                "state": state.state,
                "roles": ",".join(state.roles),
                "concept": concept,
                "party": party,
                "stable": stable,
                "share": _share_of(state, concept, party),
                "equilibrium": state.equilibrium[concept],
            }
            for state in self.states
            for concept, by_party in state.stable.items()
            for party, stable in by_party.items()
        ]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())


def _share_of(state: State, concept: str, party: str) -> float | None:
    over = state.party_shares.get(concept)
    return None if over is None else over[party].share


def stability(
    dossier: str | Path | Document,
    *,
    package: Sequence[str] | None = None,
    sanctions: str = "closure",
    **options: Unpack[Options],
) -> Stability:
    """Which states are stable for whom, whether today's and each tier's best would hold, and why.

    `package` (names of commitments) is looked at besides; `sanctions` says how far the others
    may answer a move: `closure` (any legal sequence), `once` (each at most once) or `single`
    (one move of one). Of the other options `draws` (256 by default), `seed`, `as_of`, `changes`,
    `workers` and `progress` count. Raises DossierError for mistakes in the dossier, CannotAnswer
    without commitments or any worth of them, ValueError for options out of range or a package that is no state.
    """
    options.setdefault("draws", DRAWS)
    run = run_of(options)
    document = open_document(dossier, options.get("changes", ()))
    conflict = conflict_of(document, options, sanctions)
    asked = None if package is None else row_of(conflict, package)
    uncertain, indifferent = is_uncertain(conflict), _indifferent(conflict)
    if len(indifferent) == len(conflict.model.parties) and not uncertain:
        raise CannotAnswer(
            "stability needs `values`, or `preferences` under `stability`: so far every state is "
            "worth the same to all"
        )
    labels = stable_states(conflict.layout, conflict.preferences)
    picks = picks_of(conflict, asked, labels)
    rows = [pick.row for pick in picks]
    found = verdicts(conflict, labels, rows)
    over = shares(conflict, rows, run) if uncertain else None
    whole = [name for name in CONCEPTS if name != "sim" or found.sim_rows.all()]
    return Stability(
        parties=conflict.model.parties,
        left_out=[p for p in document.dossier.parties if p not in conflict.model.parties],
        indifferent=indifferent,
        point="central values (medians)" if uncertain else "values as given",
        types=conflict.types,
        sanctions=sanctions,
        feasible=len(conflict.model.states),
        today=conflict.name(conflict.model.today),
        states=states_told(conflict, picks, found, over),
        counts={name: len(found.equilibria(name)) for name in whole},
        equilibria={
            name: [conflict.name(int(row)) for row in found.equilibria(name)[:MOST_LISTED]]
            for name in whole
        },
        differ=labels_that_differ(conflict, found),
        uncertain=uncertain,
        ahead=_ahead(conflict),
        graph=graph_told(conflict, found),
        about=about_of(conflict, options),
    )


def _indifferent(conflict: Conflict) -> list[str]:
    flat = np.ptp(conflict.preferences.payoffs, axis=1) == 0
    return [name for name, same in zip(conflict.model.parties, flat, strict=True) if same]


def _ahead(conflict: Conflict) -> dict[str, list[str]]:
    """Where play ends from each state of a 2x2 game without barriers; empty for other games."""
    model = conflict.model
    plain = model.owners in ((1, 2), (2, 1)) and model.adds == model.drops == 3
    if not plain or len(model.states) < 4 or len(model.barred) or not model.seen.all():
        return {}
    first = 0 if model.owners == (1, 2) else 1
    payoffs = conflict.preferences.payoffs[[first, 1 - first]]
    game = [payoffs[:, row].tolist() for row in CIRCLE]
    return {
        conflict.name(row): [conflict.name(CIRCLE[end]) for end in nonmyopic(game, start)]
        for start, row in enumerate(CIRCLE)
    }
