"""Plans as analysts write them, and as they get them wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.dossier.errors import DossierError
from summitry.dossier.library import bundled_names, bundled_path
from summitry.engine.plan import fingerprint
from summitry.engine.plan_reader import read_plan

GRID = """\
dossiers: [hanoi-2019, mine/*.yaml]
settings:
  as-written: []
  trusting: [trust.usa=0.9, trust.dprk=0.9]
dates: [2019-02-10, 2019-02-20]
draws: [64, 128]
seeds: 0 to 4
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mine").mkdir()
    for name in ("a", "b"):
        (tmp_path / "mine" / f"{name}.yaml").write_bytes(bundled_path("starter").read_bytes())
    return tmp_path


def read(folder, text, name="plan.yaml"):
    (folder / name).write_text(text)
    return read_plan(folder / name)


def test_a_grid_holds_every_combination_once(folder):
    plan = read(folder, GRID)
    cases = [plan.case(k) for k in range(plan.cases)]
    assert plan.cases == 3 * 2 * 2 * 2 * 5
    assert len({(c.source, c.setting, c.as_of, c.draws, c.seed) for c in cases}) == plan.cases
    assert [c.number for c in cases] == list(range(plan.cases))
    assert [cases[0].as_of, cases[1].as_of] == [dt.date(2019, 2, 10), dt.date(2019, 2, 20)]
    assert cases[-1].source.name == "mine/b.yaml"
    assert cases[-1].setting.changes == ("trust.usa=0.9", "trust.dprk=0.9")


def test_table_mapping_and_rows_say_the_same(folder, monkeypatch):
    monkeypatch.chdir(folder)
    table = read(
        folder, "dossier,set,as_of,seed\nmine/a.yaml,trust.upland=0.9; knowledge=0.5,,3\n", "p.csv"
    )
    rows = read_plan(
        [{"dossier": "mine/a.yaml", "set": "trust.upland=0.9; knowledge=0.5", "seed": 3}]
    )
    assert table.case(0) == rows.case(0)
    assert table.case(0).setting.changes == ("trust.upland=0.9", "knowledge=0.5")
    grid = read_plan({"dossiers": "mine/a.yaml", "seeds": range(10**7)})
    assert grid.cases == 10**7
    assert grid.case(grid.cases - 1).seed == 10**7 - 1


@pytest.mark.parametrize(
    "name, text, expected",
    [
        ("p.yaml", "dossier: hanoi-2019\n", "p.yaml:1:1: there is no key `dossier`; nearest: `dossiers`"),
        ("p.yaml", "dossiers: [hanoi-2018]\n", "p.yaml:1:12: there is no such file or bundled dossier: `hanoi-2018`; nearest: `hanoi-2019`"),
        ("p.yaml", "dossiers: none/*.yaml\n", "p.yaml:1:11: no file matches: `none/*.yaml`"),
        ("p.yaml", "dossiers: hanoi-2019\ndates:\n  - 2019-02-30\n", "p.yaml:3:5: `2019-02-30` is no date; write YYYY-MM-DD"),
        ("p.yaml", "dossiers: hanoi-2019\ndraws: [1]\n", "p.yaml:2:9: `1` is no whole number from 2"),
        ("p.yaml", "dossiers: hanoi-2019\nseeds: 5 to 1\n", "p.yaml:2:8: `5 to 1` is no range of seeds"),
        ("p.yaml", "dossiers: hanoi-2019\nsettings: {x: [trust]}\n", "p.yaml:2:16: `trust` is no change"),
        ("p.yaml", "dossiers: hanoi-2019\nsettings: 3\n", "p.yaml:2:11: write `NAME: [PATH=VALUE, ...]`"),
        ("p.yaml", "dossiers: []\n", "`dossiers` is empty"),
        ("p.yaml", "draws: 64\n", "names no dossier; give `dossiers`"),
        ("p.yaml", "dossiers: [a\n", "not valid YAML"),
        ("p.yaml", "\n", "p.yaml: is empty"),
        ("p.csv", "dossier,sede\nhanoi-2019,1\n", "p.csv:1:2: there is no column `sede`; nearest: `seed`"),
        ("p.csv", "dossier,seed\nhanoi-2019,1\nhanoi-2019,x\n", "p.csv:3:2: `x` is no whole number"),
        ("p.csv", "dossier\nhanoi-2019,7\n", "p.csv:2:2: 2 cells, but there are 1 columns"),
        ("p.csv", "seed\n1\n", "p.csv:1:1: the column `dossier` is missing"),
        ("p.csv", "dossier\n", "p.csv:1:1: holds 0 cases"),
        ("p.txt", "hanoi-2019\n", "p.txt: a plan is a .yaml or a .csv file"),
    ],
    ids=range(18),
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(folder, monkeypatch, name, text, expected):
    monkeypatch.chdir(folder)
    (folder / name).write_text(text)
    with pytest.raises(DossierError) as raised:
        read_plan(name)
    assert expected in str(raised.value)


def test_a_dossier_that_is_not_there_beside_others_is_told_and_kept(folder):
    plan = read(folder, "dossiers: [mine/a.yaml, mine/c.yaml]\n")
    (lack,) = plan.absent
    assert (
        str(lack)
        == f"{folder}/plan.yaml:1:25: there is no such file or bundled dossier: `mine/c.yaml`; there are: {', '.join(bundled_names())}"
    )
    assert plan.cases == 2
    first = fingerprint(plan)
    (folder / "mine" / "c.yaml").write_text("title: now it is\n")
    assert fingerprint(plan) != first


def test_a_plan_that_is_not_there():
    with pytest.raises(DossierError, match=r"nowhere.yaml: cannot be read"):
        read_plan("nowhere.yaml")


def test_the_fingerprint_is_that_of_cases_and_dossiers(folder):
    first = fingerprint(read(folder, GRID))
    assert fingerprint(read(folder, GRID + "\n# a remark\n")) == first
    assert fingerprint(read(folder, GRID.replace("0 to 4", "0 to 5"))) != first
    (folder / "mine" / "a.yaml").write_text("title: another\n")
    assert fingerprint(read(folder, GRID)) != first
