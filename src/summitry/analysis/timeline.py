"""The forecast on every date on which a signal became known, and what moved it.

The draws are played once: a date changes only the weights of the parties' types.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Unpack

from summitry.analysis.rivalry import RivalForecast, rivals_of
from summitry.analysis.setup import Options, open_document, pooling_of, shares_of
from summitry.analysis.streamed import Played, play_through, pooled_if
from summitry.analysis.tally import covariance, shares
from summitry.analysis.telling import Provenance, frame, provenance, told
from summitry.analysis.weights import strata_weights
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.reader import Document
from summitry.dossier.schema import Dossier, Signal
from summitry.evidence.bearing import known_at
from summitry.evidence.signals import Evidence, weigh
from summitry.game.board import Floats

SCHEMA = "summitry.timeline/1"

Shares = Mapping[str, float]


@dataclass(frozen=True)
class News:
    """A signal that became known: what it shows, and what leaving it out that day would change.

    `pull` maps each tier to its pooled probability with the signal less that without.
    """

    id: str
    party: str
    says: str
    kind: str
    grade: str
    shows: str | None
    pull: Shares


@dataclass(frozen=True)
class Moment:
    """The forecast on one date.

    `pooled` with `standard_error`, `model`, and the parties' `types`; `change` in the pooled
    probabilities since the moment before (the news, and all older signals fading); `news`
    by falling pull.
    """

    date: dt.date
    pooled: Shares
    standard_error: Shares
    model: Shares
    change: Shares
    types: Mapping[str, Shares]
    news: Sequence[News]


@dataclass(frozen=True)
class Timeline:
    """The answer of `timeline`: the forecast of one round, date by date.

    `rivals`: the forecasts of others, beside ours on the same date where they ask the same
    question. The numbers of the dossier are those of `structure_as_of`; a replay to earlier
    dates keeps them and is to be scored apart.
    """

    round_date: dt.date | None
    round_title: str | None
    structure_as_of: dt.date | None
    tiers: Sequence[str]
    moments: Sequence[Moment]
    rivals: Sequence[RivalForecast]
    about: Provenance
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each date and tier."""
        return [
            {
                "date": moment.date,
                "tier": tier,
                "pooled": moment.pooled[tier],
                "standard_error": moment.standard_error[tier],
                "model": moment.model[tier],
                "change": moment.change[tier],
                "news": ",".join(news.id for news in moment.news),
            }
            for moment in self.moments
            for tier in self.tiers
        ]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())


def timeline(
    dossier: str | Path | Document,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    **options: Unpack[Options],
) -> Timeline:
    """The forecast for every date on which a signal became known, up to the day of the round.

    `since` and `until` bound the dates; `round` (of the options, which are those of
    `Options`) is the one forecast. Raises what `expect` raises, and CannotAnswer where the
    dossier has no types or no signals in that time.
    """
    if "as_of" in options and options["as_of"] is not None:
        raise ValueError("a timeline has all dates; bound it with `since` and `until`")
    played = _open(dossier, options)
    setup = played.setup
    days = _days(setup.dossier, setup.question.first_day, since, until)
    moments = [_moment(played, day) for day in days]
    moments = [moments[0], *(_after(a, b) for a, b in pairwise(moments))]
    index, rounds = setup.question.rounds[setup.question.detail], setup.dossier.rounds
    return Timeline(
        round_date=rounds[index].date if rounds else None,
        round_title=rounds[index].title if rounds else None,
        structure_as_of=setup.dossier.as_of,
        tiers=setup.tiers,
        moments=moments,
        rivals=rivals_of(played),
        about=provenance(setup),
    )


def _open(dossier: str | Path | Document, options: Options) -> Played:
    document = open_document(dossier, options.get("changes", ()))
    if not document.dossier.types:
        raise CannotAnswer(
            "a timeline needs `types`: signals move a forecast by what they show of a party's types"
        )
    return play_through(document, {**options, "changes": ()}, survey=False)


def _days(
    dossier: Dossier, before: dt.date | None, since: dt.date | None, until: dt.date | None
) -> list[dt.date]:
    """The dates on which signals became known, the dossier's own date and the round's day."""
    known = {known_at(s) for s in dossier.signals if isinstance(s, Signal)}
    known = {day for day in known if before is None or day < before}
    ends = {day for day in (dossier.as_of, before) if day}
    days = sorted(
        day
        for day in known | ends
        if (since is None or day >= since) and (until is None or day <= until)
    )
    if not known & set(days):
        span = f" from {since or 'the first'} to {until or 'the last'}" if since or until else ""
        raise CannotAnswer(f"a timeline needs `signals`: none became known{span}")
    return days


def _moment(played: Played, day: dt.date) -> Moment:
    setup, t = played.setup, played.setup.question.detail
    evidence = weigh(setup.dossier, day, setup.question.first_day, setup.without)
    weights = strata_weights(setup.game, evidence.posteriors())
    pooling, model = pooling_of(setup), shares(played.counted, weights)
    pooled = pooling.pooled(model)[t]
    errors = pooling.errors(model, covariance(played.counted, weights)).exactly[t]
    return Moment(
        date=day,
        pooled=shares_of(setup, pooled),
        standard_error=shares_of(setup, errors),
        model=shares_of(setup, model[t]),
        change=dict.fromkeys(setup.tiers, 0.0),
        types={
            name: dict(zip(party.types, (float(p) for p in party.posterior), strict=True))
            for name, party in evidence.parties.items()
        },
        news=_news(played, evidence, day, pooled),
    )


def _news(played: Played, evidence: Evidence, day: dt.date, pooled: Floats) -> list[News]:
    """The signals that became known on a day and count, by falling pull."""
    setup, found = played.setup, []
    for weighed in evidence.signals:
        signal = setup.dossier.signals[weighed.index]
        assert isinstance(signal, Signal)
        if not weighed.counts or known_at(signal) != day:
            continue
        without = pooled_if(played, evidence.without(weighed.id))[setup.question.detail]
        found.append(
            News(
                id=weighed.id,
                party=signal.party,
                says=signal.says,
                kind=signal.kind,
                grade=f"{signal.source.reliability}{signal.credibility}",
                shows=signal.shows,
                pull=shares_of(setup, pooled - without),
            )
        )
    return sorted(found, key=lambda news: -max(abs(p) for p in news.pull.values()))


def _after(before: Moment, moment: Moment) -> Moment:
    change = {tier: p - before.pooled[tier] for tier, p in moment.pooled.items()}
    return replace(moment, change=change)
