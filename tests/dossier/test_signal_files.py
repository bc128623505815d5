"""Signals from a CSV: read like those of the YAML, their mistakes at row and column."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from summitry.dossier.reader import check, load

DOSSIER = """\
title: T
as_of: 2019-01-01
sources: {s1: {title: S}}
parties: {a: {}, b: {}}
commitments: {x: {by: a}}
no_agreement: {a: 0, b: 0}
types: {a: {p: {prior: 0.5}, q: {prior: 0.5}}}
signals:
  - {id: first, date: 2018-01-01, party: a, kind: words, source: N, says: z, shows: p}
  - {file: FILE}
  - {id: last, date: 2018-03-01, party: a, kind: words, source: N, says: z, shows: p}
"""
HEADER = "id,date,party,kind,source,reliability,says,shows,likelihoods,ratio,override,supersedes\n"
ROW = "s1,2018-02-01,a,act,N,B,z,,p=2 q=1,,TRUE,first;last\n"


def write(folder: Path, table: str | bytes, name: str = "s.csv") -> Path:
    (folder / "s.csv").write_bytes(table.encode() if isinstance(table, str) else table)
    path = folder / "d.yaml"
    path.write_text(DOSSIER.replace("FILE", f'"{name}"'))
    return path


def test_rows_stand_where_the_file_is_named(tmp_path):
    document = load(write(tmp_path, "\ufeff" + (HEADER + ROW).replace("\n", "\r\n")))
    assert [signal.id for signal in document.dossier.signals] == ["first", "s1", "last"]
    row = document.dossier.signals[1]
    assert row.date == dt.date(2018, 2, 1)
    assert (row.source.name, row.source.reliability) == ("N", "B")
    assert {name: number.value for name, number in row.likelihoods.items()} == {"p": 2, "q": 1}
    assert row.override is True
    assert row.supersedes == ["first", "last"]


def test_the_hash_covers_the_table(tmp_path):
    before = load(write(tmp_path, HEADER + ROW)).sha256
    assert before == load(write(tmp_path, HEADER + ROW)).sha256
    assert before != load(write(tmp_path, HEADER + ROW.replace("z", "y"))).sha256


REFUSED = {
    "not utf-8": (b"date,\xe9\n", ["s.csv:1:6: is not UTF-8 from here on; save the file as UTF-8"]),
    "unknown column": (
        HEADER.replace("kind", "kinds"),
        [
            "s.csv:1:1: the column `kind` is missing",
            "s.csv:1:4: unknown column `kinds`; nearest: `kind`",
        ],
    ),
    "column twice": (
        HEADER.replace("ratio", "says"),
        ["s.csv:1:10: the column `says` stands here a second time"],
    ),
    "open quote": (HEADER + 's1,"2018', ["s.csv:2:1: no valid CSV: unexpected end of data"]),
    "commas": (HEADER + "s1,2018-02-01\n", ["s.csv:2:1: 2 cells where the header has 12; quote commas"]),
    "cells": (
        HEADER + '\ns1,2018-2-1,a,acts,N,G,"z\nz",p,,high,,\n',
        [
            "s.csv:3:2: a date such as 2019-02-10 is needed here, not `2018-2-1`",
            "s.csv:3:4: `acts` is not known here; nearest: `act`",
            "s.csv:3:6: `G` is not known here; there are: A, B, C, D, E, F",
            "s.csv:3:10: one number is needed, not `high`; a range has no meaning here",
        ],
    ),
    "names": (
        HEADER + "s1,2018-02-01,aa,act,N,,z,p,,,,first;lst\n",
        [
            "s.csv:2:3: there is no party `aa`; nearest: `a`",
            "s.csv:2:12: there is no signal `lst`; nearest: `last`",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("table, expected", REFUSED.values(), ids=REFUSED)
def test_mistakes_are_told_at_row_and_column(tmp_path, table, expected):
    assert [str(problem) for problem in check(write(tmp_path, table))] == expected


@pytest.mark.parametrize("name", ["../s.csv", "/etc/passwd", "none.csv", "", ".", "a\\0b"])
def test_only_files_beside_the_dossier_are_read(tmp_path, name):
    problems = check(write(tmp_path, HEADER, name))
    assert {problem.line for problem in problems} == {10}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "s.csv").write_text(HEADER + ROW)
    path = write(tmp_path / "inner", HEADER, "link.csv")
    (tmp_path / "inner" / "link.csv").symlink_to(tmp_path / "s.csv")
    assert "lies beside the dossier" in str(check(path)[0])
