"""Who moves first, in words."""

from __future__ import annotations

from click.testing import CliRunner

from summitry.cli import main

TALKS = """title: Talks
parties: {a: {name: Alba}, b: {name: Borea}}
commitments:
  text: {by: [a, b]}
  withdrawal: {by: a, requires: [text]}
  payment: {by: b, requires: [withdrawal], reversible: 0.5}
values: {a: {withdrawal: -1, payment: 3}, b: {withdrawal: 3, payment: -1}}
breach_cost: {a: 1, b: 1}
"""


def page(tmp_path, *words):
    path = tmp_path / "talks.yaml"
    path.write_text(TALKS)
    told = CliRunner().invoke(main, ["roadmap", str(path), "--draws", "16", *words])
    return " ".join(told.output.split())


def test_who_moves_first_after_joint_steps_and_who_cannot(tmp_path):
    told = page(tmp_path, "--package", "text,withdrawal,payment")
    assert "After step 1, joint of all principals, Alba moves first, alone." in told
    assert "they do their parts at once" in told
    assert "Borea has no move of its own to begin with" in told


def test_where_all_steps_are_joint_nobody_moves_first(tmp_path):
    assert "every step is one of all principals" in page(tmp_path, "--package", "text")
