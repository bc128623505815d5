"""A dossier as a graph model: its states and moves, and what each draw makes of the states.

Points come from values and linkages; a state that reaches no tier is no agreement, and is
worth the reservation value besides. A party whose order is given under `stability` has that order in
every draw.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.dossier.errors import CannotAnswer
from summitry.dossier.schema import Commitment, Dossier
from summitry.dossier.stability import Preference
from summitry.dossier.states import feasible_states, matching, section_of
from summitry.estimates import quantile
from summitry.game.board import Floats, Ints, Masks, tiers_of
from summitry.game.compile import rules_of
from summitry.game.draw import Sampler, draw_population
from summitry.game.graph.model import GraphModel, check_size, graph_model
from summitry.game.graph.preferences import comparable, from_ranking, from_statements
from summitry.game.numbers import Population
from summitry.game.variation import Variation

MEDIAN = np.array([0.5])
FEWER = "`requires`, `only_with` and `excludes` leave fewer states"


def graph_of(dossier: Dossier) -> GraphModel:
    """The states and moves of a dossier; its parties are those that perform something.

    Raises CannotAnswer without commitments, above 24 of them, and above a million states.
    """
    if not dossier.commitments:
        raise CannotAnswer("stability needs `commitments`: what each party could do")
    try:
        check_size(len(dossier.commitments))
        states = feasible_states(dossier)
    except ValueError as error:
        raise CannotAnswer(f"stability weighs all states: {error}. {FEWER}") from None
    performing = {name for c in dossier.commitments.values() for name in c.by}
    parties = [name for name in dossier.parties if name in performing]
    options = list(dossier.commitments)
    bare = graph_model(
        parties,
        options,
        [sum(1 << parties.index(p) for p in set(c.by)) for c in dossier.commitments.values()],
        states=states,
        drops=sum(1 << k for k, c in enumerate(dossier.commitments.values()) if not _lasts(c)),
    )
    section = section_of(dossier)
    seen = bare.seen.copy()
    for party, texts in section.unseen.items():
        if party in parties:
            for text in texts:
                seen[parties.index(party)] &= ~matching(dossier, text, states)
    today = 0 if section.today is None else int(matching(dossier, section.today, states).argmax())
    barred = np.array(list(_barred(dossier, bare)), np.int64).reshape(-1, 3)
    return GraphModel(
        bare.parties, bare.options, bare.owners, states, bare.adds, bare.drops, seen, barred, today
    )


def _lasts(commitment: Commitment) -> bool:
    """Whether it cannot be withdrawn: nothing of it is reversible, at the central value."""
    number = commitment.reversible
    return number is not None and float(quantile(number.estimate, MEDIAN)[0]) == 0.0


def _barred(dossier: Dossier, model: GraphModel) -> Iterator[tuple[int, int, int]]:
    """The single moves that the dossier bars, as (party, from, to)."""
    for barred in section_of(dossier).irreversible:
        party = model.parties.index(barred.by)
        own = sum(1 << k for k, owner in enumerate(model.owners) if owner == 1 << party)
        base = model.states & np.uint32(~own & 0xFFFFFFFF)
        ends = defaultdict(list)
        for row in np.flatnonzero(matching(dossier, barred.to, model.states)).tolist():
            ends[int(base[row])].append(row)
        for row in np.flatnonzero(matching(dossier, barred.start, model.states)).tolist():
            yield from ((party, row, end) for end in ends[int(base[row])] if end != row)


def tiers_of_states(dossier: Dossier, states: Masks) -> Ints:
    """The tier that each state reaches, counted from 1; 0 for no agreement."""
    rules = rules_of(dossier)
    tiers = tiers_of(states, rules.tier_all, rules.tier_any).astype(np.int64)
    tiers[states == 0] = 0
    return tiers


@dataclass(frozen=True)
class Worths:
    """What the states are worth to the parties of a model, each of some type, in each draw.

    For each party either its `populations` entry, or, where its order is given, its payoffs (F)
    in `orders`. `columns` (values and linkages, F) says what counts in a state, `outside`
    (F) where there is no agreement.
    """

    populations: tuple[Population | None, ...]
    orders: tuple[Floats | None, ...]
    columns: Floats
    outside: Floats

    def payoffs(self, kinds: Sequence[int], draws: slice) -> Floats:
        """The payoffs (D, N, F) in some of the draws where each party is of one type."""
        return np.stack([self.of(i, kind, draws) for i, kind in enumerate(kinds)], axis=1)

    def of(self, party: int, kind: int, draws: slice) -> Floats:
        """The payoffs (D, F) of one party of one type in some of the draws."""
        population, order = self.populations[party], self.orders[party]
        if population is None:
            return np.repeat(np.asarray(order)[None], draws.stop - draws.start, axis=0)
        stakes = population.stakes[kind]
        counting = np.column_stack([stakes.values[draws], stakes.linkages[draws]])
        return comparable(
            counting @ self.columns + stakes.reservation[draws][:, None] * self.outside
        )


def worths_of(
    dossier: Dossier, model: GraphModel, *, draws: int, seed: int, variation: Variation
) -> Worths:
    """What every state is worth to every party, for each of its types, in each draw."""
    sampler = Sampler(seed, draws, variation)
    given = section_of(dossier).preferences
    columns, outside = _columns(dossier, model)
    return Worths(
        tuple(
            None if party in given else draw_population(dossier, party, sampler)
            for party in model.parties
        ),
        tuple(
            ordered(dossier, model, given[party]) if party in given else None
            for party in model.parties
        ),
        columns,
        outside,
    )


def ordered(dossier: Dossier, model: GraphModel, preference: Preference) -> Floats:
    """The payoffs (F) of an order that a dossier gives by ranking or by statements."""
    if preference.ranking is not None:
        ranks = [_rows(dossier, model, group) for group in preference.ranking]
        return from_ranking(ranks, len(model.states))
    return from_statements(truths_of(dossier, model, preference.statements or []))


def _rows(dossier: Dossier, model: GraphModel, texts: list[str]) -> list[int]:
    found = [np.flatnonzero(matching(dossier, text, model.states)).tolist() for text in texts]
    return [row for rows in found for row in rows]


def truths_of(dossier: Dossier, model: GraphModel, statements: list[str]) -> np.ndarray:
    """Where each statement holds, (K, F)."""
    return np.stack([matching(dossier, text, model.states) for text in statements])


def views_of(dossier: Dossier, model: GraphModel) -> dict[tuple[int, int], Floats]:
    """What a party takes another's payoffs (F) to be, by (viewer, viewed), where it is mistaken."""
    place = {name: k for k, name in enumerate(model.parties)}
    return {
        (place[viewer], place[viewed]): ordered(dossier, model, preference)
        for viewer, views in section_of(dossier).views.items()
        for viewed, preference in views.items()
        if viewer in place and viewed in place
    }


def _columns(dossier: Dossier, model: GraphModel) -> tuple[Floats, Floats]:
    """Which values and linkages count in each state, and where there is no agreement."""
    rules = rules_of(dossier)
    bits = np.arange(len(model.options), dtype=np.uint32)[:, None]
    present = (model.states >> bits) & 1
    linked = (model.states & rules.linkages[:, None]) == rules.linkages[:, None]
    outside = tiers_of_states(dossier, model.states) == 0
    return np.vstack([present, linked]).astype(float), outside.astype(float)
