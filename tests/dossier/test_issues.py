"""Positions on scales: what is wrong with an issue is told once, at its place."""

from __future__ import annotations

import pytest

from summitry.dossier.reader import check, load

BASE = """\
title: T
sources: {s: {title: S}}
parties: {a: {}, b: {}, c: {role: stakeholder}}
power: {a: 1, b: 2, c: 1}
issues:
  tax:
    scale: {0: none, 10: much}
    no_agreement: 1
    rule: {qualified: {quota: 3, weights: {a: 2, b: 3}}}
    agenda_setter: c
    resolution: {value: 4, because: [s], note: "coded, from 3 to 5"}
    positions:
      a: {position: 2, salience: 1}
      b: {position: 3 to 5, salience: 1}
      c: {position: 9, salience: {value: 1, because: s}}
"""
ONE = "".join(BASE.splitlines(keepends=True)[:-2])
CARELESS = BASE.replace("salience: 1", "salience: 0").replace("{value: 1,", "{value: 0,")

WRONG = {
    "one position": (ONE.replace("agenda_setter: c", "agenda_setter: a"), ["12:5: `tax` has one position"]),
    "off the scale": (BASE.replace("position: 9", "position: 90"), ["15:21: 90 is not a position from 0 to 10"]),
    "two off the scale": (
        BASE.replace("position: 9", "position: -1").replace("no_agreement: 1", "no_agreement: 11"),
        ["8:19: ", "15:21: "],
    ),
    "range off the scale": (BASE.replace("3 to 5", "3 to 50"), ["14:21: 50 is not a position from 0 to 10"]),
    "salience over 100": (
        BASE.replace("position: 2, salience: 1", "position: 2, salience: 150"),
        ["13:34: a salience is from 0 to 1, or from 0 to 100"],
    ),
    "nobody cares": (CARELESS, ["12:5: nobody cares about `tax`"]),
    "no power": (BASE.replace("{a: 1, b: 2, c: 1}", "{a: 0, b: 0, c: 0}"), ["12:5: no power stands"]),
    "power of some": (BASE.replace(", c: 1}", "}", 1), ["4:1: `power` lacks c"]),
    "unknown position": (BASE.replace("      a:", "      aa:"), ["13:7: there is no party `aa`"]),
    "unknown weight": (BASE.replace("weights: {a", "weights: {aa"), ["9:44: there is no party `aa`"]),
    "unknown setter": (BASE.replace("setter: c", "setter: d"), ["10:20: there is no party `d`"]),
    "setter without rule": (
        BASE.replace("    rule: {qualified: {quota: 3, weights: {a: 2, b: 3}}}\n", ""),
        ["9:20: an agenda setter proposes"],
    ),
    "setter without position": (
        BASE.replace("      c: {position: 9, salience: {value: 1, because: s}}\n", ""),
        ["12:5: `c` sets the agenda and has no position"],
    ),
    "quota out of reach": (BASE.replace("quota: 3", "quota: 6"), ["9:31: a quota of 6 is out", "5 votes"]),
    "quota as a share": (BASE.replace("quota: 3", "quota: 0.6"), ["9:31: ", "0.6 of 5 is 3"]),
    "no quota": (BASE.replace("quota: 3", "quota: 0"), ["9:31: a quota is above 0"]),
    "negative votes": (BASE.replace("a: 2, b: 3}", "a: -2, b: 6}"), ["9:47: the votes of a"]),
    "nobody votes": (
        BASE.replace("{qualified: {quota: 3, weights: {a: 2, b: 3}}}", "simple")
        .replace("a: {}, b: {}", "a: {role: stakeholder}, b: {role: stakeholder}"),
        ["12:5: nobody votes"],
    ),
    "outcome off the scale": (BASE.replace("value: 4", "value: 40"), ["11:5: 40 is not on the scale"]),
    "outcome without source": (BASE.replace("[s]", "[t]"), ["11:38: there is no source `t`"]),
}  # fmt: skip


@pytest.mark.parametrize("text, expected", WRONG.values(), ids=WRONG)
def test_mistake_is_told_once_at_its_place(tmp_path, text, expected):
    path = tmp_path / "d.yaml"
    path.write_text(text)
    told = [str(p).removeprefix(f"{path}:") for p in check(path) if not p.is_note]
    assert len(told) == sum(part[0].isdigit() and ":" in part for part in expected), told
    for part in expected:
        assert part in "\n".join(told), told


def test_an_outcome_may_say_what_it_rests_on(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(BASE)
    assert check(path) == []
    outcome = load(path).dossier.issues["tax"].resolution
    assert outcome is not None
    assert (outcome.value, outcome.because, outcome.note) == (4, ("s",), "coded, from 3 to 5")


NOTES = {
    "no majority": (BASE.replace("quota: 3", "quota: 2"), "9:31: note: 2 of 5 votes are no majority"),
    "votes without position": (
        BASE.replace("b: 3}", "b: 4, c: 1}").replace("quota: 3", "quota: 4").replace("setter: c", "setter: a")
        .replace("      c: {position: 9, salience: {value: 1, because: s}}\n", ""),
        "9:59: note: c has votes and no position",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text, expected", NOTES.values(), ids=NOTES)
def test_what_is_odd_is_noted(tmp_path, text, expected):
    path = tmp_path / "d.yaml"
    path.write_text(text)
    (note,) = check(path)
    assert expected in str(note)


@pytest.mark.parametrize("number, most", [(60, True), (61, False)])
def test_sixty_parties_may_stand_on_scales(tmp_path, number, most):
    names = [f"p{k}" for k in range(number)]
    text = "title: T\nparties: {" + ", ".join(f"{n}: {{}}" for n in names) + "}\n"
    text += "issues:\n  i:\n    scale: {0: a, 1: b}\n    positions:\n"
    text += "".join(f"      {n}: {{position: 0.5, salience: 1}}\n" for n in names)
    path = tmp_path / "d.yaml"
    path.write_text(text)
    assert (check(path) == []) == most
