"""What `check` tells although nothing is wrong, and how the author silences it."""

from __future__ import annotations

import pytest

from summitry.dossier.reader import check

BASE = """\
title: T
as_of: 2019-01-01
parties: {a: {}, b: {}, c: {role: stakeholder}}
commitments:
  x: {by: a}
  y: {by: b, consent: [c]}
  z: {by: b, requires: [y]}
  w: {by: a}
values:
  a: {x: -3 to -1, y: 5, w: 0}
  b: {x: 4, y: -2, z: 1}
  c: {y: 1}
linkages: [{together: [x, w], values: {a: 2}}]
no_agreement: {a: 0, b: 0}
tiers: [{id: t, any: [x, y]}]
rounds: [{date: 2019-02-01}]
resolution_rule: {decides: d, by: 2019-03-01, source: s}
"""

# what is replaced, by what, where the note stands and what it says, and what silences it
TOLD = {
    "a value for what one performs": (
        "z: 1}", "}", "11:3: note: b gives no value for `z`,", ("b: {x: 4", "b: {z: 0, x: 4")
    ),
    "a value for what one is asked about": (
        "  c: {y: 1}\n", "", "3:25: note: c gives no value for `y`,",
        ("values:\n", "values:\n  c: {y: 0}\n"),
    ),
    "a digit too many": (
        "y: 5", "y: 51", "10:23: note: this is 25.5 times a's next largest value (2);",
        ("y: 51", "y: {value: 51, note: all it wants}"),
    ),
    "a digit too many together": (
        "{a: 2}", "{a: 60}", "13:43: note: this is 12 times a's next largest value (5);",
        ("{a: 60}", "{a: {value: 60, note: its aim}}"),
    ),
    "what no type leaves in force": (
        "no_agreement:", "types: {a: {u: {prior: 1, trust: 0.2}}}\ntrust: {a: 0.4}\nno_agreement:",
        "15:12: note: this counts nowhere: all types of a have their own, `types.a.u.trust`;",
        ("a: 0.4}", "a: {value: 0.4, note: before types}}"),
    ),
    "no effect": (
        "together: [x, w]", "together: [x, y]", "8:3: note: no tier, rule or linkage speaks of `w`",
        ("w: {by: a", "w: {by: a, note: sweetens"),
    ),
    "a round that is over": (
        "rounds: [", "rounds: [{date: 2018-12-01}, ", "16:10: note: this round lies before `as_of`",
        ("2018-12-01", "2018-12-01, note: brought nothing"),
    ),
    "nobody decides": (
        "resolution_rule: {decides: d, by: 2019-03-01, source: s}\n", "",
        "1:1: note: `resolution_rule` is missing", ("tiers:", "resolution_rule: null\ntiers:"),
    ),
    "no reservation value": (
        "no_agreement: {a: 0, b: 0}", "no_agreement: {a: 0}", "14:1: note: `no_agreement` of b is left out",
        ("{a: 0}", "{a: 0, b: 0}"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("old, new, expected, silence", TOLD.values(), ids=TOLD)
def test_it_is_told_until_the_dossier_says_so(tmp_path, old, new, expected, silence):
    path = tmp_path / "d.yaml"
    assert old in BASE
    path.write_text(BASE.replace(old, new))
    (note,) = check(path)
    assert str(note).startswith(f"{path}:{expected}")
    path.write_text(BASE.replace(old, new).replace(*silence))
    assert check(path) == []


def test_silent_on_what_is_said(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(BASE)
    assert check(path) == []
