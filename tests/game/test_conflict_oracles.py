"""Conflicts with known labels: classic games beside the test, all where the collection lies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.game.test_oracles import ROOT, run

FEW = Path(__file__).parent / "classic_2x2.json"
ALL = ROOT.parent / "shared" / "oracles" / "stability"
HERE = pytest.mark.skipif(not ALL.exists(), reason="larger collection not here")


@pytest.mark.parametrize(
    "paths",
    [[FEW], pytest.param(sorted(ALL.glob("*.json")), marks=HERE)],
    ids=["few", "all"],
)
def test_all_labels_agree(paths):
    done = run(*paths)
    assert done.returncode == 0, done.stdout + done.stderr
    for line in done.stdout.splitlines():
        agree, number = line.rsplit(": ", 1)[1].removesuffix(" agree").split(" of ")
        assert agree == number != "0"


def test_a_wrong_label_is_found(tmp_path):
    data = json.loads(FEW.read_text())
    data["games"][0]["equilibria"]["R"] = ["CC"]
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(data))
    assert run(path).returncode == 1
    path.write_text(json.dumps({"variants": [{}]}))
    assert run(path).returncode == 2
