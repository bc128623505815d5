"""Coded events to signals: formats, dates, sizes, and what a dossier makes of them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import summitry
from summitry.cli import main
from summitry.dossier.library import bundled_path
from summitry.evidence.signals import weigh
from tests.formats.events import gdelt, icews

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "events"
MAP = {"cooperation": "dealmaker", "conflict": "staller"}
WORDS = ("--dyad", "USA", "PRK", "--cooperation", "dealmaker", "--conflict", "staller")
DOSSIER = """
title: Talks
as_of: 2018-07-01
parties: {usa: {}, prk: {}}
commitments:
  freeze: {by: prk}
  relief: {by: usa}
values:
  prk: {freeze: -8 to -2, relief: 4 to 9}
  usa: {freeze: 4 to 9, relief: -8 to -2}
no_agreement: {prk: 0, usa: 0}
tiers: [{id: exchange, all: [freeze, relief]}]
rounds: [{date: 2018-08-01}]
resolution_rule: null
types:
  prk:
    dealmaker: {prior: 0.4}
    hedger: {prior: 0.4, scale: {freeze: 1.5}}
    staller: {prior: 0.2, scale: {freeze: 3}}
  usa:
    dealmaker: {prior: 0.6}
    staller: {prior: 0.4, scale: {relief: 2}}
"""


@pytest.fixture
def write(tmp_path):
    def to(text: str, name: str = "events.tsv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to


def run(*words):
    return CliRunner().invoke(main, ["signals", *map(str, words)])


def threats(number, code="130"):
    """A week of threats by North Korea."""
    return icews(*((f"2018-06-{4 + k % 7:02}", "PRK", "USA", code) for k in range(number)))


def beside(write, csv):
    """A dossier that names the signals as its file."""
    write(csv, "signals.csv")
    return write(f"{DOSSIER}signals: [{{file: signals.csv}}]\n", "talks.yaml")


@pytest.mark.parametrize("code", ["130", "163"])
@pytest.mark.parametrize("number", [1, 5, 12, 60])
def test_a_week_of_threats_never_raises_a_dealmaker(write, code, number):
    found = summitry.signals(write(threats(number, code)), dyad=("USA", "PRK"), **MAP)
    assert {(one.party, one.shows) for one in found.signals} == {("prk", "staller")}
    path = beside(write, found.to_csv())
    assert [str(problem) for problem in summitry.check(path)] == []
    party = weigh(summitry.load(path).dossier, dt.date(2018, 7, 1)).parties["prk"]
    assert party.posterior[0] <= party.prior[0] + 1e-12
    if number > 10:
        assert party.posterior[0] < party.prior[0] - 0.005


def test_threats_lower_the_forecast_of_a_deal(write):
    """The same draws with and without the week: the dealmaker, then the deal, is less likely."""
    path = beside(write, summitry.signals(write(threats(30)), dyad=("USA", "PRK"), **MAP).to_csv())
    bare = write(DOSSIER, "bare.yaml")
    with_week, without = (summitry.expect(one, draws=256) for one in (path, bare))
    deal, bare_deal = (one.rounds[0].model["exchange"] for one in (with_week, without))
    assert deal < bare_deal


def test_the_more_threats_the_less_a_dealmaker(write):
    """Beside a week of talks, each further week of threats takes away and never adds."""
    talks = [(f"2018-06-{4 + k % 7:02}", "PRK", "USA", "046") for k in range(12)]
    last = 1.0
    for weeks in range(4):
        hostile = [
            (f"2018-05-{1 + 7 * week + k % 6:02}", "PRK", "USA", "130")
            for week in range(weeks)
            for k in range(12)
        ]
        found = summitry.signals(write(icews(*talks, *hostile)), dyad=("USA", "PRK"), **MAP)
        path = beside(write, found.to_csv())
        party = weigh(summitry.load(path).dossier, dt.date(2018, 7, 1)).parties["prk"]
        assert party.posterior[0] <= last + 1e-12
        last = party.posterior[0]


EVENTS = [
    ("2018-06-04", "2018-06-05", "USA", "PRK", "046"),
    ("2018-06-09", "2018-06-11", "USA", "PRK", "046"),
    ("2018-06-06", "2018-06-06", "PRK", "USA", "130"),
    ("2018-06-06", "2018-06-06", "PRK", "CHN", "046"),
    ("2018-06-06", "2018-06-06", "PRK", "USA", "010"),
    ("2018-06-06", "2018-06-06", "USA", "PRK", "024"),
    ("2017-06-06", "2018-06-06", "PRK", "USA", "130"),
    ("2018-06-04", "2018-06-07", "USA", "PRK", "046"),
]


@pytest.mark.parametrize("columns", [57, 58, 61])
def test_gdelt_counts_from_the_day_an_event_was_added(write, columns):
    found = summitry.signals(write(gdelt(*EVENTS, columns=columns)), dyad=("USA", "PRK"), **MAP)
    told = [(one.id, str(one.date), str(one.known_at), one.ratio) for one in found.signals]
    assert told == [
        ("gdelt-prk-2018-W23-words-conflict", "2018-06-06", "2018-06-06", 1.0),
        ("gdelt-usa-2018-W23-contact-cooperation", "2018-06-04", "2018-06-06", 2.21),
        ("gdelt-usa-2018-W24-contact-cooperation", "2018-06-09", "2018-06-11", 2.21),
    ]
    assert found.counts == {
        "events": 7, "repeated": 1, "without_direction": 2, "old": 1, "misread": 0,
    }  # fmt: skip
    assert found.lag is None


def test_no_signal_is_known_before_its_events_are(write):
    path = write(icews(*((day, "USA", "PRK", "036") for day in ("2018-06-04", "2018-06-10"))))
    week, day = (summitry.signals(path, dyad=("PRK", "USA"), lag=lag, **MAP) for lag in (7, 0))
    assert [str(one.known_at) for one in week.signals] == ["2018-06-17"]
    assert [str(one.known_at) for one in day.signals] == ["2018-06-10"]
    assert week.lag == 7
    late = summitry.signals(path, dyad=("PRK", "USA"), lag=60, **MAP)
    assert [str(one.known_at) for one in late.signals] == ["2018-08-03", "2018-08-09"]


def test_a_plain_table_and_names_of_countries(write):
    text = "date,source_side,source,cameo,target_side,target\n2018-06-06,PRK,Kim,040,USA,Trump\n"
    found = summitry.signals(write(text), dyad=("United States", "North Korea"), **MAP)
    assert [(one.party, one.kind) for one in found.signals] == [("prk", "contact")]


def test_the_csv_has_the_columns_of_a_signal_file(write):
    done = run("--events", write(threats(3)), *WORDS)
    hanoi = bundled_path("hanoi-2019").with_name("hanoi-2019-signals.csv")
    assert done.stdout.splitlines()[0] == hanoi.read_text(encoding="utf-8").splitlines()[0]
    assert "3 events between USA and PRK" in done.stderr
    told = json.loads(run("--events", write(threats(3)), *WORDS, "--json").stdout)
    assert told["schema"] == "summitry.signals/1"
    assert told["shows"]["prk"] == {"cooperation": "dealmaker", "conflict": "staller"}


def test_misread_rows_are_told_with_their_line(write):
    good = gdelt(*EVENTS)
    lines = good.splitlines()
    bad = [
        lines[0] + "\tmore",
        lines[0].replace("20180604", "20181304"),
        lines[0].replace("\t046\t", "\t46\t"),
        lines[0].replace("20180605", "20180601"),
        lines[0].replace("\t7.0\t", "\twarm\t"),
    ]
    path = write("\n".join([*bad, good]))
    with path.open("ab") as file:
        file.write(b"\xff\xfe\n")
    done = run("--events", path, *WORDS)
    assert done.exit_code == 0
    for line, why in [
        (1, "59 columns where GDELT 1.0 has 58"),
        (2, "`20181304` is no date"),
        (3, "`46` is no CAMEO code"),
        (4, "added on 2018-06-01, before it happened"),
        (5, "`warm` is no Goldstein value"),
        (14, "is not UTF-8"),
    ]:
        assert f"{path}:{line}:1: {why}" in done.stderr
    assert done.stdout == run("--events", write(good, "good.tsv"), *WORDS).stdout


@pytest.mark.parametrize(
    "words, message",
    [
        (["--dyad", "USA", "PKR"], "no event names `PKR`; nearest: PRK (North Korea)"),
        (["--dyad", "USA", "North Kora"], "nearest: PRK (North Korea)"),
        (
            ["--dyad", "USA", "CHN"],
            "no event between `USA` and `CHN`; `USA` meets: PRK (North Korea)",
        ),
        (["--dyad", "USA", "United States"], "a dyad is two actors"),
        (["--lag", "-1"], "a lag is from 0 to 366 days"),
        (["--conflict", "dealmaker"], "names two types"),
        (["--conflict", "kim=staller"], "`kim` is none of usa, prk"),
        (["--party", "CHN=prk"], "`CHN` is not in the dyad"),
        (["--dossier", "camp-david-1978"], "the dossier has no party `usa`"),
        (["--dossier", "hanoi-2019"], "`usa` has no type `staller`"),
        (["--events", "nowhere.tsv"], "nowhere.tsv: there is no such file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_input_is_told_in_one_message(write, words, message):
    done = run("--events", write(gdelt(*EVENTS)), *WORDS, *words)
    assert done.exit_code == 2 and isinstance(done.exception, SystemExit)
    assert message in done.stderr


def test_the_map_is_never_guessed(write):
    path = write(threats(3))
    done = run("--events", path, "--dyad", "USA", "PRK", "--cooperation", "dealmaker")
    assert done.exit_code == 2
    assert "say which type of usa conflict shows: --conflict usa=staller" in done.stderr
    with pytest.raises(ValueError, match="conflict cannot show a dealmaker"):
        summitry.signals(path, dyad=("USA", "PRK"), cooperation="staller", conflict="dealmaker")
    assert (
        "without --dossier nobody checks"
        in summitry.signals(path, dyad=("USA", "PRK"), **MAP).notes[0]
    )
    dossier = beside(write, summitry.signals(path, dyad=("USA", "PRK"), **MAP).to_csv())
    for conflict, cooperation in (("dealmaker", "hedger"), ("hedger", "staller")):
        with pytest.raises(ValueError, match="most cooperative first"):
            summitry.signals(
                path,
                dyad=("USA", "PRK"),
                dossier=dossier,
                cooperation={"prk": cooperation, "usa": "dealmaker"},
                conflict={"prk": conflict, "usa": "staller"},
            )


def test_a_party_is_known_by_its_country(write):
    found = summitry.signals(
        write(threats(3)),
        dyad=("USA", "PRK"),
        dossier="hanoi-2019",
        cooperation="dealmaker",
        conflict={"dprk": "staller", "usa": "maximalist"},
    )
    assert [(one.party, one.shows) for one in found.signals] == [("dprk", "staller")]


def test_what_is_no_file_of_events_is_refused(write):
    for text in ("a,b,c\n1,2,3\n", "tableId\nGLOBALEVENTID\n"):
        done = run("--events", write(text), *WORDS)
        assert done.exit_code == 2 and "is neither ICEWS" in done.stderr


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside it")
def test_real_files_of_both_kinds(write):
    sample = summitry.signals(
        SHARED / "icews_events_2018-06_sample.tab", dyad=("USA", "PRK"), **MAP
    )
    assert sample.files[0].rows == 3705 and sample.counts["misread"] == 0
    year = summitry.signals(SHARED / "icews18_usa_prk_dyad.csv", dyad=("USA", "PRK"), **MAP)
    assert year.counts["events"] == 5217 and year.counts["misread"] == 0
    path = beside(write, year.to_csv())
    assert [str(problem) for problem in summitry.check(path)] == []
