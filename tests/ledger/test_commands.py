"""The ledger's commands: what they print, and how they end."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from summitry.cli import main
from tests.ledger.talks import past


def run(*words: str, given: bytes | None = None):
    return CliRunner().invoke(main, list(words), input=given)


@pytest.fixture(autouse=True)
def ledger(tmp_path, monkeypatch):
    path = tmp_path / "ledger.sqlite3"
    monkeypatch.setenv("SUMMITRY_LEDGER", str(path))
    monkeypatch.setenv("SUMMITRY_AUTHOR", "Ada")
    return path


def plain(text: str, folder) -> str:
    """A page without what changes from run to run: ids, times, folders."""
    text = text.replace(str(folder), "FOLDER")
    text = re.sub(r"\b[0-9a-f]{64}\b", "SHA256", text)
    text = re.sub(r"\b[0-9a-f]{12}\b", "ID", text)
    return re.sub(r"20(2[1-9]|[3-9]\d)-\d\d-\d\d(T[\d:]+Z)?", "TODAY", text)


def test_the_whole_way(tmp_path, snapshot):
    told = []

    def go(*words: str) -> str:
        done = run(*words)
        assert done.exit_code == 0, done.output
        told.append(plain(f"$ {' '.join(words)}\n{done.output}", tmp_path))
        return done.output

    page = go("record", str(past(tmp_path)), "--draws", "32")
    id = re.search(r"[0-9a-f]{64}", page).group()
    go("ledger", "rival", id[:12], "--by", "A crowd", "--date", "2020-05-20",
       "--probability", "none=0.2", "--probability", "text=0.5", "--probability", "ferry=0.3",
       "--because", "its mean")  # fmt: skip
    go("resolve", id[:12], "--tier", "text", "--because", "the text")
    go("ledger", "list")
    go("ledger", "show", id[:12])
    go("score")
    go("ledger", "verify")
    assert told == snapshot


def test_answers_as_json_and_files(tmp_path):
    recorded = json.loads(run("record", str(past(tmp_path)), "--draws", "32", "--json").output)
    id = recorded["entry"]["id"]
    assert json.loads(run("ledger", "list", "--json").output)[0]["id"] == id
    shown = json.loads(run("ledger", "show", id, "--json").output)
    assert shown["asked"]["rule"]["decides"] == "the author"
    dossier = shown["inputs"][0]["sha256"]
    assert run("ledger", "show", dossier).stdout_bytes == (tmp_path / "talks.yaml").read_bytes()
    file, chart = str(tmp_path / "all.jsonl"), tmp_path / "score.svg"
    assert run("ledger", "export", file).exit_code == 0
    assert run("ledger", "export", "-").stdout_bytes == (tmp_path / "all.jsonl").read_bytes()
    anchor = run("ledger", "anchor").output.strip()
    assert run("ledger", "verify", file, "--anchor", anchor, "--sample", "0").exit_code == 0
    assert run("ledger", "import", file).output == "0 new entries\n"
    piped = run(
        "ledger", "verify", "-", "--sample", "0", given=(tmp_path / "all.jsonl").read_bytes()
    )
    assert (piped.exit_code, "whole" in piped.output) == (0, True)
    assert piped.output.startswith("standard input: 2 entries")
    refused = run("ledger", "import", "-", given=b"nothing")
    assert refused.output.startswith("standard input: is no exported ledger")
    early = run("resolve", id, "--tier", "none", "--because", "a slip", "--date", "2019-06-30")
    assert "1 of 1 forecasts have their cut-off on that day or later" in early.output
    slip = json.loads(run("ledger", "list", "--json").output)[-1]["id"]
    right = run("resolve", id, "--tier", "none", "--because", "silence", "--supersedes", slip)
    assert "note:" not in right.output
    scores = json.loads(run("score", "--json", "--chart", str(chart)).stdout)
    assert scores["resolved"] == 1
    assert chart.stat().st_size > 1000
    bent = (tmp_path / "all.jsonl").read_text().replace("Ada", "Bob")
    (tmp_path / "all.jsonl").write_text(bent)
    done = run("ledger", "verify", file, "--sample", "0", "--json")
    assert (done.exit_code, json.loads(done.output)["whole"]) == (1, False)


WRONG = {
    "nothing yet": ("ledger", "list"),
    "no ledger": ("score", "--ledger", "mysql://host/name"),
    "no file": ("ledger", "verify", "no-such-file.jsonl"),
    "unknown id": ("resolve", "abcd1234", "--tier", "none", "--because", "x"),
    "no question to judge": ("record", "panama-canal-1974"),
    "a date before the dossier": ("record", "hanoi-2019", "--as-of", "2019-01-29", "--draws", "8"),
    "half a probability": ("ledger", "rival", "abcd", "--by", "B", "--date", "2020-01-01",
                           "--probability", "none", "--because", "x"),
    "no anchor": ("ledger", "verify", "--anchor", "head"),
    "no chart": ("score", "--chart", "score.txt"),
}  # fmt: skip


@pytest.mark.parametrize("words", list(WRONG.values()), ids=WRONG)
def test_what_is_wrong_ends_with_two_and_a_message(words):
    done = run(*words)
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)
    assert (done.stderr or done.output).strip()


def test_help_and_lists_import_nothing_heavy(tmp_path, ledger):
    from tests.ledger.talks import chain

    chain(ledger, 1)
    for words, light in {
        ("ledger", "--help"): ("sqlalchemy", "alembic", "rfc8785", "psycopg", "numpy", "rich"),
        ("record", "--help"): ("sqlalchemy", "alembic", "rfc8785", "psycopg", "numpy", "rich"),
        ("ledger", "list"): ("alembic", "psycopg", "numba", "scipy", "pydantic"),
    }.items():
        code = (
            "import sys; from summitry.cli import main\n"
            f"try: main({list(words)!r})\n"
            "except SystemExit as end: assert not end.code, end\n"
            f"sys.exit(str(set({light!r}) & set(sys.modules)) if set({light!r}) & set(sys.modules) else 0)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
