"""A dossier of issues reads as scales with the parties along them."""

from __future__ import annotations

import io

from rich.console import Console

from summitry.dossier.reader import load
from summitry.report.dossier import page

TEXT = """\
title: T
parties: {a: {name: Aland}, b: {name: Bland}, c: {}}
issues:
  tax:
    title: The tax
    scale: {0: none, 10: much}
    no_agreement: 1
    rule: {qualified: {quota: 3, weights: {a: 2, b: 1}}}
    agenda_setter: b
    resolution: {value: 4, note: "coded"}
    positions:
      a: {position: 2, salience: 0.5}
      b: {position: 3 to 5, salience: 1}
      c: {position: 10, salience: 1}
"""
LINES = [
    "    0   none", "    1             no agreement", "    2             Aland (0.5)",
    "    4             Bland, 3 to 5 (1)", "   10   much      c (1)",
    "Rule: qualified, 3 of 3 votes (Aland 2, Bland 1); Bland sets the agenda.", "Outcome: 4 (coded)",
]  # fmt: skip


def test_a_scale_is_told_from_low_to_high(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(TEXT)
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(page(load(path).dossier))
    told = [line.rstrip() for line in console.export_text().splitlines()]
    assert "The tax (tax)" in told
    assert [line for line in told if line in LINES] == LINES
    assert "trust" not in "".join(told)
