"""From dated, graded, conflicting signals to the probabilities of the parties' types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

import numpy as np

from summitry.dossier.kinds import grade, kind_table
from summitry.dossier.schema import Dossier, Signal
from summitry.evidence.dependence import cluster_exponents, exponents_in
from summitry.evidence.likelihood import Floats, graded, likelihoods


@dataclass(frozen=True)
class WeighedSignal:
    """One signal and its weight: its exponents for age and dependence, 0 where it is not in.

    `index` is its place among the dossier's signals; `table` the graded likelihoods (types).
    """

    id: str
    index: int
    party: str
    counts: bool
    decay: float
    dependence: float
    exponent: float
    table: Floats


@dataclass(frozen=True)
class PartyEvidence:
    """What the signals say of one party's types: probabilities (types) before and after.

    `independent`: as if each signal were certain, fresh and independent of the others.
    `effective`: the number of independent signals that they are worth; `cap_factor`: by
    how much all exponents were scaled down (1: not at all).
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

    def posteriors(self) -> dict[str, Floats]:
        """The probabilities of each party's types after the signals."""
        return {name: party.posterior for name, party in self.parties.items()}


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
    outcome), but for those whose ids are in `skip`.
    """
    ids = signal_ids(dossier)
    known = {
        k: signal
        for k, signal in enumerate(dossier.signals)
        if isinstance(signal, Signal) and ids[k] not in skip and _counts(signal, as_of, before)
    }
    gone = {name for signal in known.values() for name in signal.supersedes}
    known = {k: signal for k, signal in known.items() if ids[k] not in gone}
    parties: dict[str, PartyEvidence] = {}
    weighed: dict[int, WeighedSignal] = {}
    for name in dossier.types:
        mine = {k: signal for k, signal in known.items() if signal.party == name}
        parties[name], found = _weigh_party(dossier, name, mine, ids, as_of)
        weighed |= {signal.index: signal for signal in found}
    signals = [
        weighed.get(k) or _silent(ids[k], k, getattr(signal, "party", ""))
        for k, signal in enumerate(dossier.signals)
    ]
    return Evidence(parties, tuple(signals))


def _known_at(signal: Signal) -> dt.date:
    return signal.known_at or signal.date


def _counts(signal: Signal, as_of: dt.date | None, before: dt.date | None) -> bool:
    if as_of is not None and _known_at(signal) > as_of:
        return False
    return before is None or _known_at(signal) < before


def _silent(name: str, index: int, party: str) -> WeighedSignal:
    return WeighedSignal(name, index, party, False, 0.0, 0.0, 0.0, np.ones(0))


def _cluster(signal: Signal) -> Hashable:
    """The named cluster, or all that a source says in the same way in one week."""
    if signal.cluster is not None:
        return signal.cluster
    year, week, _ = _known_at(signal).isocalendar()
    return signal.source.name, signal.kind, year, week


def _weigh_party(
    dossier: Dossier,
    party: str,
    signals: Mapping[int, Signal],
    ids: list[str],
    as_of: dt.date | None,
) -> tuple[PartyEvidence, list[WeighedSignal]]:
    settings, kinds = dossier.settings, kind_table(dossier.settings)
    types = list(dossier.types[party])
    prior = np.array([kind.prior.value for kind in dossier.types[party].values()])
    prior = prior / prior.sum()
    raw = [likelihoods(s, types, kinds[s.kind]) for s in signals.values()]
    grades = [grade(settings, s.source.reliability, s.credibility) for s in signals.values()]
    tables = [graded(table, prior, rho) for table, rho in zip(raw, grades, strict=True)]
    decay = np.array([_decay(s, kinds[s.kind].half_life, as_of) for s in signals.values()])
    force = decay * np.array([float(np.ptp(np.log(table))) for table in tables])
    clusters = [_cluster(s) for s in signals.values()]
    within = cluster_exponents(force, clusters, settings.cluster_correlation)
    among = exponents_in(force * within, settings.party_correlation)
    logs = np.log(np.array(tables)) if tables else np.zeros((0, len(types)))
    shift = (decay * within * among) @ logs
    span = float(np.ptp(shift))
    factor = min(1.0, float(np.log(settings.cap)) / span) if span > 0 else 1.0
    naive = np.log(np.array(raw)).sum(axis=0) if raw else np.zeros(len(types))
    weighed = [
        WeighedSignal(ids[k], k, party, True, d, w * a, d * w * a * factor, table)
        for k, d, w, a, table in zip(signals, decay, within, among, tables, strict=True)
    ]
    return PartyEvidence(
        tuple(types),
        prior,
        _posterior(prior, shift * factor),
        _posterior(prior, naive),
        float((within * among).sum()),
        factor,
    ), weighed


def _decay(signal: Signal, half_life: float, as_of: dt.date | None) -> float:
    age = (as_of - _known_at(signal)).days if as_of else 0
    return float(2.0 ** (-age / half_life))


def _posterior(prior: Floats, logs: Floats) -> Floats:
    weights = prior * np.exp(logs - logs.max(initial=-np.inf, where=prior > 0))
    posterior: Floats = weights / weights.sum()
    return posterior
