"""Every page of every command, of dossiers whose texts hold what a terminal could take for orders."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from click.testing import CliRunner
from ruamel.yaml import YAML

from summitry.cli import main
from summitry.dossier.library import bundled_path
from tests.analysis.human_deals.made_up import made_up_file

MARKS = "[unnamed official] [/draft] [link=http://x]here[/link] [bold]"
TEXTS = {
    "title", "name", "says", "note", "question", "as_stated", "differs", "decides", "publisher", "author",
}  # fmt: skip
RIVALS = [
    {"by": "A paper", "date": "2020-02-25", "tiers": ["exchange"], "probability": 0.3,
     "as_stated": "Hardly"},
    {"by": "A poet", "date": "2020-02-25", "differs": "Asks something else"},
]  # fmt: skip
RULE = {"decides": "The secretariat", "by": "2020-04-20", "source": "Its communique"}
STANDS = {
    "upland": {"position": "20 to 40", "salience": 0.9},
    "lowland": {"position": 90, "salience": 0.5},
    "farmers": {"position": 60, "salience": 0.2},
}
ISSUES = {
    "flow": {"title": "Flow in dry months", "scale": {0: "none", 100: "all that is asked"},
             "positions": STANDS, "rule": "simple", "no_agreement": 10, "agenda_setter": "upland"},
    "price": {"title": "Price of the water", "scale": {0: "free", 100: "dear"},
              "positions": {**STANDS, "upland": {"position": 80, "salience": 0.3}}},
}  # fmt: skip
RUN = ("--draws", "8", "--workers", "1")
# the words of each command; a name in capitals stands for a file or a folder
CASES = {
    "expect": ("expect", "TALKS", *RUN),
    "deals": ("deals", "TALKS", *RUN),
    "deals of a package": ("deals", "TALKS", "--package", "hotline,quotas", *RUN),
    "deals, divided": ("deals", "CANAL", "--divisible"),
    "roadmap": ("roadmap", "TALKS", *RUN),
    "roadmap in slices": ("roadmap", "TALKS", "--slice", "--package", "data,release,payment", *RUN),
    "obstacles": ("obstacles", "TALKS", *RUN),
    "levers": ("levers", "TALKS", *RUN),
    "timeline": ("timeline", "TALKS", *RUN),
    "compare": ("compare", "TALKS", "--set", "trust.upland=0.9", *RUN),
    "stability": ("stability", "TALKS", *RUN),
    "stability of a crisis": ("stability", "CRISIS"),
    "positions": ("positions", "TALKS", "--draws", "8"),
    "positions of many issues": ("positions", "CLIMATE", "--draws", "8"),
    "show": ("show", "TALKS"),
    "show a crisis": ("show", "CRISIS"),
    "show issues": ("show", "CLIMATE"),
    "classes": ("classes",),
    "backtest deals": ("backtest", "deals", "PEOPLE"),
    "backtest positions": ("backtest", "positions", "--deu", "UNION"),
    "record": ("record", "TALKS", *RUN),
    "ledger list": ("ledger", "list"),
    "ledger show": ("ledger", "show", "ID"),
    "ledger verify": ("ledger", "verify", "--sample", "0"),
    "resolve": ("resolve", "ID", "--tier", "contact", "--because", "The communique"),
    "score": ("score",),
}  # fmt: skip
CHARTED = {
    "backtest", "classes", "compare", "deals", "levers", "obstacles", "positions", "roadmap", "score",
    "stability", "timeline",
}  # fmt: skip
# these print lines or files, and never by a console that could take a text for an order
WITHOUT_A_PAGE = {"check", "export", "import", "new", "schema", "signals", "sweep"}


@dataclass
class Printed:
    """What a command prints: pages by way of the console, and lines; and the charts it draws."""

    pages: list[Any]
    lines: str
    charts: list[Any]


class _Console:
    """Keeps what it is given to print."""

    def __init__(self) -> None:
        self.pages: list[Any] = []

    def print(self, page: Any) -> None:
        """Keep it."""
        self.pages.append(page)


def marked(value: Any, marks: str) -> Any:
    """The part of a dossier with the marks behind every text that is for a reader."""
    if isinstance(value, dict):
        return {
            key: f"{inner} {marks}"
            if key in TEXTS and isinstance(inner, str)
            else {place: f"{label} {marks}" for place, label in inner.items()}
            if key == "scale" and all(isinstance(label, str) for label in inner.values())
            else marked(inner, marks)
            for key, inner in value.items()
        }
    return [marked(inner, marks) for inner in value] if isinstance(value, list) else value


def write(path: Path, data: Any, marks: str) -> None:
    """A marked dossier as a file."""
    with path.open("w", encoding="utf-8") as out:
        YAML(typ="rt").dump(marked(data, marks), out)


def bundled(name: str) -> Any:
    """A bundled dossier as plain data, its rounds in the past so that they can be resolved."""
    return YAML(typ="safe").load(bundled_path(name).read_text("utf-8").replace("2030-", "2020-"))


def union(folder: Path) -> None:
    """Two proposals of the Council, made up."""
    random = np.random.default_rng(0)
    issues = ["issue_id,proposal_id,procedure,council_vote,regime,reference_point,outcome,wave\n"]
    stands = ["issue_id,actor,position,salience\n"]
    for k in range(12):
        issues.append(f"p{k}i1,p{k},COD,QMV,nice,,{random.integers(0, 11) * 10},W\n")
        for actor in ("com", "ep", "de", "fr", "it"):
            stands.append(
                f"p{k}i1,{actor},{random.integers(0, 11) * 10},{random.integers(1, 99)}\n"
            )
    folder.mkdir()
    (folder / "issues.csv").write_text("".join(issues))
    (folder / "positions.csv").write_text("".join(stands))
    (folder / "council_weights.json").write_text('{"nice": {"de": 29, "fr": 29, "it": 29}}')


def files(folder: Path, marks: str) -> dict[str, str]:
    """The files that the commands are asked of, by the names that CASES gives them."""
    starter = bundled("starter") | {"rivals": RIVALS, "issues": ISSUES, "resolution_rule": RULE}
    dossiers = {"TALKS": starter, "CANAL": bundled("panama-canal-1974"),
                "CRISIS": bundled("cuba-1962"), "CLIMATE": bundled("paris-2015")}  # fmt: skip
    # a rival's name is no key of its own: `by` names parties elsewhere
    dossiers["TALKS"]["rivals"] = [one | {"by": f"{one['by']} {marks}"} for one in RIVALS]
    for name, data in dossiers.items():
        write(folder / f"{name}.yaml", data, marks)
    union(folder / marks[:19])
    (folder / "people").mkdir()
    people = made_up_file(folder / "people", 40)
    people = people.rename(people.with_name(f"{marks[:19]}.csv"))
    return {
        **{name: str(folder / f"{name}.yaml") for name in dossiers},
        "UNION": str(folder / marks[:19]),
        "PEOPLE": str(people),
    }


@contextlib.contextmanager
def _at(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def every_page(folder: Path, marks: str) -> dict[str, Printed]:
    """What every command prints of dossiers with these marks in their texts."""
    named, found = files(folder, marks), {}
    environment = {
        "SUMMITRY_LEDGER": str(folder / "ledger.sqlite3"),
        "SUMMITRY_AUTHOR": f"A {marks}",
    }
    for case, words in CASES.items():
        console = _Console()
        argv = [named.get(word, word) for word in words]
        argv += ["--chart", "chart.svg"] if words[0] in CHARTED else []
        charts: list[Any] = []
        with (
            mock.patch("summitry.report.style.console", lambda kept=console: kept),
            mock.patch(
                "summitry.report.charts.drawing.draw", lambda spec, _, to=charts: to.append(spec)
            ),
            _at(folder),
        ):
            done = CliRunner(env=environment).invoke(main, argv)
        assert done.exit_code == 0, (case, done.output)
        found[case] = Printed(console.pages, done.output.removesuffix("wrote chart.svg\n"), charts)
        if case == "ledger list":
            named["ID"] = done.output.split()[1]
    return found
