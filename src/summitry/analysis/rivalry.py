"""What others forecast, beside ours on the same date where they ask the same question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from summitry.analysis.setup import shares_of
from summitry.analysis.streamed import Played, pooled_if
from summitry.dossier.schema import Rival
from summitry.evidence.signals import weigh


@dataclass(frozen=True)
class RivalForecast:
    """Somebody else's forecast as stated, and ours of the same on that date.

    `probability` is what they give the outcomes `tiers` together (None: no number was
    stated), `ours` what we give them; `differs` says why it asks something else, and then
    there is nothing of ours beside it.
    """

    by: str
    date: dt.date
    as_stated: str | None
    tiers: Sequence[str]
    probability: float | None
    ours: float | None
    differs: str | None


def rivals_of(played: Played) -> list[RivalForecast]:
    """All forecasts of others in the dossier, by date."""
    rivals = sorted(played.setup.dossier.rivals, key=lambda rival: rival.date)
    return [_rival(played, rival) for rival in rivals]


def _rival(played: Played, rival: Rival) -> RivalForecast:
    tiers, probability = _event(rival)
    ours = None if rival.differs or not tiers else _ours(played, rival.date, tiers)
    return RivalForecast(
        by=rival.by,
        date=rival.date,
        as_stated=rival.as_stated,
        tiers=tiers,
        probability=probability,
        ours=ours,
        differs=rival.differs,
    )


def _event(rival: Rival) -> tuple[list[str], float | None]:
    """The outcomes that a forecast is about, and its probability of them together.

    Of one with a probability for each tier and no `tiers`, the likeliest is taken.
    """
    given, tiers = rival.probability, list(rival.tiers)
    if not isinstance(given, dict):
        return tiers, given
    likeliest = max(given, key=lambda tier: given[tier])
    chosen = tiers or [likeliest]
    return chosen, sum(given.get(tier, 0.0) for tier in chosen)


def _ours(played: Played, day: dt.date, tiers: Sequence[str]) -> float:
    setup = played.setup
    evidence = weigh(setup.dossier, day, setup.question.first_day, setup.without)
    pooled = pooled_if(played, evidence.posteriors())[setup.question.detail]
    shares = shares_of(setup, pooled)
    return sum(shares[tier] for tier in tiers)
