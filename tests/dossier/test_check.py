"""Every mistake is found at its place, all at once, and nothing hostile gets through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.dossier.errors import DossierError
from summitry.dossier.reader import check, load

BASE = """\
title: T
as_of: 2019-01-01
sources: {s1: {title: S}}
parties: {a: {}, b: {}, c: {role: stakeholder}}
commitments:
  x: {by: a}
  y: {by: b, requires: [x]}
values: {a: {x: -3 to -1, y: 2 to 8}, b: {x: 4, y: -2}}
no_agreement: {a: 0, b: 0}
"""

BROKEN = {
    "misspelt id": (BASE.replace("requires: [x]", "requires: [xx]"), ["7:25", "nearest: `x`"]),
    "unknown key": (BASE + "trsut: {a: 0.2}\n", ["10:1", "nearest: `trust`"]),
    "duplicate key": (BASE + "title: again\n", ["10:1", "twice (first on line 1)"]),
    "circle": (BASE.replace("x: {by: a}", "x: {by: a, requires: [y]}"), ["6:14", "x -> y -> x"]),
    "nobody": (BASE.replace("x: {by: a}", "x: {by: []}"), ["6:7", "nobody performs `x`"]),
    "unreached tier": (
        BASE.replace("y: {by: b, requires: [x]}", "y: {by: b, excludes: [x]}")
        + "tiers: [{id: t, all: [x, y]}]\n",
        ["10:9", "no possible package reaches"],
    ),
    "tiers out of order": (
        BASE + "tiers: [{id: high, all: [y]}, {id: low, all: [x]}]\n",
        ["10:9", "also satisfies a later tier"],
    ),
    "priors": (
        BASE + "types: {a: {p: {prior: 0.5}, q: {prior: 0.4}}}\n",
        ["10:9", "sum to 0.9"],
    ),
    "swapped range": (BASE.replace("2 to 8", "8 to 2"), ["8:30", "write `2 to 8`"]),
    "bound of a range": (BASE + "trust: {a: 0 to 0.5}\n", ["10:12", "uniform", "beta"]),
    "no such source": (
        BASE + "knowledge: {value: 0.4, because: [s2]}\n",
        ["10:35", "`s2`", "there are: s1"],
    ),
    "signal without types": (
        BASE + "signals: [{date: 2018-12-01, party: a, kind: words, source: N, says: z, shows: p}]\n",
        ["10:37", "has no `types`"],
    ),
    "too many": (
        BASE.replace("x: {by: a}", "\n  ".join(f"x{k}: {{by: a}}" for k in range(205)) + "\n  x: {by: a}"),
        ["207 commitments; at most 200"],
    ),
    "empty": ("", ["is empty"]),
    "not a mapping": ("- 1\n- 2\n", ["1:1", "a dossier is a mapping"]),
    "python tag": (BASE + "question: !!python/object/apply:os.system [ls]\n", ["10:11", "refused"]),
    "tab": ("title: T\nparties:\n\ta: {}\n", ["3:1", "not valid YAML"]),
    "deep": ("title: " + "[" * 200 + "\n", ["nested more than"]),
    "bomb": (
        "a: &a [1,1,1,1,1,1,1,1,1,1]\n"
        + "".join(
            f"{x}: &{x} [{','.join(['*' + y] * 10)}]\n"
            for y, x in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        ["multiply without end"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("text, expected", BROKEN.values(), ids=BROKEN)
def test_mistake_is_told_with_its_place(tmp_path, text, expected):
    path = tmp_path / "d.yaml"
    path.write_text(text)
    told = "\n".join(str(p) for p in check(path) if not p.is_note)
    for part in expected:
        assert part in told, told


def test_the_base_is_right(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(BASE + "resolution_rule: null\n")
    assert check(path) == []


def test_all_mistakes_are_told_at_once(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(
        BASE.replace("2 to 8", "8 to 2").replace("requires: [x]", "requires: [z]") + "bogus: 1\n"
    )
    assert [p.line for p in check(path)] == [7, 8, 10]


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / "latin.yaml").write_bytes("title: Tschüß\n".encode("latin-1"))
    with (tmp_path / "huge.yaml").open("wb") as out:
        out.truncate(50_000_000)
    told = {
        name: str(check(tmp_path / name)[0])
        for name in ("latin.yaml", "huge.yaml", "missing.yaml", ".")
    }
    assert "1:12: is not UTF-8" in told["latin.yaml"]
    assert "is 50 MB" in told["huge.yaml"]
    assert "no such file" in told["missing.yaml"]
    assert "is a directory" in told["."]
    assert "hanoi-2019" in str(check("hanoi-2018")[0])


SIGNALS = "types: {a: {p: {prior: 0.5}, q: {prior: 0.5}}}\nsignals: [{file: s.csv}]\n"


def test_rows_of_signals_are_located(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(BASE + SIGNALS)
    (tmp_path / "s.csv").write_text(
        "date,party,kind,source,says,shows,credibility\n"
        "2018-12-01,a,words,N,fine,p,2\n"
        "2018-13-01,a,words,N,bad date,p,2\n"
        "2018-12-01,a,wrods,N,bad kind,p,2\n"
    )
    told = [str(problem) for problem in check(path)]
    assert any(line.startswith("s.csv:3:1: ") and "2018-13-01" in line for line in told)
    assert any(line.startswith("s.csv:4:") and "nearest: `words`" in line for line in told)


def test_an_inline_signal_of_the_future_is_noted_once(tmp_path):
    path = tmp_path / "d.yaml"
    late = "{date: 2019-05-01, party: a, kind: words, source: N, says: z, shows: p}"
    rule = "resolution_rule: null\n"
    path.write_text(BASE + rule + SIGNALS.replace("{file: s.csv}", f"{late}, {late}"))
    notes = check(path)
    assert len(notes) == 1
    assert notes[0].is_note


def test_changes_for_one_run(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(BASE + "trust: {a: {value: 0.1 to 0.2, note: low}}\n")
    dossier = load(path, ["trust.a=0.6", "trust.b=0.3 to 0.4"]).dossier
    assert dossier.trust["a"].estimate.parameters == (0.6,)
    assert dossier.trust["a"].note == "low"
    assert dossier.trust["b"].estimate.distribution == "logitnormal"
    for wrong in ("trsut.a=1", "trust.a", "values.z.q.x=1", "trust.z=0.5", "trust.a=2"):
        with pytest.raises(DossierError, match="--set"):
            load(path, [wrong])


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_garbage_is_refused_and_nothing_else(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("g") / "g.yaml"
    path.write_bytes(data)
    assert check(path)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_dossier_never_raises(tmp_path_factory, data):
    at = data.draw(st.integers(0, len(BASE) - 1))
    piece = data.draw(st.text(max_size=6))
    cut = data.draw(st.integers(0, 8))
    path = tmp_path_factory.mktemp("g") / "g.yaml"
    path.write_text(BASE[:at] + piece + BASE[at + cut :], encoding="utf-8", newline="")
    check(path)
