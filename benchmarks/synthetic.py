"""A dossier that never changes, to measure by: run `python benchmarks/synthetic.py` to write it.

16 commitments in 8,192 possible packages, 5 parties, 6 combinations of types, 3 rounds. The numbers
are drawn once, from the seed below; a test holds the file to this script.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("synthetic.yaml")
SEED = 20190210
COMMITMENTS = [f"c{k:02d}" for k in range(16)]
PRINCIPALS, STAKEHOLDERS = ["east", "west"], ["north", "south", "union"]
TWINS = {"c02": "c03", "c04": "c05"}  # only with each other
LINKED = [["c01", "c06"], ["c07", "c08"], ["c02", "c09", "c10"], ["c11", "c12"]]


def lines() -> Iterator[str]:
    """The dossier, line by line."""
    draw = np.random.Generator(np.random.Philox(SEED))
    yield "# written by benchmarks/synthetic.py; do not edit"
    yield "title: A synthetic negotiation, for measuring"
    yield "as_of: 2030-01-01"
    yield "question: What comes of it?"
    yield "parties:"
    for name in (*PRINCIPALS, *STAKEHOLDERS):
        role = "principal" if name in PRINCIPALS else "stakeholder"
        yield f"  {name}: {{name: {name.title()}, role: {role}}}"
    yield "commitments:"
    for k, name in enumerate(COMMITMENTS):
        yield f"  {name}: {{{', '.join(_commitment(k, name))}}}"
    yield "values:"
    for party in (*PRINCIPALS, *STAKEHOLDERS):
        yield f"  {party}: {{{', '.join(_values(party, draw))}}}"
    yield "linkages:"
    for together in LINKED:
        worth = ", ".join(f"{name}: {_range(draw.uniform(3, 9), 2.0)}" for name in PRINCIPALS)
        yield f"  - {{together: [{', '.join(together)}], values: {{{worth}}}}}"
    yield from _rest()


def _commitment(k: int, name: str) -> Iterator[str]:
    yield f"by: {PRINCIPALS[k % 2] if k else '[east, west]'}"
    yield f"kind: {'pledge' if k % 4 < 2 else 'action'}"
    yield f'title: "Commitment {k}"'
    yield f"reversible: {'0.8 to 0.98' if k % 4 < 2 else '0.2 to 0.7'}"
    twin = {**TWINS, **{b: a for a, b in TWINS.items()}}.get(name)
    if twin:
        yield f"only_with: [{twin}]"
    if k % 5 == 4:
        yield f"consent: [{STAKEHOLDERS[k % 3]}]"
    if k == 13:
        yield "consent: {north: 0.5 to 0.9}"


def _values(party: str, draw: np.random.Generator) -> Iterator[str]:
    for k, name in enumerate(COMMITMENTS):
        gives = party in PRINCIPALS and (k == 0 or PRINCIPALS[k % 2] == party)
        size = draw.uniform(2, 9)
        if party in PRINCIPALS:
            yield f"{name}: {_range(-size if gives and k else 1.2 * size, 0.5 * size)}"
        elif draw.uniform() < 0.5:
            yield f"{name}: {_range(draw.normal(1, 3), 2)}"


def _range(middle: float, width: float) -> str:
    return f"{middle - width:.1f} to {middle + width:.1f}"


def _rest() -> Iterator[str]:
    yield "no_agreement: {east: -2 to 6, west: -3 to 6, north: -3 to 1, south: -3 to 1, union: -2 to 1}"
    yield "delay_cost: {east: 0.2 to 1, west: 0.5 to 2}"
    yield "breach_cost: {east: 0.3 to 2, west: 0.3 to 2}"
    yield "trust: {east: 0.1 to 0.6, west: 0.1 to 0.6}"
    yield "knowledge: 0.3 to 0.7"
    yield "tiers:"
    yield "  - {id: first, title: First step, all: [c00]}"
    yield "  - {id: second, title: Exchange, all: [c00, c02], any: [c06, c07, c08]}"
    yield "  - {id: third, title: Settlement, all: [c00, c02, c04, c11, c12]}"
    yield "rounds:"
    for k, month in enumerate(("02", "06", "10"), start=1):
        yield f"  - {{date: 2030-{month}-01, title: Round {k}}}"
    yield "types:"
    yield "  east:"
    yield "    giving: {prior: 0.4}"
    yield "    wavering: {prior: 0.4, scale: {c02: 1.3}}"
    yield "    hard: {prior: 0.2, scale: {c02: 1.6, c04: 1.8}}"
    yield "  west:"
    yield "    giving: {prior: 0.6}"
    yield "    hard: {prior: 0.4, scale: {c03: 1.5, c07: 1.5}}"


def text() -> str:
    """The whole dossier."""
    return "\n".join(lines()) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
