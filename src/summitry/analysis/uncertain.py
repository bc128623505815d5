"""The uncertain numbers of a dossier, and what a reader calls them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from summitry.analysis.asking import Question
from summitry.analysis.setup import Run
from summitry.dossier.schema import Dossier
from summitry.estimates import Estimate, quantile
from summitry.game.board import Floats
from summitry.game.compile import listen
from summitry.game.draw import Heard, Sampler

LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True)
class Uncertain:
    """One number that is not certain: a question that could be answered.

    `kind`: `number`, `appetite` (what all values of a party share) or `consent` (whether a
    consent given by probability is given). `levels` (draws) are its quantile levels in every
    draw; `estimates` its distributions (several where types have their own; none for an
    appetite or a consent).
    """

    path: str
    label: str
    kind: str
    levels: Floats
    estimates: tuple[Estimate, ...]

    def value(self, level: float) -> float | None:
        """Its value at a quantile level; None where it has no value of its own."""
        if not self.estimates:
            return None
        return float(quantile(self.estimates[0], np.array([level]))[0])

    @property
    def ends(self) -> tuple[float, float]:
        """The levels of its two ends: 5 % and 95 %, or given and refused."""
        return (0.0, 1.0) if self.kind == "consent" else (LOW, HIGH)


def uncertain_numbers(dossier: Dossier, question: Question, run: Run) -> list[Uncertain]:
    """All numbers of a dossier that are not certain."""
    sampler = listen(dossier, draws=run.draws, seed=run.seed, rounds=question.rounds)
    names = _names(dossier)
    found = [
        Uncertain(path, _label(path, names), "number", heard.levels, tuple(heard.estimates))
        for path, heard in sampler.heard.items()
        if _varies(heard)
    ]
    return [
        *found,
        *_appetites(dossier, sampler, found, names),
        *_consents(dossier, sampler, names),
    ]


def _varies(heard: Heard) -> bool:
    ends = np.array([LOW, HIGH])
    return any(np.ptp(quantile(estimate, ends)) > 1e-12 for estimate in heard.estimates)


def _names(dossier: Dossier) -> dict[str, str]:
    return {name: party.name or name for name, party in dossier.parties.items()}


def _appetites(
    dossier: Dossier, sampler: Sampler, found: list[Uncertain], names: dict[str, str]
) -> Iterator[Uncertain]:
    """What all values of a party share, where there are several and they share something."""
    if dossier.correlation is not None and dossier.correlation.value == 0.0:
        return
    for party in dossier.parties:
        path = f"values.{party}"
        if sum(number.path.startswith(f"{path}.") for number in found) > 1:
            label = f"{names[party]}: its appetite for any deal"
            yield Uncertain(path, label, "appetite", sampler.uniforms(path), ())


def _consents(dossier: Dossier, sampler: Sampler, names: dict[str, str]) -> Iterator[Uncertain]:
    for commitment, rule in dossier.commitments.items():
        if isinstance(rule.consent, dict):
            for party in rule.consent:
                path = f"commitments.{commitment}.consent.{party}.decision"
                label = f"{names[party]}: consents to {commitment} (or refuses)"
                yield Uncertain(path, label, "consent", sampler.uniforms(path), ())


SECTIONS = {
    "no_agreement": "worth of no agreement",
    "delay_cost": "cost of delay",
    "breach_cost": "cost of breaking a deal",
    "trust": "trust",
    "honesty": "honesty",
    "firmness": "firmness",
    "bargaining_power": "bargaining power",
}


def _label(path: str, names: dict[str, str]) -> str:
    """A path in a reader's words."""
    match path.split("."):
        case ["values", party, commitment]:
            return f"{names[party]}: worth of {commitment}"
        case ["types", party, kind, "scale", commitment]:
            return f"{names[party]}, if {kind}: factor on {commitment}"
        case ["commitments", commitment, "reversible"]:
            return f"reversibility of {commitment}"
        case ["commitments", commitment, "consent", party]:
            return f"{names[party]}: probability of consenting to {commitment}"
        case ["linkages", number, "values", party]:
            return f"{names[party]}: worth of linkage {int(number) + 1}"
        case [section, party] if section in SECTIONS:
            return f"{names[party]}: {SECTIONS[section]}"
    return path
