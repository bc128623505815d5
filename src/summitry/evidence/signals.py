"""From dated, graded, conflicting signals to the probabilities of the parties' types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from summitry.dossier.schema import Dossier, Signal
from summitry.evidence.bearing import (
    Bearing,
    Bools,
    Exponents,
    bearing_on,
    exponents,
    known_at,
    posterior,
)
from summitry.evidence.likelihood import Floats


@dataclass(frozen=True)
class WeighedSignal:
    """One signal and its weight: its exponents, 0 where it does not count.

    `index` is its place among the dossier's signals. `exponent` is the product of `decay`
    (age), `within` (its cluster), `among` (all on its party) and the party's `cap_factor`;
    `table` are the graded likelihoods (types) that it applies to. `above_cap`: it was stated
    above the cap of its kind, and `override` says whether it was left there or scaled down.
    """

    id: str
    index: int
    party: str
    counts: bool = False
    decay: float = 0.0
    within: float = 0.0
    among: float = 0.0
    exponent: float = 0.0
    table: Floats = field(default_factory=lambda: np.ones(0))
    above_cap: bool = False
    override: bool = False


@dataclass(frozen=True)
class PartyEvidence:
    """What the signals say of one party's types: probabilities (types) before and after.

    `independent`: the product of the likelihoods as stated (cut to the cap of their kind),
    as if each signal were certain, fresh and independent of the others. `effective`: the
    number of independent signals that they are worth; `cap_factor`: by how much all
    exponents were scaled down (1: not at all).
    """

    types: tuple[str, ...]
    prior: Floats
    posterior: Floats
    independent: Floats
    effective: float
    cap_factor: float


@dataclass(frozen=True)
class Evidence:
    """The parties that have types, and all signals in the dossier's order."""

    parties: Mapping[str, PartyEvidence]
    signals: tuple[WeighedSignal, ...]
    basis: Basis = field(repr=False, compare=False)

    def posteriors(self) -> dict[str, Floats]:
        """The probabilities of each party's types after the signals."""
        return {name: party.posterior for name, party in self.parties.items()}

    def without(self, name: str) -> dict[str, Floats]:
        """The probabilities of each party's types had the signal of this id not been there.

        What it alone superseded counts again. Raises KeyError for an unknown id.
        """
        if name not in self.basis.ids:
            raise KeyError(name)
        parties, _ = _weigh_all(self.basis, {name})
        return {party: found.posterior for party, found in parties.items()}


@dataclass(frozen=True)
class Basis:
    """What was known by a date: all that weighing needs, whichever signals are left out."""

    dossier: Dossier
    ids: tuple[str, ...]
    known: Mapping[int, Signal]
    bearings: Mapping[str, Bearing]


def signal_ids(dossier: Dossier) -> list[str]:
    """An id for every signal: its own, or s1, s2, ... by its place."""
    taken = {s.id for s in dossier.signals if isinstance(s, Signal)}
    ids = []
    for k, signal in enumerate(dossier.signals, start=1):
        name = (signal.id if isinstance(signal, Signal) else None) or f"s{k}"
        while not getattr(signal, "id", None) and name in taken:
            name += "_"
        ids.append(name)
    return ids


def weigh(
    dossier: Dossier,
    as_of: dt.date | None,
    before: dt.date | None = None,
    skip: Collection[str] = frozenset(),
) -> Evidence:
    """The probabilities of all types on a date, and what each signal counts.

    Signals count that were known by `as_of` and before the day `before` (that of the
    outcome), but for those whose ids are in `skip`. Clusters are among the signals on one
    party: what is said of another is news of its own.
    """
    known = {
        k: signal
        for k, signal in enumerate(dossier.signals)
        if isinstance(signal, Signal) and _is_known(signal, as_of, before)
    }
    bearings = {
        name: bearing_on(dossier, name, {k: s for k, s in known.items() if s.party == name}, as_of)
        for name in dossier.types
    }
    basis = Basis(dossier, tuple(signal_ids(dossier)), known, bearings)
    parties, found = _weigh_all(basis, skip)
    weighed = {k: signal for name in found for k, signal in _signals(basis, name, *found[name])}
    silent = (
        WeighedSignal(basis.ids[k], k, getattr(signal, "party", ""))
        for k, signal in enumerate(dossier.signals)
    )
    return Evidence(parties, tuple(weighed.get(s.index, s) for s in silent), basis)


def _is_known(signal: Signal, as_of: dt.date | None, before: dt.date | None) -> bool:
    if as_of is not None and known_at(signal) > as_of:
        return False
    return before is None or known_at(signal) < before


Found = dict[str, tuple[Bools, Exponents]]


def _weigh_all(basis: Basis, skip: Collection[str]) -> tuple[dict[str, PartyEvidence], Found]:
    """Each party's evidence, and which of its signals count with what exponents."""
    told = {k: signal for k, signal in basis.known.items() if basis.ids[k] not in skip}
    gone = {name for signal in told.values() for name in signal.supersedes}
    counting = {k for k in told if basis.ids[k] not in gone}
    parties: dict[str, PartyEvidence] = {}
    found: Found = {}
    for name, bearing in basis.bearings.items():
        counts = np.array([int(k) in counting for k in bearing.places], bool)
        given = exponents(bearing, counts, basis.dossier)
        found[name] = counts, given
        parties[name] = _party(bearing, counts, given)
    return parties, found


def _party(bearing: Bearing, counts: Bools, given: Exponents) -> PartyEvidence:
    return PartyEvidence(
        bearing.types,
        bearing.prior,
        posterior(bearing.prior, given.shift),
        posterior(bearing.prior, np.log(bearing.capped[counts]).sum(axis=0)),
        float((given.within * given.among).sum()),
        given.cap_factor,
    )


def _signals(
    basis: Basis, party: str, counts: Bools, given: Exponents
) -> list[tuple[int, WeighedSignal]]:
    bearing, weighed = basis.bearings[party], []
    for at, j in enumerate(np.flatnonzero(counts)):
        k = int(bearing.places[j])
        signal = WeighedSignal(
            id=basis.ids[k],
            index=k,
            party=party,
            counts=True,
            decay=float(bearing.decay[j]),
            within=float(given.within[at]),
            among=float(given.among[at]),
            exponent=float(given.whole[at]),
            table=bearing.graded[j],
            above_cap=bool(bearing.above[j]),
            override=basis.known[k].override,
        )
        weighed.append((k, signal))
    return weighed
