"""Who stands behind an obstacle: who refuses, who would stop, who misjudged whom."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from summitry.analysis.movers import sample_of
from summitry.analysis.outcomes import OBSTACLES, obstacle_codes
from summitry.analysis.setup import Setup
from summitry.analysis.stalling import stall_of
from summitry.game.board import Bools, Floats
from summitry.game.refusals import Refusals, refusals

STALLS = 32
BLAMED = (OBSTACLES.index("interests"), OBSTACLES.index("veto"))


@dataclass(frozen=True)
class Refusal:
    """One party that turns a tier down, in the draws with that obstacle.

    `refuses_all`: the share of them in which no package of the tier is worth it to this
    party, whatever the others say. `alone`: the share in which all others who must accept
    some package, and this party alone does not. `shortfall`: the median, over the draws in
    which it is defined, of what is missing (in the party's own points) in the best package
    that all others accept.
    """

    party: str
    refuses_all: float
    alone: float
    shortfall: float | None


@dataclass(frozen=True)
class Stall:
    """One step at which carrying out a package stalls, by share of a sample of 32 draws.

    `trust_asked` and `trust` are medians. The draws in which no trust would do (the party
    would rather stop than finish) are told apart, with `trust_asked` None.
    """

    party: str
    step: Sequence[str]
    share: float
    trust_asked: float | None
    trust: float


@dataclass(frozen=True)
class Misjudgement:
    """One proposer whose offer failed, by share of the draws with that obstacle.

    `nothing_offered`: the share of its failures in which it saw nothing worth offering;
    `refused_by`: of the others, the shares in which each party turned the offer down;
    `chance`: how likely it thought acceptance, on average.
    """

    proposer: str
    share: float
    nothing_offered: float
    refused_by: dict[str, float]
    chance: float | None


def scan_all(setup: Setup, tiers: Sequence[int]) -> list[Refusals]:
    """For every stratum, who falls short of what in the round that is told in detail.

    Only in the draws that interests or a veto keep from one of the `tiers`; in the others
    nobody falls short of anything.
    """
    game, t = setup.game, setup.question.detail
    kept = np.zeros((len(game.strata), game.draws), bool)
    for k in tiers:
        kept |= np.isin(obstacle_codes(setup.outcomes, t, k), BLAMED)
    found = []
    for s in range(len(game.strata)):
        stakes, draws = game.stakes(s), np.flatnonzero(kept[s] & (setup.weights[s] > 0))
        waited = np.minimum(setup.outcomes.when[s, draws], t)
        part = refusals(
            game.board,
            stakes,
            draws,
            stakes.reservation[draws] - waited[:, None] * stakes.delay[draws],
            game.setting.granted[draws],
            len(game.tiers),
            setup.run.workers,
        )
        found.append(Refusals(*(_spread_out(x, draws, game.draws) for x in part)))
    return found


def _spread_out(values: np.ndarray, draws: np.ndarray, number: int) -> np.ndarray:
    """Values of some draws in a table of all, noughts elsewhere."""
    table = np.zeros((number, *values.shape[1:]), values.dtype)
    table[draws] = values
    return table


def draws_with(setup: Setup, k: int, obstacle: str) -> Floats:
    """The weight of each draw that a given obstacle keeps from tier k: (strata, draws)."""
    codes = obstacle_codes(setup.outcomes, setup.question.detail, k)
    weights: Floats = (codes == OBSTACLES.index(obstacle)) * setup.weights[:, None]
    return weights


def refusals_of(setup: Setup, scanned: Sequence[Refusals], k: int, obstacle: str) -> list[Refusal]:
    """Who refuses tier k, most often first; principals for `interests`, others for `veto`."""
    weights = draws_with(setup, k, obstacle)
    total = weights.sum()
    if total == 0:
        return []
    found = []
    for i, party in enumerate(setup.game.parties):
        principal = bool(setup.game.board.principals >> i & 1)
        asked = setup.game.board.concerned >> i & 1
        if not asked or principal != (obstacle == "interests"):
            continue
        own = np.stack([part.own[:, k - 1, i] for part in scanned])
        best = np.stack([part.best[:, k - 1, i] for part in scanned])
        alone = np.isfinite(best) & (best < 0)
        if not (weights * (alone | (own < 0))).any() and not principal:
            continue
        found.append(
            Refusal(
                party=party,
                refuses_all=float((weights * (own < 0)).sum() / total),
                alone=float((weights * alone).sum() / total),
                shortfall=weighted_median(-best, weights * alone),
            )
        )
    return sorted(found, key=lambda refusal: -refusal.alone)


def denied_share(setup: Setup, scanned: Sequence[Refusals], k: int) -> float:
    """Of the vetoed draws, the share in which a consent given by chance alone is lacking."""
    weights = draws_with(setup, k, "veto")
    total = weights.sum()
    lots = np.stack([part.lots[:, k - 1] for part in scanned])
    return float((weights * lots).sum() / total) if total else 0.0


def weighted_median(values: Floats, weights: Floats) -> float | None:
    """The median of values by weight; None where nothing weighs anything."""
    chosen = weights > 0
    if not chosen.any():
        return None
    values, weights = values[chosen], weights[chosen]
    order = np.argsort(values, kind="stable")
    edges = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(edges, edges[-1] / 2)])


def stalls_of(setup: Setup, k: int, number: int = STALLS) -> list[Stall]:
    """At which step of whom packages of tier k or higher stall, in a sample of draws.

    In each draw the package is the Nash solution among those that all accept.
    """
    weights = draws_with(setup, k, "commitment")
    cases = sample_of(weights, number)
    with ThreadPoolExecutor(setup.run.workers) as pool:
        found = list(pool.map(lambda case: stall_of(setup, case, k), cases))
    return stalls_by_step([stall for stall in found if stall is not None])


def stalls_by_step(told: Sequence[tuple[str, tuple[str, ...], float, float]]) -> list[Stall]:
    """Stalls by party and step, most often first, from (party, step, trust asked, trust had)."""
    # what no trust would do and what some would are two groups: their median is of neither
    groups: dict[tuple[str, tuple[str, ...], bool], list[tuple[float, float]]] = {}
    for party, step, asked, trust in told:
        groups.setdefault((party, step, bool(np.isfinite(asked))), []).append((asked, trust))
    stalls = []
    for (party, step, _), pairs in groups.items():
        asked = float(np.median([pair[0] for pair in pairs]))
        stalls.append(
            Stall(
                party=party,
                step=list(step),
                share=len(pairs) / len(told),
                trust_asked=asked if np.isfinite(asked) else None,
                trust=float(np.median([pair[1] for pair in pairs])),
            )
        )
    return sorted(stalls, key=lambda stall: -stall.share)


def misjudgements_of(setup: Setup, k: int) -> list[Misjudgement]:
    """Whose offers fell through where tier k was there to be had, most often first."""
    weights = draws_with(setup, k, "information")
    total = weights.sum()
    if total == 0:
        return []
    outcomes, game, t = setup.outcomes, setup.game, setup.question.detail
    # after a breakdown no offer is asked for: the one that failed is the last
    asked = outcomes.offered[:, :, : t + 1] > -2
    last = t - np.argmax(asked[:, :, ::-1], axis=2)
    draws = np.arange(game.draws)
    proposers = game.setting.proposers[draws, last]
    offered = np.take_along_axis(outcomes.offered, last[..., None], axis=2)[..., 0]
    chance = np.take_along_axis(outcomes.chance, last[..., None], axis=2)[..., 0]
    refusers = _refusers(setup, weights > 0, offered, last)
    found = []
    for i in np.unique(proposers[weights > 0]):
        own = weights * (proposers == i)
        made = own * (offered >= 0)
        found.append(
            Misjudgement(
                proposer=game.parties[i],
                share=float(own.sum() / total),
                nothing_offered=float(1 - made.sum() / own.sum()),
                refused_by={
                    name: float((made * refusers[..., j]).sum() / made.sum())
                    for j, name in enumerate(game.parties)
                    if (made * refusers[..., j]).any()
                },
                chance=float((made * chance).sum() / made.sum()) if made.any() else None,
            )
        )
    return sorted(found, key=lambda wrong: -wrong.share)


def _refusers(setup: Setup, chosen: Bools, offered: np.ndarray, waited: np.ndarray) -> Bools:
    """Who turns the offered package down: (strata, draws, N)."""
    game = setup.game
    found = np.zeros((*chosen.shape, len(game.parties)), bool)
    bits = np.arange(len(game.parties), dtype=np.uint32)
    masks = (1 << np.arange(len(game.commitments) + 1))[:-1]
    for s in range(len(game.strata)):
        draws = np.flatnonzero(chosen[s] & (offered[s] >= 0))
        if len(draws) == 0:
            continue
        stakes, packages = game.stakes(s), offered[s, draws]
        present = (game.board.masks[packages][:, None] & masks.astype(np.uint32)) != 0
        linked = (game.board.masks[packages][:, None] & game.board.linkages) == game.board.linkages
        worth = np.einsum("dnc,dc->dn", stakes.values[draws], present)
        worth += np.einsum("dnl,dl->dn", stakes.linkages[draws], linked)
        needed = stakes.reservation[draws] - waited[s, draws, None] * stakes.delay[draws]
        asked = (game.board.consent[packages][:, None] >> bits) & 1 == 1
        found[s, draws] = asked & (worth < needed - 1e-9)
    return found
