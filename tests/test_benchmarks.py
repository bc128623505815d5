"""The dossier that benchmarks measure by is what its script writes, and of the size it says."""

from __future__ import annotations

import runpy
from pathlib import Path

import summitry
from summitry.game.compile import compile_game

FOLDER = Path(__file__).parents[1] / "benchmarks"


def test_the_synthetic_dossier_never_changes():
    written = runpy.run_path(str(FOLDER / "synthetic.py"))["text"]()
    assert (FOLDER / "synthetic.yaml").read_text(encoding="utf-8") == written
    game = compile_game(summitry.load(FOLDER / "synthetic.yaml").dossier, draws=2, seed=0)
    sizes = len(game.commitments), len(game.board.masks), len(game.parties), len(game.strata)
    assert sizes == (16, 8192, 5, 6)
