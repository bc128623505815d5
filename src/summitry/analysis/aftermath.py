"""Why what is signed is not carried out: which consent is refused, who stops at which step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.naming import commitments_of
from summitry.analysis.outcomes import done_by, fell_short, signed_by
from summitry.analysis.setup import Setup
from summitry.game.board import needs_of


@dataclass(frozen=True)
class RefusedConsent:
    """A consent given by chance after the signature, and how much of a tier fails on it.

    `chance`: how likely it is given, on average; `asked`: the share of what is signed at the
    tier or higher that asks for it; `share`: of the draws in which what comes into force falls below
    the tier that is signed, those in which it is refused.
    """

    commitment: str
    party: str
    chance: float
    asked: float
    share: float


@dataclass(frozen=True)
class Stopping:
    """Who stops before which step, and in which share of what is stopped below a tier.

    `begun`: whether anything of what was signed had been done by then.
    """

    parties: Sequence[str]
    step: Sequence[str]
    begun: bool
    share: float


def refused_consents(setup: Setup, k: int) -> list[RefusedConsent]:
    """The consents that what is signed at tier k or higher asks for, the most fatal first."""
    game, t = setup.game, setup.question.detail
    by_draw = setup.weights[:, None]
    signed = (setup.outcomes.tier[:, :, t] >= k) * by_draw
    failed = fell_short(setup.outcomes, t, k)[0] * by_draw
    packages = game.board.masks[signed_by(setup.outcomes, t)]
    needs = needs_of(game.rules)
    found = []
    for bit, (commitment, _) in enumerate(game.rules.chances):
        touched = sum(1 << c for c, needed in enumerate(needs) if int(needed) >> commitment & 1)
        asked = (packages & np.uint32(touched)) != 0
        if not (signed * asked).any():
            continue
        refused = (failed * (asked & ~game.setting.granted[:, bit])).sum()
        found.append(
            RefusedConsent(
                *game.chances[bit],
                chance=float(game.setting.chance[:, bit].mean()),
                asked=float((signed * asked).sum() / signed.sum()),
                share=float(refused / failed.sum()) if refused else 0.0,
            )
        )
    return sorted(found, key=lambda one: (-one.share, -one.asked))


def stoppings(setup: Setup, k: int) -> list[Stopping]:
    """Who stops at which step where what is signed at tier k or higher is not carried out."""
    game, t, outcomes = setup.game, setup.question.detail, setup.outcomes
    weights = fell_short(outcomes, t, k)[1] * setup.weights[:, None]
    total = weights.sum()
    if total == 0:
        return []
    signed = outcomes.when <= t
    stopped = np.where(signed, outcomes.stopped, 0)
    first = np.argmax(stopped > 0, axis=2)[..., None]
    who = np.take_along_axis(stopped, first, axis=2)[..., 0]
    step = np.take_along_axis(outcomes.step, first, axis=2)[..., 0]
    begun = done_by(outcomes, t) > 0
    shares: dict[tuple[int, int, bool], float] = {}
    for s, d in zip(*np.nonzero((weights > 0) & (who > 0)), strict=True):
        key = int(who[s, d]), int(step[s, d]), bool(begun[s, d])
        shares[key] = shares.get(key, 0.0) + float(weights[s, d])
    return [
        Stopping(
            [name for i, name in enumerate(game.parties) if parties >> i & 1],
            commitments_of(game, mask),
            done,
            share / total,
        )
        for (parties, mask, done), share in sorted(shares.items(), key=lambda item: -item[1])
    ]
