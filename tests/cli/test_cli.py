"""What the commands print, and how they end."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from summitry.cli import main
from summitry.dossier.library import bundled_path

STARTER = str(bundled_path("starter"))


def run(*words: str):
    return CliRunner().invoke(main, list(words))


@pytest.mark.parametrize("words", [("--help",), ("schema",), ("schema", "forecast")], ids=str)
def test_commands_end_well(words):
    assert run(*words).exit_code == 0


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from summitry.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'numba', 'scipy', 'pydantic', 'rich', 'ruamel'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_new_dossier_passes_and_runs(tmp_path):
    path = str(tmp_path / "my.yaml")
    assert run("new", path).exit_code == 0
    assert run("check", path).output == f"{path}: no mistakes\n"
    assert run("new", path).exit_code == 2
    told = run("expect", path, "--draws", "32", "--json")
    assert told.exit_code == 0
    assert json.loads(told.output)["draws"] == 32


@pytest.mark.parametrize(
    "words",
    [
        ("check", "no-such-file.yaml"),
        ("expect", "hanoi-2018"),
        ("expect", STARTER, "--set", "trust.uplnad=0.5"),
        ("expect", STARTER, "--round", "9"),
        ("expect", STARTER, "--seed", "-1"),
        ("expect", STARTER, "--as-of", "2090-01-01"),
        ("exepct", STARTER),
    ],
    ids=lambda words: " ".join(words[::2]),
)
def test_bad_input_ends_with_two_and_no_traceback(words):
    done = run(*words)
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)
    assert (done.stderr or done.output).strip()


def test_show(snapshot):
    assert run("show", STARTER).output == snapshot


def test_expect_page(snapshot):
    assert run("expect", STARTER, "--draws", "64", "--workers", "2").output == snapshot
