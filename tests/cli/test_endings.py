"""However a command ends, it ends with one message and the right code."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

import summitry
from summitry.cli import COMMANDS, HELP, main
from summitry.dossier.library import bundled_path

STARTER = str(bundled_path("starter"))


def run(*words: str):
    return CliRunner().invoke(main, list(words))


def test_every_command_is_listed_and_can_be_asked_for_help():
    assert set(COMMANDS) == set(HELP)
    for name in COMMANDS:
        told = run(name, "--help")
        assert told.exit_code == 0
        assert told.output.startswith("Usage: ")


def test_notes_are_no_mistakes(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text("title: T\nparties: {a: {}}\ncommitments: {c: {by: a}}\n")
    told = run("check", str(path))
    assert told.exit_code == 0
    assert f"{path}:1:1: note: `no_agreement` of a is left out" in told.output


def test_one_bad_file_among_good_ones_ends_with_two(tmp_path):
    told = run("check", STARTER, str(tmp_path), STARTER)
    assert told.exit_code == 2
    assert told.output.splitlines()[0] == f"{STARTER}: no mistakes"
    assert "is a directory" in told.output


def test_an_existing_file_is_left_as_it_is(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("mine")
    told = run("new", str(path))
    assert told.exit_code == 2
    assert path.read_text() == "mine"


def test_a_file_that_cannot_be_written(tmp_path):
    path = tmp_path / "absent" / "my.yaml"
    told = run("new", str(path))
    assert (told.exit_code, told.output) == (2, f"{path}: No such file or directory\n")


def test_a_misspelt_command_is_answered_with_the_nearest():
    told = run("shwo", STARTER)
    assert told.exit_code == 2
    assert "did you mean `show`?" in told.output


@pytest.mark.parametrize(
    "error, code, message",
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (summitry.CannotAnswer("`rounds` is missing"), 2, "`rounds` is missing"),
        (OSError(28, "No space left on device"), 2, "No space left on device"),
    ],
    ids=["interrupted", "cannot answer", "disk full"],
)
def test_errors_become_one_message(monkeypatch, error, code, message):
    def fail(name):
        raise error

    monkeypatch.setattr("summitry.dossier.reader.check", fail)
    told = run("check", STARTER)
    assert (told.exit_code, told.output) == (code, f"{message}\n")


def test_a_mistake_of_ours_is_not_hidden(monkeypatch):
    monkeypatch.setattr("summitry.dossier.reader.check", lambda name: 1 / 0)
    assert isinstance(run("check", STARTER).exception, ZeroDivisionError)


def test_a_reader_that_leaves_early_is_no_error():
    command = f'"{sys.executable}" -m summitry schema | head -1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_a_terminal_without_the_letters_shows_question_marks():
    done = subprocess.run(
        [sys.executable, "-m", "summitry", "show", "hanoi-2019"],
        capture_output=True, text=True, env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Second Kim?Trump summit")


def test_the_public_names_are_these_and_can_be_imported():
    assert summitry.__all__ == [
        "CannotAnswer", "Document", "DossierError", "Forecast", "SummitryError", "backtest_deals",
        "backtest_positions", "check", "classes", "compare", "deals", "divide", "expect",
        "import_file", "levers", "load", "obstacles", "positions", "record", "record_sweep", "resolve", "roadmap",
        "score", "signals", "stability", "sweep", "timeline", "verify", "what_if",
        "__version__",
    ]  # fmt: skip
    assert all(hasattr(summitry, name) for name in summitry.__all__)
    with pytest.raises(AttributeError, match="no attribute `lod`"):
        _ = summitry.lod
