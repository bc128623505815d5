"""Texts that YAML reads otherwise than they were meant: each is told with what to write, or read."""

from __future__ import annotations

from pathlib import Path

import pytest

from summitry.dossier.reader import check, load

HERE = Path(__file__).parent / "odd"
COLON = "put this text in quotes: it holds a colon"
COMMA = "put this text in quotes: it holds a comma"
HEAD = "title: T\nparties: {a: {}, b: {}}\nno_agreement: {a: 0, b: 0}\nresolution_rule: null\n"
VALUED = "values: {a: {x: 1}}\n"

FILES = {
    "colon": f"1:8: {COLON}",
    "flow_comma": f"3:33: {COMMA}",
    "id_true": '3:23: an id is needed here: `true` is read as true or false; put it in quotes: "true"',
}


@pytest.mark.parametrize("name, expected", FILES.items())
def test_it_is_told_what_to_write(monkeypatch, name, expected):
    monkeypatch.chdir(HERE)
    assert [str(problem) for problem in check(f"{name}.yaml")] == [f"{name}.yaml:{expected}"]


TEXTS = {
    "a colon in braces": ("commitments: {x: {by: a, title: Now: this, kind: pledge}}", f"5:33: {COLON}"),
    "a colon in a list": ("rounds:\n  - title: Now: this", f"6:12: {COLON}"),
    "a colon in braces over lines": ("commitments:\n  x: {by: a,\n    title: Now: this}", f"7:12: {COLON}"),
    "two commas": ("commitments: {x: {by: a, title: No x y, no z u, no w v, kind: pledge}}", f"5:33: {COMMA}"),
    "a word after a comma": (
        "commitments: {x: {by: a, title: Stop, now}}", f"5:33: {COMMA} (or write what `now` is: `now: ...`)"
    ),
    "a bracket": ("rounds: [{title: x}\ntypes: {}", "5:9: not valid YAML: this bracket is not closed"),
    "a bracket at the end": ("rounds: [{title: x}\n", "5:9: not valid YAML: this bracket is not closed"),
    "a quote": ('question: "What?\nrounds: []\n', "5:11: not valid YAML: this quote is not closed"),
    "a quote within": ("question: 'Let's'", "5:16: not valid YAML: text after what was closed before it"),
    "a sign": ("question: @home", "5:11: not valid YAML: put this text in quotes: it starts with `@`"),
    "a tab": ("types:\n\ta: {}", "6:1: not valid YAML: a tab; indent with spaces"),
    "deeper": ("question: What?\n  rounds: []", "6:9: not valid YAML: a key inside the text above it"),
    "a number for an id": ("commitments: {x: {by: 7}}", "5:23: an id is needed here: `7` is read as a number"),
    "a word in a list of ids": ("commitments: {x: {by: [a, true]}}", "5:27: a text is needed here: `true` is"),
    "a date for a text": ("question: 2019-01-01", "5:11: a text is needed here: `2019-01-01` is read as a date"),
}  # fmt: skip


@pytest.mark.parametrize("text, expected", TEXTS.values(), ids=TEXTS)
def test_a_slip_is_told_once(tmp_path, monkeypatch, text, expected):
    monkeypatch.chdir(tmp_path)
    rest = "" if "commitments" in text else "commitments: {x: {by: a}}\n" + VALUED
    Path("d.yaml").write_text(HEAD + text + "\n" + rest)
    (told,) = (str(problem) for problem in check("d.yaml") if not problem.is_note)
    assert told.startswith(f"d.yaml:{expected}")


def test_json_is_read_as_it_writes_its_characters():
    assert load(HERE / "json-emoji.yaml").dossier.title == "x \N{GRINNING FACE}"


def test_what_has_no_comma_in_it_is_left_alone(tmp_path):
    path = tmp_path / "d.yaml"
    for written in ("{by: a, title: T, note: }", "{by: a, title: 'T, now'}", "{note, by: a}"):
        path.write_text(HEAD + VALUED + f"commitments: {{x: {written}}}\n")
        assert check(path) == []
