"""Exchanges with equal gain: every realised trade, round by round, and the outcomes.

Every round is started from where the log's round started, so that a difference in one (a tie
broken otherwise) does not spread to the next. "Trades as valued" replays the log trade by
trade: whether this model gives each the same gain and votes, after those before it in the log.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from oracles.sources import agreement, matter_of, scenario_of
from summitry.analysis.positions.exchange import (
    Matter,
    Settled,
    exchange,
    make,
    next_positions,
    open_book,
)
from summitry.game.board import Floats

CLOSE = 1e-6
DIGITS = 5
Counts = dict[str, tuple[int, int]]


def is_mine(data: Any) -> bool:
    """Whether it is a run of an exchange model with its realised trades."""
    return (
        isinstance(data, dict)
        and isinstance(data.get("rounds"), list)
        and all(isinstance(one, dict) and "exchanges" in one for one in data["rounds"])
        and bool(data["rounds"])
    )


def input_of(data: Any) -> str | None:
    """The input's name."""
    return str(data["input"])


def compare(data: Any, source: Path | None, name: str) -> Counts:
    """How much of it agrees."""
    if source is None:
        raise ValueError("a run of exchanges names its `input`")
    scenario = scenario_of(source)
    actors = {**{a.name: k for k, a in enumerate(scenario.actors.values())},
              **{key: k for k, key in enumerate(scenario.actors)}}  # fmt: skip
    issues = {**{s.title: k for k, s in enumerate(scenario.issues.values())},
              **{key: k for k, key in enumerate(scenario.issues)}}  # fmt: skip
    return _rounds(data["rounds"], matter_of(scenario), (actors, issues), name)


def _rounds(
    told: list[Any], matter: Matter, index: tuple[dict[str, int], dict[str, int]], name: str
) -> Counts:
    kinds = ("outcomes before", "outcomes after", "trades", "trades as valued")
    totals: dict[str, list[bool]] = {kind: [] for kind in kinds}
    whole = []
    for one in told:
        settled = exchange(matter, "logs")
        before = [_near(settled.before[index[1][i]], v) for i, v in one["mds_preference"].items()]
        after = [_near(settled.outcomes[index[1][i]], v) for i, v in one["mds_voting"].items()]
        trades = _trades(settled, one["exchanges"], index)
        totals["outcomes before"] += before
        totals["outcomes after"] += after
        totals["trades"] += trades
        totals["trades as valued"] += _replayed(matter, one["exchanges"], index)
        whole.append(all(trades) and len(settled.trades) == len(one["exchanges"]))
        votes = _votes(matter, one["exchanges"], index)
        matter = matter._replace(positions=next_positions(matter, votes))
    return {
        **{f"{name}: {kind}": agreement(pairs) for kind, pairs in totals.items()},
        f"{name}: rounds with just these trades": agreement(whole),
    }


def _near(ours: float, told: float) -> bool:
    return abs(ours - told) <= CLOSE


def _trades(
    settled: Settled, told: list[Any], index: tuple[dict[str, int], dict[str, int]]
) -> list[bool]:
    """For each trade told, whether it is among ours, votes and gain alike."""
    ours = Counter(
        _key((t.i, t.p, t.i_moves[1]), (t.j, t.q, t.j_moves[1]), t.gain) for t in settled.trades
    )
    found = []
    for one in told:
        first, second = (
            (index[0][one[s]], index[1][one[f"{s}_supply"]], one[f"{s}_vote"]) for s in ("i", "j")
        )
        key = _key(first, second, one["gain"])
        found.append(ours[key] > 0)
        ours[key] -= 1
    return found


def _replayed(
    matter: Matter, told: list[Any], index: tuple[dict[str, int], dict[str, int]]
) -> list[bool]:
    """Whether each trade told has the gain and votes of an offer of ours, made one by one."""
    book = open_book(matter, "logs")
    offers = {offer: k for k, offer in enumerate(zip(*map(list, book.offers), strict=True))}
    found = []
    for one in told:
        i, j = index[0][one["i"]], index[0][one["j"]]
        p, q = index[1][one["i_supply"]], index[1][one["j_supply"]]
        k = offers.get((i, j, p, q), offers.get((j, i, q, p)))
        if k is None:
            found.append(False)
            continue
        trade = make(book, k)
        ours = _key(
            (trade.i, trade.p, trade.i_moves[1]), (trade.j, trade.q, trade.j_moves[1]), trade.gain
        )
        theirs = _key((i, p, one["i_vote"]), (j, q, one["j_vote"]), one["gain"])
        found.append(ours == theirs)
        book.votes[i, p], book.votes[j, q] = one["i_vote"], one["j_vote"]
    return found


def _key(first: tuple[int, int, float], second: tuple[int, int, float], gain: float) -> Any:
    ends = {(actor, issue, round(vote, DIGITS)) for actor, issue, vote in (first, second)}
    return frozenset(ends), round(gain, DIGITS)


def _votes(matter: Matter, told: list[Any], index: tuple[dict[str, int], dict[str, int]]) -> Floats:
    votes = np.where(matter.present, matter.positions, 0.0)
    for one in told:
        for side in ("i", "j"):
            cell = index[0][one[side]], index[1][one[f"{side}_supply"]]
            votes[cell] = one[f"{side}_vote"]
    return votes
