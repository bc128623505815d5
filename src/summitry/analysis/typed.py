"""What hangs on what a party is: exact, by weighing the same draws anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.analysis.carried import carried_out
from summitry.analysis.setup import (
    Setup,
    hits_of,
    influence,
    model_of,
    pooled_under,
    pooling_of,
    shares_of,
)
from summitry.analysis.tipping import Tipping
from summitry.analysis.weights import strata_weights
from summitry.game.board import Floats

if TYPE_CHECKING:
    from summitry.analysis.levers import Lever

GRID = 200


def type_levers(setup: Setup) -> Iterator[Lever]:
    """For each party that has types what knowing its type would change."""
    for party, kinds in setup.dossier.types.items():
        if len(kinds) > 1:
            yield _lever(setup, party, list(kinds))


def _lever(setup: Setup, party: str, kinds: Sequence[str]) -> Lever:
    from summitry.analysis.levers import Lever

    t = setup.question.detail
    posterior = setup.evidence.posteriors()
    certain = [_certain(setup, party, number, len(kinds)) for number in range(len(kinds))]
    given = [hits_of(one, t) for one in certain]
    means = np.stack([hits.mean(axis=0) for hits in given])
    weights = np.asarray(posterior[party], float)
    mean = weights @ means
    variance = np.maximum(mean * (1 - mean), 1e-12)
    explained = weights @ (means - mean) ** 2
    below = np.cumsum(means, axis=1)[:, :-1]
    gain = float((weights @ (below - weights @ below) ** 2).mean())
    pooling = pooling_of(setup)
    ends = [pooling.pooled(model_of(one))[t] for one in (certain[0], certain[-1])]
    low, high = (
        (influence(one, pooling, t), carried_out(one, pooling, t))
        for one in (certain[0], certain[-1])
    )
    total = _total(setup, party, weights)
    root = np.sqrt(setup.game.draws)
    return Lever(
        path=f"types.{party}",
        label=f"{setup.dossier.parties[party].name or party}: which type it is",
        kind="type",
        low_value=_titled(setup, party, kinds[0]),
        high_value=_titled(setup, party, kinds[-1]),
        low=shares_of(setup, ends[0]),
        high=shares_of(setup, ends[1]),
        swing=shares_of(setup, ends[1] - ends[0]),
        swing_error=shares_of(setup, (high[0] - low[0]).std(axis=0, ddof=1) / root),
        carried_swing=_by_tier(setup, high[1].at_least - low[1].at_least),
        carried_error=_by_tier(
            setup, (high[1].influence - low[1].influence).std(axis=0, ddof=1) / root
        ),
        first_order=shares_of(setup, explained / variance),
        first_order_error=shares_of(setup, _error(given, weights, explained) / variance),
        total=shares_of(setup, total.mean(axis=0) / variance),
        total_error=shares_of(setup, total.std(axis=0, ddof=1) / root / variance),
        tipping=_tipping(setup, party, kinds),
        gain=gain,
        gain_error=float(_error([_below(h) for h in given], weights, np.zeros(1)).mean()),
        rerun=False,
    )


def _below(hits: Floats) -> Floats:
    below: Floats = np.cumsum(hits, axis=1)[:, :-1]
    return below


def _error(given: Sequence[Floats], weights: Floats, _explained: Floats) -> Floats:
    """Standard error of the variance between types, to first order in each draw."""
    stacked = np.stack(given)
    means = stacked.mean(axis=1)
    centre = weights @ means
    slope = 2 * weights[:, None] * (means - centre)
    apart = np.einsum("ik,idk->dk", slope, stacked - means[:, None, :])
    errors: Floats = apart.std(axis=0, ddof=1) / np.sqrt(stacked.shape[1])
    return errors


def _certain(setup: Setup, party: str, number: int, size: int) -> Setup:
    """The same if the party were of one type for certain."""
    types = {**setup.evidence.posteriors(), party: np.eye(size)[number]}
    return replace(setup, weights=strata_weights(setup.game, types))


def _titled(setup: Setup, party: str, kind: str) -> str:
    """What a reader calls a type."""
    return setup.dossier.types[party][kind].title or kind


def _by_tier(setup: Setup, values: Floats) -> dict[str, float]:
    return {tier: float(value) for tier, value in zip(setup.tiers[1:], values, strict=True)}


def _total(setup: Setup, party: str, weights: Floats) -> Floats:
    """Half the chance that a tier comes or goes when the party's type is drawn anew: (draws, K)."""
    game, tier = setup.game, setup.outcomes.tier[:, :, setup.question.detail]
    at = game.parties.index(party)
    found = np.zeros((game.draws, len(setup.tiers)))
    for s, kinds in enumerate(game.strata):
        for number, weight in enumerate(weights):
            other = kinds.copy()
            other[at] = number
            twin = int(np.flatnonzero((game.strata == other).all(axis=1))[0])
            for k in range(len(setup.tiers)):
                moved = (tier[s] == k) != (tier[twin] == k)
                found[:, k] += 0.5 * setup.weights[s] * weight * moved
    return found


def _tipping(setup: Setup, party: str, kinds: Sequence[str]) -> Tipping | None:
    """The probability of a type above which another outcome is the most likely one.

    Of the types that tip it the one whose probability has to rise least; the other types
    keep their proportions.
    """
    posterior = setup.evidence.posteriors()
    now = int(np.argmax(pooled_under(setup, posterior)[setup.question.detail]))
    weights = np.asarray(posterior[party], float)
    found: tuple[float, Tipping] | None = None
    for number, kind in enumerate(kinds):
        for share in np.linspace(weights[number], 1.0, GRID + 1)[1:]:
            others = np.delete(weights, number)
            rest = others / others.sum() if others.sum() > 0 else np.full(len(others), 1.0)
            moved = np.insert((1.0 - share) * rest, number, share)
            pooled = pooled_under(setup, {**posterior, party: moved})[setup.question.detail]
            after = int(np.argmax(pooled))
            if after != now:
                rise = float(share - weights[number])
                text = f"{_titled(setup, party, kind)} at {share:.0%} (now {weights[number]:.0%})"
                tip = Tipping(
                    float(share), float(share), setup.tiers[now], setup.tiers[after], text
                )
                if found is None or rise < found[0]:
                    found = rise, tip
                break
    return None if found is None else found[1]
