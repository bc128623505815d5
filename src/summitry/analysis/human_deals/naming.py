"""What the protocols and their numbers are called, and whose idea each is."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.analysis.human_deals import conflict, shares
from summitry.analysis.human_deals.fitting import POOLED, Fitted

SOURCES = {
    "summitry": "mixture of fair-shares, aspirations and efficient (linear opinion pool: Stone 1961)",
    "fair-shares": "nested logit (McFadden 1978) over fair and efficient shares (Nash 1950, "
    "Fehr and Schmidt 1999, Steinhaus 1948, Messick 1993, Schelling 1960)",
    "aspirations": "the model's talks: each holds out for a part of all there is (Siegel and Fouraker 1960)",
    "efficient": "the model's Nash solution (Nash 1950), or anything at all (Selten 1975)",
    "nash-power": "sixth power of the Nash product, base rate of no deal",
    "uniform": "all splits alike, base rate of no deal",
}


@dataclass(frozen=True)
class Number:
    """A fitted number: of which protocol and part, its name, its value."""

    protocol: str
    part: str
    name: str
    value: float


def numbers_of(fitted: Fitted) -> list[Number]:
    """All fitted numbers as a list, in a fixed order."""
    numbers = [
        Number("summitry", "weight", name, float(weight))
        for name, weight in zip(POOLED, fitted.weights, strict=True)
    ]
    no_deal = ("intercept", *conflict.TERMS)
    people = fitted.fair_shares
    for part, names, weights in (
        ("split", tuple(shares.TERMS), people.of_splits),
        ("no deal", no_deal, people.of_no_deal),
    ):
        numbers += [
            Number("fair-shares", part, name, float(weight))
            for name, weight in zip(names, weights, strict=True)
        ]
    for protocol, model in (("aspirations", fitted.aspirations), ("efficient", fitted.efficient)):
        numbers += [
            Number(protocol, "model", name, float(value)) for name, value in model._asdict().items()
        ]
    return numbers
