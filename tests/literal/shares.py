"""The forecast of a game from its draws: how often each tier is signed, in force, carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.literal.ground import After, carry_out
from tests.literal.packages import Rules, tier_of
from tests.literal.talks import Agreement, Round

OUTSIDE_CONSENT, STOPPED = "outside consent", "stopped"


class Played(NamedTuple):
    """One draw: its rounds, what was signed in turn, and which outside consents are given."""

    rounds: Sequence[Round]
    agreements: Sequence[Agreement]
    granted: Mapping[int, bool]


def after_round(draw: Played, t: int, rules: Rules) -> After | None:
    """What becomes of all that is signed by the end of round t; None where nothing is."""
    signed = [agreement for agreement in draw.agreements if agreement.stand.waited <= t]
    return carry_out(signed, draw.granted, rules) if signed else None


def why_not_signed(draws: Sequence[Played], t: int, tier: int) -> dict[str | None, float]:
    """The share of each obstacle to signing a tier or more by round t; under None, of success."""
    shares: Counter[str | None] = Counter()
    for draw in draws:
        shares[draw.rounds[t].tiers.get(tier)] += 1 / len(draws)
    return dict(shares)


def why_not_carried_out(
    draws: Sequence[Played], t: int, tier: int, rules: Rules
) -> dict[str | None, float]:
    """Of all draws, what became of a tier or more signed by round t; under None, carried out."""
    shares: Counter[str | None] = Counter()
    for draw in draws:
        after = after_round(draw, t, rules)
        if after is None or tier_of(draw.rounds[t].signed, rules) < tier:
            continue
        failed = OUTSIDE_CONSENT if tier_of(after.in_force, rules) < tier else STOPPED
        done = tier_of(after.done, rules) >= tier
        shares[None if done else failed] += 1 / len(draws)
    return dict(shares)
