"""What the protocols and their numbers are called, and whose idea each is."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.analysis.human_deals import conflict, shares
from summitry.analysis.human_deals.fitting import POOLED, Fitted
from summitry.analysis.human_deals.theory import ASSUMED

SOURCES = {
    "summitry": "mixture of fair-shares, offers and efficient (linear opinion pool: Stone 1961)",
    "fair-shares": "nested logit (McFadden 1978) over fair and efficient shares (Nash 1950, "
    "Fehr and Schmidt 1999, Steinhaus 1948, Messick 1993, Schelling 1960)",
    "offers": "the model's offers under private information, private reservation values",
    "efficient": "the Nash solution of the model under private reservation values (Nash 1950)",
    "nash-power": "sixth power of the Nash product, base rate of no deal",
    "uniform": "all splits alike, base rate of no deal",
}
USED = {
    "offers": ("reservation", "deviation", "delay", "knowledge", "breakdown", "tremble", "no_deal"),
    "efficient": ("reservation", "deviation", "tremble", "no_deal"),
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
    for protocol, theory in (("offers", fitted.offers), ("efficient", fitted.efficient)):
        assumed = ASSUMED[protocol][theory.assumed]
        parts = (("assumed", assumed._asdict()), ("fitted", theory._asdict()))
        numbers += [
            Number(protocol, part, name, float(value))
            for part, values in parts
            for name, value in values.items()
            if name in USED[protocol]
        ]
    return numbers
