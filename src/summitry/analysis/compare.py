"""Two dossiers, or one and a change of it: what differs in the input and in the forecast.

Both are played with the same random numbers (common random numbers), so that the standard
error of a difference is far smaller than that of either forecast.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Unpack

import numpy as np

from summitry.analysis.carried import carried_out
from summitry.analysis.differences import Difference, differences
from summitry.analysis.setup import (
    Options,
    Setup,
    hits_of,
    influence,
    model_of,
    open_document,
    pooling_of,
    prepare,
    weigh_again,
)
from summitry.analysis.telling import Provenance, frame, provenance, told
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.reader import Document
from summitry.evidence.log_odds_pool import at_least
from summitry.game.board import Floats

SCHEMA = "summitry.comparison/2"
EVIDENCE = {"signals", "reference_classes", "pool_weight", "settings", "rivals", "resolution"}


@dataclass(frozen=True)
class Shift:
    """One tier's probability in both, and the difference (second less first) with its error."""

    before: float
    after: float
    difference: float
    standard_error: float


@dataclass(frozen=True)
class RoundComparison:
    """One round in both forecasts.

    `pooled` and `model`: the probability of each outcome signed, "none" first; `at_least` that of
    each tier or a higher one (pooled), and `carried_out` how much of it is done.
    """

    date: dt.date | None
    title: str | None
    pooled: Mapping[str, Shift]
    model: Mapping[str, Shift]
    at_least: Mapping[str, Shift]
    carried_out: Mapping[str, Shift]


@dataclass(frozen=True)
class Comparison:
    """The answer of `compare`: what was changed, and what that changes, round by round.

    `types` holds each type's probability after the signals in both, where it differs;
    `same_draws`: only evidence differs, so that the draws did not have to be played again.
    """

    inputs: Sequence[Difference]
    same_draws: bool
    types: Mapping[str, Mapping[str, tuple[float, float]]]
    tiers: Sequence[str]
    rounds: Sequence[RoundComparison]
    before: Provenance
    after: Provenance
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each round and tier."""
        return [
            {
                "round": number,
                "date": one.date,
                "tier": tier,
                "before": shift.before,
                "after": shift.after,
                "difference": shift.difference,
                "standard_error": shift.standard_error,
                **_more(one, tier),
            }
            for number, one in enumerate(self.rounds)
            for tier, shift in one.pooled.items()
        ]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())


def _more(one: RoundComparison, tier: str) -> dict[str, float | None]:
    """How likely at least a tier is signed and carried out in both; nothing for "none"."""
    columns = {"at_least": one.at_least.get(tier), "carried_out": one.carried_out.get(tier)}
    return {
        f"{name}_{side}": getattr(shift, side) if shift else None
        for name, shift in columns.items()
        for side in ("before", "after")
    }


def compare(
    before: str | Path | Document,
    after: str | Path | Document | None = None,
    **options: Unpack[Options],
) -> Comparison:
    """What differs between two dossiers, or, without `after`, what the `changes` change.

    With both given, the changes are made to the second. The other options are those of
    `Options`. Raises what `expect` raises, ValueError where there is nothing to compare, and
    CannotAnswer where the tiers of outcome are not the same.
    """
    changes, without = options.get("changes", ()), options.get("without", ())
    if after is None and not changes and not without:
        raise ValueError("name a second dossier, a change (--set) or a signal (--without)")
    plain: Options = {**options, "changes": (), "without": ()}
    first = prepare(before, plain, survey=False)
    other = open_document(before if after is None else after, changes)
    inputs = differences(first.dossier, other.dossier)
    if all(one.path.split(".")[0] in EVIDENCE for one in inputs):
        second = weigh_again(first, other, without)
    else:
        second = prepare(other, {**options, "changes": ()}, survey=False)
    if first.tiers != second.tiers:
        raise CannotAnswer(
            "only forecasts of the same `tiers` can be compared: "
            f"{', '.join(first.tiers[1:])} against {', '.join(second.tiers[1:])}"
        )
    number = min(len(first.question.rounds), len(second.question.rounds))
    return Comparison(
        inputs=[*inputs, *(Difference(f"signals.{x}", "counts", "left out") for x in without)],
        same_draws=second.game is first.game,
        types=_types(first, second),
        tiers=first.tiers,
        rounds=[_round(first, second, t) for t in range(number)],
        before=provenance(first),
        after=provenance(second),
    )


def _types(first: Setup, second: Setup) -> dict[str, dict[str, tuple[float, float]]]:
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for name, party in first.evidence.parties.items():
        other = second.evidence.parties.get(name)
        if other is None or other.types != party.types:
            continue
        if not np.allclose(other.posterior, party.posterior, atol=1e-9):
            pairs = zip(party.posterior.tolist(), other.posterior.tolist(), strict=True)
            found[name] = dict(zip(party.types, pairs, strict=True))
    return found


def _round(first: Setup, second: Setup, t: int) -> RoundComparison:
    index, rounds = first.question.rounds[t], first.dossier.rounds
    a, b = _side(first, t), _side(second, t)
    tiers = first.tiers
    return RoundComparison(
        date=rounds[index].date if rounds else first.question.as_of,
        title=rounds[index].title if rounds else None,
        pooled=_shifts(tiers, a.pooled, b.pooled),
        model=_shifts(tiers, a.model, b.model),
        at_least=_shifts(tiers[1:], a.at_least, b.at_least),
        carried_out=_shifts(tiers[1:], a.carried_out, b.carried_out),
    )


class _Told(NamedTuple):
    """Probabilities (K), and what each draw adds to them, to first order (draws, K)."""

    value: Floats
    influence: Floats


class _Side(NamedTuple):
    pooled: _Told
    model: _Told
    at_least: _Told
    carried_out: _Told


def _side(setup: Setup, t: int) -> _Side:
    """One forecast of round t, by what a comparison tells."""
    pooling, model = pooling_of(setup), model_of(setup)
    pooled, moved = pooling.pooled(model)[t], influence(setup, pooling, t)
    return _Side(
        pooled=_Told(pooled, moved),
        model=_Told(model[t], hits_of(setup, t)),
        at_least=_Told(at_least(pooled), at_least(moved)),
        carried_out=_Told(*carried_out(setup, pooling, t)),
    )


def _shifts(tiers: Sequence[str], a: _Told, b: _Told) -> dict[str, Shift]:
    """The differences, with errors from what each draw, the same in both, adds to them."""
    apart = b.influence - a.influence
    errors = apart.std(axis=0, ddof=1) / np.sqrt(len(apart))
    return {
        tier: Shift(float(x), float(y), float(y - x), float(e))
        for tier, x, y, e in zip(tiers, a.value, b.value, errors, strict=True)
    }
