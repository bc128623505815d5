"""Warnings where the model is being asked too much."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from summitry.analysis.forecast import PartyTypes, RoundForecast
from summitry.dossier.schema import Dossier
from summitry.game.board import Floats
from summitry.game.compile import Game
from summitry.game.kernels.vetoes import count_vetoes

SAMPLE = 64


def warnings_of(
    dossier: Dossier,
    game: Game,
    weights: Floats,
    expected: RoundForecast,
    types: dict[str, PartyTypes],
) -> list[str]:
    """What the reader of a forecast should distrust, in full sentences."""
    return [
        *_extremes(expected),
        *_vetoes(dossier, game, weights),
        *_breach_costs(dossier, game, weights),
        *_caps(dossier, types),
        *_naive(dossier, types),
    ]


def _extremes(expected: RoundForecast) -> Iterator[str]:
    none = expected.model["none"]
    if none < 0.02 or none > 0.98:
        side = "under 2 %" if none < 0.02 else "over 98 %"
        yield (
            f"The model puts no agreement at {none:.1%}, {side}: reservation values and their "
            "ranges, not evidence, make it that sure."
        )


def veto_shares(game: Game, weights: Floats, draws: int = SAMPLE) -> Floats:
    """Of the packages in Z1 that need a party's consent, the share it turns down: (N).

    Over the first draws of every stratum, weighted by the strata; NaN where it is never
    asked.
    """
    asked, refused = np.zeros(len(game.parties)), np.zeros(len(game.parties))
    for stratum, weight in enumerate(weights):
        stakes = game.worths(stratum)
        counts = count_vetoes(min(draws, game.draws), stakes, game.board)
        asked += weight * counts[0]
        refused += weight * counts[1]
    return np.divide(refused, asked, out=np.full(len(asked), np.nan), where=asked > 0)


def _vetoes(dossier: Dossier, game: Game, weights: Floats) -> Iterator[str]:
    judging = {
        name
        for c in dossier.commitments.values()
        for name in (c.consent if isinstance(c.consent, list) else [])
    }
    shares = veto_shares(game, weights)
    for name, share in zip(game.parties, shares, strict=True):
        if name not in judging or dossier.parties[name].role == "principal" or np.isnan(share):
            continue
        shown = dossier.parties[name].name or name
        if share < 0.01:
            yield (
                f"{shown} turns down {share:.1%} of the packages that need its consent and suit "
                "the principals: its consent is a formality here; is it one?"
            )
        elif share > 0.5:
            yield (
                f"{shown} turns down {share:.0%} of the packages that need its consent and suit "
                "the principals: are its values right, or does it decide by probability?"
            )


def step_costs(game: Game, weights: Floats, party: int) -> Floats:
    """What each costly move of a party costs it for good, on the mean of all draws."""
    kept = np.zeros(len(game.commitments))
    stay = 1.0 - game.setting.reversible
    for stratum, weight in enumerate(weights):
        kept += weight * (game.stakes(stratum).values[:, party] * stay).mean(axis=0)
    moves = (game.board.movers >> np.uint32(party)) & 1 == 1
    costs: Floats = -kept[moves & (kept < -1e-9)]
    return costs


def _breach_costs(dossier: Dossier, game: Game, weights: Floats) -> Iterator[str]:
    for k, name in enumerate(game.parties):
        costs = step_costs(game, weights, k)
        if len(costs) == 0:
            continue
        breach = sum(
            weight * float(game.stakes(stratum).breach[:, k].mean())
            for stratum, weight in enumerate(weights)
        )
        median = float(np.median(costs))
        if breach > median:
            yield (
                f"The breach cost of {dossier.parties[name].name or name} ({breach:.1f} on "
                f"average) is above the median cost of a step of its own ({median:.1f}): every "
                "smaller step then asks for no trust."
            )


def _shown(dossier: Dossier, name: str) -> str:
    return dossier.parties[name].name or name


def _caps(dossier: Dossier, types: dict[str, PartyTypes]) -> Iterator[str]:
    for name, party in types.items():
        if party.cap_factor < 1:
            yield (
                f"The signals on {_shown(dossier, name)} would move its types further than the cap on all "
                f"signals together allows: their weight is scaled to {party.cap_factor:.0%}."
            )


def _naive(dossier: Dossier, types: dict[str, PartyTypes]) -> Iterator[str]:
    for name, party in types.items():
        if not party.independent:
            continue
        likely = max(party.independent, key=lambda kind: party.independent[kind])
        if party.independent[likely] > 0.95 and party.posterior[likely] < 0.9:
            yield (
                f"Taken as independent and certain, the signals would be "
                f"{party.independent[likely]:.1%} sure that {_shown(dossier, name)} is a {likely}; they share "
                f"sources and causes, count as {party.effective_signals:.1f}, and say "
                f"{party.posterior[likely]:.0%}."
            )
