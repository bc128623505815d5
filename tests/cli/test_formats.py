"""The commands for other tools' files: what they write, and what they refuse."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from summitry.cli import main


def run(*words: str):
    return CliRunner().invoke(main, list(words))


def test_a_conflict_goes_out_and_comes_back(tmp_path):
    model, dossier = str(tmp_path / "cuba.gmcr"), str(tmp_path / "cuba.yaml")
    assert run("export", "cuba-1962", "--to", "gmcr", "--out", model).exit_code == 0
    assert run("import", model, "--out", dossier).exit_code == 0
    assert run("check", dossier).output == f"{dossier}: no mistakes\n"
    assert "withdraw and escalate" in run("import", model).output


@pytest.mark.parametrize(
    "words, told",
    [
        (("import", "{old}"), "is none of the formats known"),
        (("import", "{old}", "--format", "gmcr"), "1:1: not valid JSON"),
        (("import", "{none}.gmcr"), "cannot be read"),
        (("import", "{model}", "--out", "{old}"), "exists and is left as it is"),
        (("export", "cuba-1962", "--to", "gmcr", "--out", "{old}"), "exists and is left as it is"),
        (("export", "cuba-1962", "--to", "efg", "--out", "{none}"), "needs `values`"),
        (("export", "cuba-1962", "--to", "gmcr", "--tier", "x", "--out", "{none}"), "--to efg"),
        (("export", "hanoi-2019", "--to", "gmcr", "--out", "{none}"), "several perform"),
        (("export", "hanoi-2018", "--to", "gmcr", "--out", "{none}"), "hanoi-2019"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else None,
)
def test_bad_input_ends_with_two_and_no_traceback(tmp_path, words, told):
    files = {name: tmp_path / name for name in ("old", "none")} | {"model": tmp_path / "c.gmcr"}
    files["old"].write_text("an old file")
    run("export", "cuba-1962", "--to", "gmcr", "--out", str(files["model"]))
    done = run(*(word.format(**files) for word in words))
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)
    assert told in done.output
    assert files["old"].read_text() == "an old file"
    assert not files["none"].exists()
