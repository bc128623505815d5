"""What a dossier says of the talks themselves: honesty, firmness, momentum, agenda, protocol."""

from __future__ import annotations

import pytest
from rich.console import Console

from summitry.analysis.leaned import defaults_of
from summitry.dossier.reader import check, load
from summitry.report.dossier import page

BASE = """\
title: T
parties: {a: {}, b: {}, c: {role: stakeholder}}
commitments: {x: {by: a}, y: {by: b}}
values: {a: {x: -3, y: 8}, b: {x: 4, y: -2}}
no_agreement: {a: 0, b: 0}
tiers: [{id: low, any: [x, y]}, {id: high, all: [x, y]}]
"""

READ = {
    "agenda: steps": lambda d: d.agenda.estimate.parameters == (0.0,),
    "agenda: {value: package, note: all or nothing}": lambda d: d.agenda.estimate.parameters == (1.0,),
    "agenda: 0.2 to 0.4": lambda d: d.agenda.estimate.distribution == "logitnormal",
    "protocol: efficient": lambda d: d.protocol == "efficient",
    "firmness: {a: 0.9 to 1.3}": lambda d: d.firmness["a"].estimate.domain.low == 0,
    "types: {c: {p: {prior: 1, honesty: 0.2}}}": lambda d: d.types["c"]["p"].honesty is not None,
    "settings: {firm: 1, known: 1, choice: 0}": lambda d: d.settings.firm == d.settings.known == 1,
}  # fmt: skip


@pytest.mark.parametrize("line, holds", READ.items(), ids=READ)
def test_it_is_read(tmp_path, line, holds):
    path = tmp_path / "d.yaml"
    path.write_text(BASE + line)
    assert holds(load(path).dossier)


WRONG = {
    "initiative: {a: 1, zz: 2}": "7:1: `initiative` is gone: ",
    "protocol: offers": "7:11: the protocol `offers` is gone: ",
    "protocol: ofers": "7:11: `ofers` is not known here; there are: aspirations, efficient",
    "honesty: {a: 1.5}": "7:14: 1.5 is not a share",
    "honesty: {aa: 0.5}": "7:11: there is no party `aa`",
    "firmness: {a: 0}": "7:15: 0 is not a quantity above 0",
    "firmness: {c: 1}": "7:15: `c` is a stakeholder; `firmness` is of principals only",
    "types: {c: {p: {prior: 1, firmness: 2}}}": "7:37: `c` is a stakeholder",
    "bargaining_power: {a: 0, b: 0}": "7:1: nobody has a share",
    "momentum: -0.1 to 0.4": "7:11: -0.1 is not a share",
    "agenda: stpes": "7:9: `stpes` is no agenda; write steps, package, or how likely package is",
    "agenda: 1.5": "7:9: 1.5 is not a share",
    "settings: {shape: 0}": "7:19: more than 0 is needed here",
    "settings: {known: 2}": "7:19: `known` (2) is above `firm` (1.12)",
    "settings: {firm: 0.5}": "7:18: `known` (0.67) is above `firm` (0.5)",
}


@pytest.mark.parametrize("line, expected", WRONG.items(), ids=WRONG)
def test_a_mistake_is_told_once(tmp_path, line, expected):
    path = tmp_path / "d.yaml"
    path.write_text(BASE + line)
    (told,) = (str(problem) for problem in check(path) if not problem.is_note)
    assert told.startswith(f"{path}:{expected}")


def test_a_probability_of_consent_is_for_bodies_outside(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(BASE.replace("x: {by: a}", "x: {by: a, consent: {c: 0.2 to 0.6}}"))
    assert load(path).dossier.commitments["x"].consent["c"].estimate.distribution == "logitnormal"
    path.write_text(BASE.replace("x: {by: a}", "x: {by: a, consent: {b: 0.4, cc: 0.1}}"))
    told = "\n".join(str(problem) for problem in check(path))
    assert "3:36: `b` is a principal" in told
    assert "3:44: there is no party `cc`" in told


def test_defaults_that_are_leaned_on(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(BASE)
    told = {default.path: default for default in defaults_of(load(path).dossier)}
    assert told["momentum"].loud
    assert {"honesty.a", "honesty.b", "firmness", "agenda"} <= {
        path for path, default in told.items() if not default.loud
    }
    assert "honesty.c" not in told
    path.write_text(
        BASE
        + "types: {a: {p: {prior: 1, honesty: 0, firmness: 2}}}\nfirmness: {b: 1}\n"
        + "momentum: 0\nagenda: package\n"
    )
    left = {default.path for default in defaults_of(load(path).dossier)}
    assert not left & {"honesty.a", "firmness", "momentum", "agenda"}
    assert "honesty.b" in left


@pytest.mark.parametrize(
    "written, told",
    [
        ("package", "Agenda: package"),
        ("0.2 to 0.4", "Agenda: package with probability 0.29 (0.2 to 0.4)"),
        ("{distribution: uniform, low: 0, high: 1}", "Agenda: package with probability 0.5 ("),
    ],
)
def test_the_page_says_what_is_on_the_table(tmp_path, written, told):
    path = tmp_path / "d.yaml"
    path.write_text(f"{BASE}agenda: {written}\nhonesty: {{a: 0.5}}\n")
    console = Console(width=100)
    with console.capture() as page_told:
        console.print(page(load(path).dossier))
    assert told in page_told.get()
    assert "Honesty: a 0.5" in page_told.get()
