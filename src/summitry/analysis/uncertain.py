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
        """Its value at a quantile level; None where it has none of its own, or one for each type."""
        values = {float(quantile(one, np.array([level]))[0]) for one in self.estimates}
        return values.pop() if len(values) == 1 else None

    @property
    def ends(self) -> tuple[float, float]:
        """The levels of its two ends: 5 % and 95 %, or given and refused."""
        return (0.0, 1.0) if self.kind == "consent" else (LOW, HIGH)


def uncertain_numbers(dossier: Dossier, question: Question, run: Run) -> list[Uncertain]:
    """All numbers of a dossier that are not certain."""
    sampler = listen(dossier, draws=run.draws, seed=run.seed, rounds=question.rounds)
    found = [
        Uncertain(path, label_of(path, dossier), "number", heard.levels, tuple(heard.estimates))
        for path, heard in sampler.heard.items()
        if _varies(heard)
    ]
    return [*found, *_appetites(dossier, sampler, found), *_consents(dossier, sampler)]


def _varies(heard: Heard) -> bool:
    ends = np.array([LOW, HIGH])
    return any(np.ptp(quantile(estimate, ends)) > 1e-12 for estimate in heard.estimates)


def _appetites(dossier: Dossier, sampler: Sampler, found: list[Uncertain]) -> Iterator[Uncertain]:
    """What all values of a party share, where there are several and they share something."""
    if dossier.correlation is not None and dossier.correlation.value == 0.0:
        return
    for party in dossier.parties:
        path = f"values.{party}"
        if sum(number.path.startswith(f"{path}.") for number in found) > 1:
            label = f"{_party(dossier, party)}: its appetite for any deal"
            yield Uncertain(path, label, "appetite", sampler.uniforms(path), ())


def _consents(dossier: Dossier, sampler: Sampler) -> Iterator[Uncertain]:
    for commitment, rule in dossier.commitments.items():
        if isinstance(rule.consent, dict):
            for party in rule.consent:
                path = f"commitments.{commitment}.consent.{party}.decision"
                label = f"{_party(dossier, party)}: consents to {_commitment(dossier, commitment)}"
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
ALONE = {
    "knowledge": "how well the parties know each other's needs",
    "learning": "how much they learn from round to round",
    "momentum": "whether they go on at once after an agreement",
    "agenda": "whether nothing is agreed until everything is",
    "breakdown": "whether the talks end for good",
}


def label_of(path: str, dossier: Dossier) -> str:
    """A path in a reader's words, with titles."""
    match path.split("."):
        case ["values", party, commitment]:
            return f"{_party(dossier, party)}: worth of {_commitment(dossier, commitment)}"
        case ["types", party, kind, "scale", commitment]:
            title = dossier.types[party][kind].title or kind
            what = _commitment(dossier, commitment)
            return f"{_party(dossier, party)} as “{title}”: factor on {what}"
        case ["commitments", commitment, "reversible"]:
            return f"how far it can be undone: {_commitment(dossier, commitment)}"
        case ["commitments", commitment, "consent", party]:
            what = _commitment(dossier, commitment)
            return f"{_party(dossier, party)}: probability of consenting to {what}"
        case ["linkages", number, "values", party]:
            together = dossier.linkages[int(number)].together
            what = " with ".join(_commitment(dossier, one) for one in together)
            return f"{_party(dossier, party)}: more or less for {what}"
        case [section, party] if section in SECTIONS:
            return f"{_party(dossier, party)}: {SECTIONS[section]}"
        case [alone] if alone in ALONE:
            return ALONE[alone]
    return path


def _party(dossier: Dossier, party: str) -> str:
    return dossier.parties[party].name or party


def _commitment(dossier: Dossier, commitment: str) -> str:
    return f"“{dossier.commitments[commitment].title or commitment}”"
