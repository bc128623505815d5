"""What other tools printed: a little beside the tests, all where the larger collection lies."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from summitry.analysis.positions.arrays import central_arrays
from summitry.analysis.positions.exchange import exchange
from summitry.analysis.positions.trading import matter_of
from summitry.dossier.reader import load

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "scripts" / "check_oracles.py"
KTAB = ROOT / "tests" / "formats" / "ktab" / "SOE-Pol-Comp.csv"
SHARED = ROOT.parent / "shared" / "oracles" / "positions"

# KTAB's reference run of that file at turn 0 (KAPSARC, MIT licence): attitudes to risk, the first
# party's utilities, chances to win, as printed
TURN = {
    "input": KTAB.name,
    "actors": ["XJ", "LK", "ZG", "MK", "LH", "XS", "NEA", "MLR", "MEP", "MOF", "SHX", "HLJ", "WY"],
    "risk": [1.0, -0.498, -0.452, 0.362, -0.5, -0.5, -0.497, -0.499, -0.452, 0.643, -0.383, -0.196, -0.5],
    "utilities": [1.0, 0.8335, 0.998, 0.9455, 0.83, 0.9875, 0.996, 0.91, 0.998, 0.9635, 0.92, 0.99, 0.8675],
    "chances": [0.0618, 0.0156, 0.0117, 0.434, 0.0028, 0, 0.002, 0.0013, 0.0117, 0.2481, 0.1533, 0.0689, 0.0005],
}  # fmt: skip


def run(*paths: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, paths)], capture_output=True, text=True
    )


def agreement(done: subprocess.CompletedProcess[str]) -> dict[str, tuple[int, int]]:
    lines = re.findall(r"^(.*): (\d+) of (\d+) agree$", done.stdout, re.M)
    return {kind: (int(agree), int(number)) for kind, agree, number in lines}


def test_a_ktab_run_is_found_with_its_input_beside_it(tmp_path):
    (tmp_path / KTAB.name).write_bytes(KTAB.read_bytes())
    size = len(TURN["actors"])
    case = {
        "input": TURN["input"],
        "actors": TURN["actors"],
        "risk_turn0": TURN["risk"],
        "value_matrix_turn0": [[1.0] * size] * size,
        "utility_matrix_turn0": [TURN["utilities"]] * size,
        "win_prob_by_turn": {
            actor: [chance] for actor, chance in zip(TURN["actors"], TURN["chances"], strict=True)
        },
    }
    path = tmp_path / "run.json"
    path.write_text(json.dumps(case))
    done = run(path)
    told = agreement(done)
    assert done.returncode == 1  # only the first row of the utilities is the run's own
    assert told["run: risk"] == (size, size)
    assert told["run: chances to win"] == (size, size)
    assert told["run: utilities"][0] >= size
    (tmp_path / KTAB.name).unlink()
    path.write_text(json.dumps(case | {"input": "nowhere.csv"}))
    assert run(path).returncode == 2


def test_the_first_trade_of_paris_is_the_one_published_for_it():
    """China and the United States (the run of a published tool on the same positions)."""
    matter, parties = matter_of(central_arrays(load("paris-2015").dossier))
    settled = exchange(matter, "logs")
    first = settled.trades[0]
    assert {parties[first.i], parties[first.j]} == {"china", "usa"}
    assert first.gain == pytest.approx(2.19072165, abs=1e-8)
    assert np.isclose([first.i_moves[1], first.j_moves[1]], 10.786082, atol=1e-6).any()
    assert len(settled.trades) == 129


@pytest.mark.skipif(not SHARED.is_dir(), reason="larger collection not here")
def test_the_larger_collection_agrees():
    told = agreement(run(*sorted(SHARED.iterdir())))
    for kind, (agree, number) in told.items():
        if not kind.startswith("equalgain"):
            assert agree == number, kind
    for run_of, least in (("copenhagen", 431), ("sample_data", 346)):
        assert told[f"equalgain_{run_of}: trades"][0] >= least
        agree, number = told[f"equalgain_{run_of}: trades as valued"]
        assert agree >= number - 1
