"""Files made to break the reader are refused with one clear mistake, and nothing is run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from summitry.dossier.reader import check

HEAD = "title: T\nparties: {a: {}, b: {}}\nno_agreement: {a: 0, b: 0}\n"
HOSTILE = {
    "utf-16": ("title: T".encode("utf-16"), "1:1: is not UTF-8"),
    "blank": (b"\n \n", "is empty"),
    "comment": (b"# nothing\n", "1:1: a dossier is a mapping"),
    "control character": (b"title: a\x1b[2Jb\n", "1:9: the control character '\\x1b' is refused"),
    "escaped control": ((HEAD + 'question: "\\e[2J"\n').encode(), "4:11: the control character"),
    "lone surrogate": ((HEAD + 'question: "\\ud800"\n').encode(), "4:11: the control character"),
    "custom tag": (b"title: !shell ls\n", "1:8: the tag `!shell` is refused"),
    "binary tag": (b"title: !!binary aGk=\n", "1:8: the tag"),
    "yaml 1.1": (b"%YAML 1.1\n---\ntitle: NO\n", "a dossier is YAML 1.2"),
    "merge key": ((HEAD + "trust: {<<: {a: 1}}\n").encode(), "4:9: merging by `<<`"),
    "two documents": (b"title: T\n---\ntitle: T\n", "not valid YAML"),
    "holds itself": (b"title: &x [*x]\n", "multiply without end"),
    "deep flow": (b"title: " + b"[" * 20000, "nested more than 40 deep"),
    "deep block": (b"".join(b" " * k + b"a:\n" for k in range(300)), "nested more than 40 deep"),
    "anchors": (b"a: [" + b"&x y, " * 100_000, "more than 30000 parts"),
    "list key": ((HEAD + "[a]: 3\n").encode(), "4:1: a key must be a single word"),
    "digits": ((HEAD + f"knowledge: {'9' * 900_000}\n").encode(), "4:12: "),
    "quoted digits": ((HEAD + f"knowledge: '{'9' * 900_000}'\n").encode(), "4:12: "),
    "hexadecimal": ((HEAD + f"knowledge: 0x{'f' * 9000}\n").encode(), "4:12: "),
    "infinite": ((HEAD + "knowledge: .inf\n").encode(), "4:12: inf is not a finite number"),
}


@pytest.mark.parametrize("data, expected", HOSTILE.values(), ids=HOSTILE)
def test_refused_with_a_short_message(tmp_path, data, expected):
    path = tmp_path / "d.yaml"
    path.write_bytes(data)
    told = [str(problem) for problem in check(path)]
    assert any(expected in line for line in told), told
    assert all(len(line) < 700 and line.isprintable() for line in told)


def test_nothing_is_run(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(f"title: !!python/object/apply:os.mkdir [{tmp_path / 'made'}]\n")
    assert "refused" in str(check(path)[0])
    assert not (tmp_path / "made").exists()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device to refuse")
def test_devices_and_pipes_are_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero"):
        assert "no regular file" in str(check(path)[0])


def test_more_commitments_than_can_be_answered_are_refused(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(HEAD + "commitments:\n" + "".join(f"  c{k}: {{by: a}}\n" for k in range(201)))
    assert "201 commitments; at most 200" in str(check(path)[0])


@pytest.mark.parametrize(
    "text",
    [
        "title: NO\nparties: {NO: {}, SE: {}}\nno_agreement: {NO: 0, SE: 0}\n",
        "\ufefftitle: T\r\nparties: {NO: {}, SE: {}}\r\nno_agreement: {NO: 0, SE: 0}\r\n",
        "as_of: '2030-01-01'\ntitle: T\nparties: {NO: {}, SE: {}}\nno_agreement: {NO: 0, SE: 0}\n"
        'rounds: [{date: "2030-02-01"}, {date: 2030-03-01}]\n',
        "title: T\nparties: {NO: &one {role: principal}, SE: *one}\nno_agreement: {NO: 0, SE: 0}\n",
    ],
    ids=["norway", "byte order mark", "quoted dates", "an honest alias"],
)
def test_what_only_looks_odd_is_read(tmp_path, text):
    path = tmp_path / "d.yaml"
    rest = "commitments: {c: {by: NO}}\nvalues: {NO: {c: 1}}\nresolution_rule: null\n"
    path.write_bytes((text + rest).encode())
    assert check(path) == []
