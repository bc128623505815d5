"""How much each kind of signal says by default, at most, and for how long.

The ratios of words, contacts and acts of cooperation are bounded by what coded events tell of
formal agreements within four weeks; those of assessments, acts and commitments are judgement.
Source grades are those of the Admiralty code (NATO AJP-2.1).
"""

from __future__ import annotations

from dataclasses import dataclass

from summitry.dossier.schema import Settings


@dataclass(frozen=True)
class KindOfSignal:
    """Default ratio, cap on the ratio, and half-life in days."""

    ratio: float
    cap: float
    half_life: float


KINDS = {
    "words": KindOfSignal(1.1, 1.2, 21.0),
    "leak": KindOfSignal(1.2, 1.3, 21.0),
    "contact": KindOfSignal(1.8, 2.5, 60.0),
    "assessment": KindOfSignal(2.0, 3.0, 180.0),
    "act": KindOfSignal(2.0, 3.0, 180.0),
    "commitment": KindOfSignal(3.0, 4.0, 365.0),
}
RELIABILITY = {"A": 0.95, "B": 0.8, "C": 0.6, "D": 0.4, "E": 0.2, "F": 0.5}
CREDIBILITY = {1: 1.0, 2: 0.9, 3: 0.75, 4: 0.5, 5: 0.25, 6: 0.6}


def kind_table(settings: Settings) -> dict[str, KindOfSignal]:
    """The kinds of signals, with what the dossier changes."""
    table = dict(KINDS)
    for name, changed in settings.kinds.items():
        old = table[name]
        table[name] = KindOfSignal(
            changed.ratio or old.ratio,
            changed.cap or old.cap,
            changed.half_life or old.half_life,
        )
    return table


def grade(settings: Settings, reliability: str, credibility: int) -> float:
    """The weight of a source and its statement: reliability times credibility."""
    letters = RELIABILITY | {str(k): v for k, v in settings.reliability.items()}
    numbers = CREDIBILITY | {int(k): v for k, v in settings.credibility.items()}
    return letters[reliability] * numbers[credibility]
