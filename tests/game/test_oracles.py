"""Games with known results: a few beside the test, all where the larger collection lies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "check_oracles.py"
FEW = Path(__file__).parent / "games_second_form.json"
ALL = ROOT.parent / "shared" / "oracles" / "games_second_form.json"


def run(*paths: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, paths)], capture_output=True, text=True
    )


@pytest.mark.parametrize(
    "path",
    [
        FEW,
        pytest.param(
            ALL, marks=pytest.mark.skipif(not ALL.exists(), reason="larger collection not here")
        ),
    ],
    ids=["few", "all"],
)
def test_all_results_agree(path):
    done = run(path)
    assert done.returncode == 0, done.stdout + done.stderr
    for line in done.stdout.splitlines():
        agree, number = line.split(": ")[1].removesuffix(" agree").split(" of ")
        assert agree == number
    assert len(done.stdout.splitlines()) == 13


def test_a_wrong_result_is_found(tmp_path):
    changed = FEW.read_text().replace('"nash":', '"nash": 99999, "was":', 1)
    path = tmp_path / "games.json"
    path.write_text(changed)
    assert run(path).returncode in (1, 2)
    assert run(tmp_path / "missing.json").returncode == 2


def test_a_wrong_agreement_is_found(tmp_path):
    changed = FEW.read_text().replace('"in_force":', '"in_force":9', 1)
    path = tmp_path / "games.json"
    path.write_text(changed)
    assert run(path).returncode == 1
