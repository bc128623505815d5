"""Reference classes from files: the shelf, tables of one's own, and what a dossier gets."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import summitry
from summitry.cli import main
from summitry.dossier.library import bundled_path
from summitry.formats.shelf import sources

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
FILES = [
    "outcomes/icb1v14.csv",
    "outcomes/csis_beyond_parallel_us_dprk_negotiations_1990_2018-08.csv",
    "forecasts/gjp_ifps.csv",
    "forecasts/diplomacy_questions.csv",
]
# counted from files that are not there: ICB's actors, GSDB, TIES, PA-X, ForecastBench, GML
RECORDED_ONLY = {"icb-actors": 3, "gsdb": 6, "ties": 4, "pax": 12, "forecastbench": 1, "gml": 3}
has_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside it")

CASES = """case,year,region,result,issue
a,1950,asia,formal,arms
b,1960,asia,none,arms
c,1991,europe,formal,trade
d,1995,asia,tacit,arms
e,2001,asia,none,trade
f,2005,africa,,arms
"""


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(CASES, encoding="utf-8")
    return path


def run(*words):
    return CliRunner().invoke(main, ["classes", *map(str, words)])


@has_data
def test_all_computed_classes_reproduce_where_their_file_is_at_hand():
    with (SHARED / "outcomes" / "base_rates.csv").open(encoding="utf-8", newline="") as file:
        known = {row["reference_class"]: row for row in csv.DictReader(file)}
    counted = summitry.classes(*(SHARED / name for name in FILES))
    recorded = [one for one in summitry.classes().classes if one.source in RECORDED_ONLY]
    found = {rate.title: rate for one in [*counted.classes, *recorded] for rate in one.rates}
    assert len(known) == 57 and set(known) <= set(found)
    for title, row in known.items():
        rate = found[title]
        assert (rate.k, rate.n) == (int(row["k"]), int(row["n"])), title
        numbers = [float(row[key]) for key in ("rate", "jeffreys_mean", "p05", "p95")]
        got = [rate.rate, rate.mean, rate.low, rate.high]
        assert got == pytest.approx(numbers, abs=6e-5), title
    again = [rate for one in counted.classes for rate in one.rates if rate.title in known]
    assert len(again) == 57 - sum(RECORDED_ONLY.values()) == 28


@has_data
def test_the_talks_of_the_hanoi_dossier_are_counted_alike():
    found = summitry.classes(SHARED / FILES[1], dossier="hanoi-2019")
    assert found.classes[0].counts == {"none": 9, "statement": 6, "exchange": 4}
    [written] = [
        one
        for one in summitry.load("hanoi-2019").dossier.reference_classes
        if one.title.startswith("Plenary rounds")
    ]
    none, statement, *exchanges = (number.value for number in written.counts.values())
    assert (none, statement, sum(exchanges)) == (9, 6, 4)


def test_the_shelf_says_what_it_can_count():
    rates = {s.id: sum(len(one.rates) for one in s.classes) for s in sources()}
    assert sum(rates.values()) == 57
    assert {s.id: rates[s.id] for s in sources() if not s.columns} == RECORDED_ONLY
    for source in (one for one in sources() if one.columns):
        for one in source.classes:
            read = [*(one.where.columns if one.where else ()), *one.outcomes.columns()]
            assert set(read) <= set(source.columns)
    ids = [one.id for source in sources() for one in source.classes]
    assert len(ids) == len(set(ids))


def test_a_known_file_is_known_by_its_columns(tmp_path):
    path = tmp_path / "mine.csv"
    head = "crisno,crisname,yrtrig,viol,forout,outesr,usactor,mediate\n"
    path.write_text(f"{head}1,CRISIS A,1950,1,1,2,2,4\n2,CRISIS B,1999,1,4,1,1,1\n,,,,,,,\n")
    found = summitry.classes(path)
    assert {one.id: sum(one.counts.values()) for one in found.classes}["icb-no-violence"] == 2
    assert found.files[0].source == "icb"
    assert "on record 106 of 486: another version" in run(path).output.replace("\n", " ")


def test_one_class_is_never_alone(cases):
    found = summitry.classes(cases, outcome="result", where=["region = asia and year >= 1955"])
    assert [(one.title, sum(one.counts.values())) for one in found.classes] == [
        ("region = asia and year >= 1955", 3),
        ("year >= 1955", 4),
        ("region = asia", 4),
        ("all rows", 5),
    ]
    assert found.classes[-1].left_out == {"result is missing": 1}
    with pytest.raises(ValueError, match="one class alone"):
        summitry.classes(cases, outcome="result")
    with pytest.raises(summitry.CannotAnswer, match="alone"):
        summitry.classes(only=["ties"])


@pytest.mark.parametrize("dossier", ["starter", None])
def test_the_part_for_a_dossier_passes_its_check(cases, tmp_path, dossier):
    mapped = ["formal=exchange", "tacit=contact"] if dossier else ["formal=agreement", "tacit=none"]
    words = ["--outcome", "result", "--where", "year > 1955"]
    words += [word for pair in mapped for word in ("--tiers", pair)]
    words += ["--dossier", bundled_path(dossier)] if dossier else []
    part = run(cases, *words, "--yaml").output
    text = bundled_path("starter").read_text(encoding="utf-8")
    if not dossier:
        text = "title: t\nparties: {a: {}, b: {}}\ncommitments: {c: {by: a}}\n"
    kept = text.split("reference_classes:")[0]
    body = "\n".join(line for line in part.split("reference_classes:")[1].splitlines())
    named = part.split("reference_classes:")[0].removeprefix("sources:\n")
    kept = (
        kept.replace("sources:", f"sources:\n{named}", 1) if dossier else f"sources:\n{named}{kept}"
    )
    path = tmp_path / "my.yaml"
    path.write_text(f"{kept}\nreference_classes:{body}\n", encoding="utf-8")
    assert [str(p) for p in summitry.check(path) if not p.is_note] == []
    [first, second] = summitry.load(path).dossier.reference_classes
    told = {name: number.value for name, number in first.counts.items()}
    assert told == (
        {"none": 2, "contact": 1, "exchange": 1} if dossier else {"none": 3, "agreement": 1}
    )
    assert second.title == "all rows"


@pytest.mark.parametrize(
    "words, message",
    [
        (["nowhere.csv"], "there is no such file"),
        (["CASES"], "say --where and --outcome"),
        (["CASES", "--where", "year > 1950"], "--outcome COLUMN"),
        (["CASES", "--outcome", "reslt", "--where", "year > 1950"], "nearest: `result`"),
        (
            ["CASES", "--outcome", "result", "--where", "yr > 1950"],
            "no column `yr`; nearest: `year`",
        ),
        (["CASES", "--outcome", "result", "--where", "year >"], "character 7"),
        (["CASES", "--outcome", "result", "--where", "year > 2090"], "no case with an outcome"),
        (["CASES", "--outcome", "result", "--where", "region > 3"], "cases.csv:2:1: `asia`"),
        (["CASES", "--outcome", "result", "--where", "year > 1", "--bin", "deal"], "NAME=V1,V2"),
        (
            [
                "CASES",
                "--outcome",
                "result",
                "--where",
                "year > 1",
                "--bin",
                "a=none",
                "--bin",
                "b=none",
            ],
            "is in two bins",
        ),
        (
            ["CASES", "--outcome", "result", "--where", "year > 1", "--tiers", "formall=x"],
            "nearest: `formal`",
        ),
        (
            ["CASES", "--outcome", "result", "--where", "year > 1", "--bin", "deal=,"],
            "has no values",
        ),
        (
            ["CASES", "--outcome", "result", "--where", "year > 1", "--bin", "good=formall"],
            "no row has `formall` (of the bin `good`) in the column `result`; nearest: `formal`",
        ),
        (["--class", "tis", "--class", "gsdb-us"], "nearest: `ties`"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_input_is_told_in_one_message(cases, words, message):
    done = run(*(cases if word == "CASES" else word for word in words))
    assert done.exit_code == 2 and isinstance(done.exception, SystemExit)
    assert message in done.stderr


def test_a_misshapen_row_is_left_out_with_its_line(cases):
    cases.write_text(CASES + "g,2010,asia\n", encoding="utf-8")
    done = run(cases, "--outcome", "result", "--where", "region = asia", "--json")
    assert f"{cases}:8:1: 3 cells where the header has 5; left out" in done.stderr
    told = json.loads(done.stdout)
    assert told["schema"] == "summitry.classes/1" and told["interval"] == "Jeffreys"
    assert told["classes"][0]["counts"] == {"formal": 1, "none": 2, "tacit": 1}


def test_an_open_quotation_does_not_swallow_the_file(cases):
    cases.write_text(CASES + 'g,2010,asia,none,"arms\n' + "h,2011,asia,none,arms\n" * 200)
    found = summitry.classes(cases, outcome="result", where=["region = asia"])
    assert found.problems == [
        f"{cases}:8:1: a row of 201 lines: a quotation is left open; left out"
    ]


def test_the_page(cases, snapshot, monkeypatch):
    monkeypatch.chdir(cases.parent)
    done = run("cases.csv", "--outcome", "result", "--where", "issue = arms and region = asia")
    assert done.output == snapshot
