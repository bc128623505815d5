"""All signals known of one party as arrays, and what those that count say of its types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summitry.dossier.kinds import KindOfSignal, grade, kind_table
from summitry.dossier.schema import Dossier, Signal
from summitry.evidence.dependence import exponents_in, group_numbers
from summitry.evidence.likelihood import Floats, graded, is_above, likelihoods, scaled

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Bearing:
    """The signals known of one party, S of them, on its K types, before their dependence.

    `places`: each signal's place in the dossier (S). `capped`: the table as stated, cut to
    the cap of its kind unless it overrides it; `graded`: mixed by the source's grade (S, K).
    `above`: stated above the cap of its kind (S). `decay`: the exponent for age (S).
    `clusters`: numbers the clusters of signals with one cause (S).
    """

    types: tuple[str, ...]
    prior: Floats
    places: NDArray[np.int_]
    capped: Floats
    graded: Floats
    above: Bools
    decay: Floats
    clusters: NDArray[np.int_]


@dataclass(frozen=True)
class Exponents:
    """What each counting signal's likelihoods are raised to: (S), and the party's cap.

    `within` its cluster, `among` all on the party, `whole`: their product with the decay
    and `cap_factor`. `shift`: the log-likelihoods of all together (K).
    """

    within: Floats
    among: Floats
    whole: Floats
    cap_factor: float
    shift: Floats


def bearing_on(
    dossier: Dossier, party: str, signals: Mapping[int, Signal], as_of: dt.date | None
) -> Bearing:
    """The signals on one party, by their place in the dossier, as arrays."""
    settings, kinds = dossier.settings, kind_table(dossier.settings)
    types = list(dossier.types[party])
    prior = np.array([kind.prior.value for kind in dossier.types[party].values()])
    prior = prior / prior.sum()
    told = list(signals.values())
    stated = [likelihoods(s, types, kinds[s.kind]) for s in told]
    caps = [kinds[s.kind].cap for s in told]
    capped = [
        table if s.override else scaled(table, cap)
        for s, table, cap in zip(told, stated, caps, strict=True)
    ]
    grades = [grade(settings, s.source.reliability, s.credibility) for s in told]
    mixed = [graded(table, prior, rho) for table, rho in zip(capped, grades, strict=True)]
    shape = (len(told), len(types))
    return Bearing(
        types=tuple(types),
        prior=prior,
        places=np.array(list(signals), int),
        capped=np.array(capped).reshape(shape),
        graded=np.array(mixed).reshape(shape),
        above=np.array([is_above(*pair) for pair in zip(stated, caps, strict=True)], bool),
        decay=np.array([_decay(s, kinds[s.kind], as_of) for s in told]),
        clusters=group_numbers([_cluster(s) for s in told]),
    )


def exponents(bearing: Bearing, counts: Bools, dossier: Dossier) -> Exponents:
    """The exponents of the signals that count (S'), after decay, dependence and cap.

    Each cluster, then all signals on the party, count as an effective number of them; all
    together move the types by no more than the dossier's cap.
    """
    settings = dossier.settings
    logs, decay = np.log(bearing.graded[counts]), bearing.decay[counts]
    force = decay * np.ptp(logs, axis=1)
    within = exponents_in(force, settings.cluster_correlation, bearing.clusters[counts])
    among = exponents_in(force * within, settings.party_correlation)
    whole = decay * within * among
    shift = whole @ logs
    span = float(np.ptp(shift))
    factor = min(1.0, float(np.log(settings.cap)) / span) if span > 0 else 1.0
    return Exponents(within, among, whole * factor, factor, shift * factor)


def posterior(prior: Floats, logs: Floats) -> Floats:
    """The prior times the likelihoods whose logarithms are given, made to sum to 1: (K)."""
    weights = prior * np.exp(logs - logs.max(initial=-np.inf, where=prior > 0))
    total: Floats = weights / weights.sum()
    return total


def known_at(signal: Signal) -> dt.date:
    """The day from which the signal could be known."""
    return signal.known_at or signal.date


def _decay(signal: Signal, kind: KindOfSignal, as_of: dt.date | None) -> float:
    age = (as_of - known_at(signal)).days if as_of else 0
    return float(2.0 ** (-age / kind.half_life))


def _cluster(signal: Signal) -> Hashable:
    """The named cluster, or all that a source says in the same way in one week."""
    if signal.cluster is not None:
        return signal.cluster
    year, week, _ = known_at(signal).isocalendar()
    return signal.source.name, signal.kind, year, week
