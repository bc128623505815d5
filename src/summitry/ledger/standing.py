"""The scores of the forecasts of one standing: before the outcome, or replayed after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from summitry.ledger.bootstrap import Resampled, mean_of, resample, skill_of
from summitry.ledger.calibration import Calibration, calibrate
from summitry.ledger.gathering import Asked
from summitry.ledger.measuring import (
    AVERAGED,
    REFERENCE,
    SCORES,
    UNIFORM,
    Laid,
    averaged,
    lay,
    per_question,
)
from summitry.ledger.pairing import paired
from summitry.ledger.scores import Answered, Measure, Pair, Standing, Threshold
from summitry.ledger.scoring import Floats, at_least, reached


def standing_of(asked: Sequence[Asked], standing: str, seed: int, resamples: int) -> Standing:
    """All scores of the questions that have forecasts of this standing."""
    laid = lay(asked, standing)
    generator = np.random.Generator(np.random.Philox(seed))
    drawn = resample(_columns(laid) | _threshold_columns(laid), generator, resamples)
    rivals = _compared(asked, standing, generator, resamples)
    return Standing(
        standing=standing,
        questions=_answered(asked, laid),
        forecasts=len(laid.owner),
        floored=laid.floored,
        measures=list(_measures(drawn)),
        thresholds=list(_thresholds(asked, laid, drawn)),
        rivals=sorted(rivals, key=lambda pair: -pair.difference.n),
        calibration=list(_calibrations(asked, standing, generator)),
    )


def _answered(asked: Sequence[Asked], laid: Laid) -> list[Answered]:
    when = per_question(laid, laid.of["ours", "ranked"])
    mean = when.pop(AVERAGED)
    return [
        Answered(
            question=q.id,
            title=q.title,
            date=dt.date.fromordinal(q.day),
            outcome=q.tiers[q.outcome],
            ranked=float(mean[k]),
            leads={name: None if np.isnan(v[k]) else float(v[k]) for name, v in when.items()},
        )
        for k, q in enumerate(asked)
    ]


def _columns(laid: Laid) -> dict[str, Floats]:
    """One number a question for every time and score: ours, chance, past cases."""
    columns: dict[str, Floats] = {}
    for name in SCORES:
        theirs = per_question(laid, laid.of[REFERENCE, name])
        for when, ours in per_question(laid, laid.of["ours", name]).items():
            columns[f"{when} {name}"] = ours
            columns[f"{when} {name} {REFERENCE}"] = theirs[when]
            columns[f"{when} {name} with a class"] = np.where(np.isnan(theirs[when]), np.nan, ours)
        for when, chance in per_question(laid, laid.of[UNIFORM, name]).items():
            columns[f"{when} {name} {UNIFORM}"] = chance
    return columns


def _measures(drawn: dict[str, Resampled]) -> Iterator[Measure]:
    whens = [key.removesuffix(" ranked") for key in drawn if key.endswith(" ranked")]
    for when in whens:
        for name in SCORES:
            key = f"{when} {name}"
            mean = mean_of(drawn[key])
            if mean is None:
                continue
            classed = drawn[f"{key} with a class"], drawn[f"{key} {REFERENCE}"]
            yield Measure(
                when=when,
                score=name,
                mean=mean,
                against_reference=skill_of(*classed),
                against_uniform=skill_of(drawn[key], drawn[f"{key} {UNIFORM}"]),
            )


def _threshold_columns(laid: Laid) -> dict[str, Floats]:
    return {
        f"threshold {k}": averaged(laid, laid.thresholds[:, k - 1])
        for k in range(1, laid.thresholds.shape[1] + 1)
    }


def _thresholds(
    asked: Sequence[Asked], laid: Laid, drawn: dict[str, Resampled]
) -> Iterator[Threshold]:
    for k in range(1, laid.thresholds.shape[1] + 1):
        mean = mean_of(drawn[f"threshold {k}"])
        if mean:
            yield Threshold(k, _common_tier(asked, k), mean)


def _common_tier(asked: Sequence[Asked], k: int) -> str | None:
    """The name of outcome k where all questions call it the same."""
    names = {q.tiers[k] for q in asked if k < len(q.tiers)}
    return names.pop() if len(names) == 1 else None


def _compared(
    asked: Sequence[Asked], standing: str, generator: np.random.Generator, resamples: int
) -> Iterator[Pair]:
    """Each rival beside us, over the questions that both answered."""
    for key, (ours, theirs) in paired(asked, standing).items():
        difference = mean_of(resample({"": ours - theirs}, generator, resamples)[""])
        assert difference is not None
        yield Pair(*key, float(ours.mean()), float(theirs.mean()), difference)


def _calibrations(
    asked: Sequence[Asked], standing: str, generator: np.random.Generator
) -> Iterator[Calibration]:
    """Of the last forecast of each question: each threshold that it has."""
    last = [(q.ours[standing][-1].p, q.outcome) for q in asked if q.ours[standing][-1].end == q.day]
    stated: dict[int, list[Floats]] = {}
    for count in sorted({len(p) for p, _ in last}):
        some = [(p, y) for p, y in last if len(p) == count]
        p = at_least(np.array([one for one, _ in some]))
        o = reached(np.array([y for _, y in some]), count)
        for k in range(1, count):
            stated.setdefault(k, []).append(np.stack([p[:, k - 1], o[:, k - 1]], axis=1))
    for k, cases in sorted(stated.items()):
        both = np.concatenate(cases)
        yield calibrate(k, both[:, 0], both[:, 1], generator)
