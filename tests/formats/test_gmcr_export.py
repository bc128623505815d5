"""Dossiers as .gmcr files: what is written and read again is the same conflict."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from summitry.analysis.conflict import Conflict, conflict_of
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.reader import load
from summitry.formats.gmcr import read_gmcr
from summitry.formats.gmcr_export import write_gmcr

HERE = Path(__file__).parent
BASE = """
title: Two neighbours
parties: {a: {name: Alba}, b: {name: Brock}}
commitments:
  gate: {by: a}
  toll: {by: a, requires: [gate]}
  bridge: {by: b, reversible: 0}
  fee: {by: b, excludes: [bridge]}
"""
CASES = {
    "points, with ties": "values: {a: {gate: -1, bridge: 3, fee: 1}, b: {gate: 2, toll: -1}}",
    "rankings": """
stability:
  infeasible: [bridge and not gate]
  preferences:
    a: {ranking: [[Y - N N, N - N N], "- - Y -", "- - - Y"]}
    b: {statements: [gate if toll, bridge]}
""",
    "statements": """
stability:
  infeasible: ["gate iff fee"]
  today: gate and not toll and not bridge
  preferences:
    a: {statements: [bridge iff gate, not (toll and fee), toll and not toll, "- - Y -"]}
    b: {statements: [gate if toll or fee, bridge]}
""",
    "what cannot be begun, and what is not seen": """
stability:
  irreversible: [{by: a, from: not gate, to: gate}]
  unseen: {b: [toll and fee, gate and bridge]}
  preferences:
    a: {statements: [fee]}
    b: {statements: [gate]}
""",
}


def written(path: Path) -> tuple[Conflict, str]:
    """A dossier's conflict, and the same as the text of a .gmcr file."""
    document = load(path)
    conflict = conflict_of(document, {"draws": 2}, "closure")
    return conflict, write_gmcr(document.dossier, conflict.model, conflict.preferences)


def read_back(text: str, folder: Path) -> Conflict:
    (folder / "again.gmcr").write_text(text)
    (folder / "again.yaml").write_text(read_gmcr(folder / "again.gmcr"))
    return conflict_of(load(folder / "again.yaml"), {"draws": 2}, "closure")


def order(payoffs: np.ndarray) -> list[int]:
    return np.unique(payoffs, return_inverse=True)[1].tolist()


def same(one: Conflict, other: Conflict) -> bool:
    """Whether two conflicts have the same states, moves and orders of preference."""
    a, b = one.model, other.model
    return (
        (a.options, a.owners, a.states.tolist()) == (b.options, b.owners, b.states.tolist())
        and (a.adds, a.drops, a.seen.tolist()) == (b.adds, b.drops, b.seen.tolist())
        and sorted(map(tuple, a.barred.tolist())) == sorted(map(tuple, b.barred.tolist()))
        and [*map(order, one.preferences.payoffs)] == [*map(order, other.preferences.payoffs)]
    )


@pytest.mark.parametrize("rest", CASES.values(), ids=CASES)
def test_a_conflict_is_the_same_when_it_comes_back(tmp_path, rest):
    path = tmp_path / "case.yaml"
    path.write_text(BASE + rest)
    conflict, text = written(path)
    assert same(conflict, read_back(text, tmp_path))


@pytest.mark.parametrize("name", ["cuba-1962", "korea-2017"])
def test_the_bundled_conflicts_come_back(tmp_path, name):
    conflict, text = written(name)
    assert same(conflict, read_back(text, tmp_path))


def test_a_file_that_is_read_and_written_is_read_the_same(tmp_path):
    (tmp_path / "chicken.yaml").write_text(read_gmcr(HERE / "chicken.gmcr"))
    conflict, text = written(tmp_path / "chicken.yaml")
    assert same(conflict, read_back(text, tmp_path))


REFUSED = {
    "joint": ("  both: {by: [a, b]}\n", "several perform both"),
    "views": (
        "stability: {views: {a: {b: {statements: [fee]}}}}",
        "has no place for `views`",
    ),
    "single moves": (
        "stability: {irreversible: [{by: a, from: gate and fee, to: not gate}]}",
        "bars single moves",
    ),
}


@pytest.mark.parametrize("rest, message", REFUSED.values(), ids=REFUSED)
def test_what_the_format_cannot_say_is_refused(tmp_path, rest, message):
    path = tmp_path / "case.yaml"
    path.write_text(BASE + rest)
    with pytest.raises(CannotAnswer, match=message):
        written(path)
