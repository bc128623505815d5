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
from summitry.analysis.reruns import Bench, Held, Played, bench_of, held, play_variations, renewed
from summitry.analysis.screening import Screened, screen
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
from summitry.game.board import Floats, Ints
from summitry.game.variation import Variation

SCHEMA = "summitry.levers/2"
RERUN_DRAWS = 256
TOGETHER = 8

Shares = Mapping[str, float]


@dataclass(frozen=True)
class Lever:
    """One uncertain number, or one party's type, and what hangs on it.

    `kind`: `number`, `appetite` (what all values of a party share), `consent` (given or
    refused), or `type`. `low` and `high` are the pooled probabilities with it at its 5 %
    and its 95 % (a consent: given and refused; types: the first and the last of the
    dossier's order), `low_value` and `high_value` what it is there; `swing` the difference
    by tier (high less low); `carried_swing` that of at least each tier carried out. `first_order` and `total`: the shares of each tier's variance
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
    carried_swing: Shares
    carried_error: Shares
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
    tells it, `carried` how likely at least each tier is carried out; the ends of a number are that
    and what holding it changes on the `rerun_draws` that were played again, in each of which the
    parties are of types of their own. `screened` is the first look, from the forecast's own draws
    alone. `score` is the ranked probability score that the model expects of itself.
    """

    round: int
    tiers: Sequence[str]
    asked: Sequence[str]
    likeliest: str
    base: Shares
    carried: Shares
    screened: Sequence[Screened]
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
                "carried_swing": lever.carried_swing.get(tier),
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
    look: Callable[[Look], None] = lambda _look: None,
    tick: Callable[[int, int], None] = lambda _done, _all: None,
    **options: Unpack[Options],
) -> Levers:
    """What moves the forecast of a round most, what tips it, and what is worth finding out.

    Ranked by what they do to the probability of `tier`, or of all tiers. `look` is called with a
    first look as soon as the forecast is there, `tick` with (numbers done, numbers in all); the
    options are those of `Options`. Raises what `expect` raises, ValueError for a tier that does
    not exist, and CannotAnswer where all numbers are certain and no party has types.
    """
    setup = prepare(dossier, options, survey=False)
    asked = [setup.tiers[k] for k in tiers_asked(setup, tier)]
    numbers = uncertain_numbers(setup.dossier, setup.question, setup.run)
    types = list(type_levers(setup))
    if not numbers and not types:
        raise CannotAnswer(
            "levers need something that is not certain: ranges instead of single numbers, or `types`"
        )
    hits = hits_of(setup, setup.question.detail)
    classes = [_classes(setup, number) for number in numbers]
    screened = screen(numbers, classes, hits, setup.tiers, asked)
    look(Look(asked, screened, provenance(setup)))
    bench = bench_of(setup, RERUN_DRAWS)
    found = types + _numbers(bench, numbers, classes, hits, tick)
    found.sort(key=lambda lever: -max(abs(lever.swing[name]) for name in asked))
    base = bench.base
    return Levers(
        round=setup.question.detail,
        tiers=setup.tiers,
        asked=asked,
        likeliest=setup.tiers[int(np.argmax(base.pooled))],
        base=shares_of(setup, base.pooled),
        carried=_carried(setup, base.carried),
        screened=screened,
        levers=found,
        score=expected_score(hits.mean(axis=0)),
        rerun_draws=bench.draws,
        about=provenance(setup),
    )


@dataclass(frozen=True)
class Look:
    """A first look at the levers, before anything is played again."""

    asked: Sequence[str]
    screened: Sequence[Screened]
    about: Provenance


def _numbers(
    bench: Bench,
    numbers: Sequence[Uncertain],
    classes: Sequence[Ints],
    hits: Floats,
    tick: Callable[[int, int], None],
) -> list[Lever]:
    """A lever for each number; some at a time are played on all threads."""
    found = []
    for first in range(0, len(numbers), TOGETHER):
        tick(first, len(numbers))
        some = slice(first, first + TOGETHER)
        mattering = [number for number in numbers[some] if _matters(bench.setup, number)]
        runs = [run for number in mattering for run in _runs(number)]
        played = iter(play_variations(bench.setup, runs, bench.draws, bench.rounds))
        for number, groups in zip(numbers[some], classes[some], strict=True):
            own = [next(played) for _ in range(3)] if number in mattering else None
            found.append(_lever(bench, number, groups, hits, own))
    tick(len(numbers), len(numbers))
    return found


def _runs(number: Uncertain) -> list[Variation]:
    """The number at its two ends, and drawn anew."""
    ends = [Variation(levels={number.path: level}) for level in number.ends]
    return [*ends, Variation(renewed=frozenset({number.path}))]


def _lever(
    bench: Bench, number: Uncertain, classes: Ints, hits: Floats, played: Sequence[Played] | None
) -> Lever:
    """What hangs on one number; `played` is None where it can change nothing."""
    setup, base = bench.setup, bench.base
    if played is None:
        hits = np.broadcast_to(hits.mean(axis=0), hits.shape)
    variance = np.maximum(hits.mean(axis=0) * (1 - hits.mean(axis=0)), 1e-12)
    alone = explained_variance(classes, hits)
    gain, gain_error = score_gain(explained_variance(classes, cumulate(hits)))
    nothing = np.zeros((bench.draws, len(base.pooled)))
    low, high = (
        [held(bench, one) for one in played[:2]]
        if played
        else [Held(base, nothing, nothing[:, 1:])] * 2
    )
    anew = renewed(bench, played[2]) if played else nothing
    ends = [low.told.pooled, high.told.pooled]
    return Lever(
        path=number.path,
        label=number.label,
        kind=number.kind,
        low_value=value_of(number, number.ends[0]),
        high_value=value_of(number, number.ends[1]),
        low=shares_of(setup, ends[0]),
        high=shares_of(setup, ends[1]),
        swing=shares_of(setup, ends[1] - ends[0]),
        swing_error=shares_of(setup, _error(high.pooled_change - low.pooled_change)),
        carried_swing=_carried(setup, high.told.carried - low.told.carried),
        carried_error=_carried(setup, _error(high.carried_change - low.carried_change)),
        first_order=shares_of(setup, alone.variance / variance),
        first_order_error=shares_of(setup, alone.standard_error / variance),
        total=shares_of(setup, anew.mean(axis=0) / variance),
        total_error=shares_of(setup, _error(anew) / variance),
        tipping=tipping_of(bench, number, ends) if played else None,
        gain=gain,
        gain_error=gain_error,
        rerun=True,
    )


def _error(added: Floats) -> Floats:
    """The standard error of a mean over draws (draws, ...)."""
    found: Floats = added.std(axis=0, ddof=1) / np.sqrt(len(added))
    return found


def _carried(setup: Setup, values: Floats) -> dict[str, float]:
    """Values of at least each tier by the tiers' names."""
    return {tier: float(value) for tier, value in zip(setup.tiers[1:], values, strict=True)}


def _classes(setup: Setup, number: Uncertain) -> Ints:
    """In which class of the number each draw is: of equal size, or given and refused."""
    if number.kind != "consent":
        return classes_by_level(number.levels)
    paths = [f"commitments.{c}.consent.{party}.decision" for c, party in setup.game.chances]
    return setup.game.setting.granted[:, paths.index(number.path)].astype(np.int64)


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
