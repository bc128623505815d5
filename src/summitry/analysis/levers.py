"""Which uncertain number matters, where the forecast would tip, and what is worth finding out.

First-order and total sensitivity (Sobol 1993; Homma and Saltelli 1996), the first from the
draws at hand, the second by drawing one number anew (Jansen 1999); value of information as
the expected fall of the ranked probability score (Epstein 1969; Howard 1966).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Unpack

import numpy as np

from summitry.analysis.obstacles import tiers_asked
from summitry.analysis.reruns import Bench, bench_of, hold, renew
from summitry.analysis.sensitivity import (
    classes_by_level,
    cumulate,
    expected_score,
    explained_variance,
    score_gain,
)
from summitry.analysis.setup import Options, Setup, hits_of, prepare, shares_of
from summitry.analysis.telling import Provenance, frame, provenance, told
from summitry.analysis.tipping import Tipping, tipping_of
from summitry.analysis.typed import type_levers
from summitry.analysis.uncertain import Uncertain, uncertain_numbers
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.reader import Document
from summitry.game.board import Floats

SCHEMA = "summitry.levers/1"
RERUN_DRAWS = 128

Shares = Mapping[str, float]


@dataclass(frozen=True)
class Lever:
    """One uncertain number, or one party's type, and what hangs on it.

    `kind`: `number`, `appetite` (what all values of a party share), `consent` (given or
    refused), or `type`. `low` and `high` are the pooled probabilities with it at its 5 %
    and its 95 % (a consent: given and refused; types: the first and the last of the
    dossier's order), `low_value` and `high_value` what it is there; `swing` the difference
    by tier (high less low). `first_order` and `total`: the shares of each tier's variance
    (of the model) that it explains alone, and that would be left if all else were known.
    `gain`: by how much knowing it lowers the expected ranked probability score. `rerun`
    says whether ends, total and tipping point come from playing again (else the same draws
    are weighed anew, which is exact). All with standard errors.
    """

    path: str
    label: str
    kind: str
    low_value: str
    high_value: str
    low: Shares
    high: Shares
    swing: Shares
    swing_error: Shares
    first_order: Shares
    first_order_error: Shares
    total: Shares
    total_error: Shares
    tipping: Tipping | None
    gain: float
    gain_error: float
    rerun: bool


@dataclass(frozen=True)
class Levers:
    """The answer of `levers`: all levers, by falling swing of the tiers asked about.

    `likeliest` is the most likely outcome as it stands (pooled), `base` the forecast, as `expect`
    tells it; the ends of a number are that and what holding it changes on the draws that were
    played again (`rerun_draws` for each combination of types). `score` is the ranked
    probability score that the model expects of itself.
    """

    round: int
    tiers: Sequence[str]
    asked: Sequence[str]
    likeliest: str
    base: Shares
    levers: Sequence[Lever]
    score: float
    rerun_draws: int
    about: Provenance
    schema: str = field(default=SCHEMA)

    @property
    def questions(self) -> list[Lever]:
        """The levers by what it is worth to find them out, where that exceeds its error."""
        told = [lever for lever in self.levers if lever.gain > lever.gain_error]
        return sorted(told, key=lambda lever: -lever.gain)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each lever and tier."""
        return [
            {
                "path": lever.path,
                "label": lever.label,
                "kind": lever.kind,
                "tier": tier,
                "low": lever.low[tier],
                "high": lever.high[tier],
                "first_order": lever.first_order[tier],
                "total": lever.total[tier],
                "tipping": None if lever.tipping is None else lever.tipping.value,
                "gain": lever.gain,
            }
            for lever in self.levers
            for tier in self.tiers
        ]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())


def levers(
    dossier: str | Path | Document,
    *,
    tier: str | None = None,
    tick: Callable[[int, int], None] = lambda _done, _all: None,
    **options: Unpack[Options],
) -> Levers:
    """What moves the forecast of a round most, what tips it, and what is worth finding out.

    Ranked by what they do to the probability of `tier`, or of all tiers. `tick` is called
    with (numbers done, numbers in all); the options are those of `Options`. Raises what
    `expect` raises, ValueError for a tier that does not exist, and CannotAnswer where all
    numbers are certain and no party has types.
    """
    setup = prepare(dossier, options, survey=False)
    asked = [setup.tiers[k] for k in tiers_asked(setup, tier)]
    bench = bench_of(setup, RERUN_DRAWS)
    numbers = uncertain_numbers(setup.dossier, setup.question, setup.run)
    types = list(type_levers(setup))
    if not numbers and not types:
        raise CannotAnswer(
            "levers need something that is not certain: ranges instead of single numbers, or `types`"
        )
    hits = hits_of(setup, setup.question.detail)
    found = types
    for done, number in enumerate(numbers):
        tick(done, len(numbers))
        found.append(_lever(setup, bench, number, hits))
    tick(len(numbers), len(numbers))
    found.sort(key=lambda lever: -max(abs(lever.swing[name]) for name in asked))
    mean = hits.mean(axis=0)
    return Levers(
        round=setup.question.detail,
        tiers=setup.tiers,
        asked=asked,
        likeliest=setup.tiers[int(np.argmax(bench.pooled))],
        base=shares_of(setup, bench.pooled),
        levers=found,
        score=expected_score(mean),
        rerun_draws=bench.draws,
        about=provenance(setup),
    )


def _lever(setup: Setup, bench: Bench, number: Uncertain, hits: Floats) -> Lever:
    classes = classes_by_level(number.levels)
    if number.kind == "consent":
        classes = _granted(setup, number)
    matters = _matters(setup, number)
    if not matters:
        hits = np.broadcast_to(hits.mean(axis=0), hits.shape)
    variance = np.maximum(hits.mean(axis=0) * (1 - hits.mean(axis=0)), 1e-12)
    alone = explained_variance(classes, hits)
    gain, gain_error = score_gain(explained_variance(classes, cumulate(hits)))
    low, high = number.ends
    base = bench.pooled
    ends = [hold(bench, number.path, level) for level in (low, high)] if matters else []
    pooled = [end.pooled for end in ends] or [base, base]
    errors = np.hypot(*(end.standard_error for end in ends)) if ends else np.zeros(len(base))
    renewed = renew(bench, number.path) if matters else np.zeros((bench.draws, len(base)))
    total_error = renewed.std(axis=0, ddof=1) / np.sqrt(bench.draws)
    tipping = tipping_of(bench, number, pooled) if matters else None
    return Lever(
        path=number.path,
        label=number.label,
        kind=number.kind,
        low_value=value_of(number, low),
        high_value=value_of(number, high),
        low=shares_of(setup, pooled[0]),
        high=shares_of(setup, pooled[1]),
        swing=shares_of(setup, pooled[1] - pooled[0]),
        swing_error=shares_of(setup, errors),
        first_order=shares_of(setup, alone.variance / variance),
        first_order_error=shares_of(setup, alone.standard_error / variance),
        total=shares_of(setup, renewed.mean(axis=0) / variance),
        total_error=shares_of(setup, total_error / variance),
        tipping=tipping,
        gain=gain,
        gain_error=gain_error,
        rerun=True,
    )


def _granted(setup: Setup, number: Uncertain) -> np.ndarray:
    """Whether a consent given by probability is given in each draw, as two classes."""
    bit = [
        f"commitments.{commitment}.consent.{party}.decision"
        for commitment, party in setup.game.chances
    ].index(number.path)
    return setup.game.setting.granted[:, bit].astype(np.int64)


def _matters(setup: Setup, number: Uncertain) -> bool:
    """Whether it can change anything: what a party wins or fears that has no say cannot."""
    section, *rest = number.path.split(".")
    party = rest[2] if section == "linkages" else rest[0] if rest else ""
    if party not in setup.game.parties:
        return True
    asked = int(np.bitwise_or.reduce(setup.game.board.consent))
    return bool(asked >> setup.game.parties.index(party) & 1)


def value_of(number: Uncertain, level: float) -> str:
    """What a number is at a quantile level, as text."""
    if number.kind == "consent":
        return "given" if level == 0.0 else "refused"
    value = number.value(level)
    if value is None:
        return f"its {level:.0%}"
    return "0" if abs(value) < 1e-9 else f"{value:.3g}"
