"""A dossier shown: what it says of stability is there to be read."""

from __future__ import annotations

import io

from rich.console import Console

from summitry.dossier.reader import load
from summitry.report.dossier import page

TEXT = """
title: Two neighbours
parties: {a: {}, b: {}}
commitments: {gate: {by: a}, toll: {by: a}, bridge: {by: b}}
stability:
  today: calm
  states: {calm: N N N, war: Y Y Y}
  infeasible: [toll and not gate]
  irreversible: [{by: b, from: bridge and gate, to: not bridge}]
  unseen: {b: [toll and bridge]}
  preferences:
    a: {statements: [bridge, not toll]}
    b: {ranking: [calm, [Y N N, Y Y N], "- N Y", war]}
  views: {b: {a: {statements: [toll]}}}
"""


def test_orders_names_and_limits_are_shown(tmp_path):
    path = tmp_path / "neighbours.yaml"
    path.write_text(TEXT)
    console = Console(width=110, record=True, file=io.StringIO())
    console.print(page(load(path).dossier))
    shown = console.export_text()
    for line in (
        "calm    N N N",
        "a                bridge; not toll",
        "b                calm > Y N N = Y Y N > - N Y > war",
        "a, as b thinks   toll",
        "Today: calm",
        "Cannot be: toll and not gate",
        "b cannot move from `bridge and gate` to `not bridge`",
        "b does not know of: toll and bridge",
    ):
        assert line in shown, shown
