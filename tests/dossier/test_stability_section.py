"""The section `stability`: the documented example is valid, each mistake is told at its place."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.dossier.conditions import ConditionError, holds, parse_condition
from summitry.dossier.reader import check

PAGE = Path(__file__).parents[2] / "docs" / "dossier.md"
HEAD = """title: Missiles
parties: {usa: {}, ussr: {}}
commitments:
  strike: {by: usa, reversible: 0}
  blockade: {by: usa}
  withdraw: {by: ussr}
  escalate: {by: ussr}
"""
EXAMPLE = re.search(r"```yaml\n(stability:.*?)```", PAGE.read_text(), re.DOTALL)[1]


def problems(tmp_path, section):
    path = tmp_path / "missiles.yaml"
    path.write_text(HEAD + section)
    return [str(problem).removeprefix(f"{path}:") for problem in check(path)]


def test_the_documented_example_is_valid(tmp_path):
    assert problems(tmp_path, EXAMPLE) == []


MISTAKES = {
    "pattern": ('today: "N N N N"', "today: N N N", "has 3 places for 4 commitments"),
    "several states": ('today: "N N N N"', 'today: "N N N -"', "is 2 feasible states"),
    "infeasible state": ('calm: "N N N N"', 'calm: "N N Y Y"', "is no feasible state"),
    "state named as a commitment": ("gone: ", "strike: ", "a state needs a name of its own"),
    "misspelt commitment": ("- not escalate", "- not escalat", "nearest: `escalate`"),
    "unfinished condition": ("- not escalate", "- not", "a commitment is wanted at the end"),
    "two conditions": ("- withdraw", "- withdraw blockade", "is wanted before `blockade`"),
    "unknown party": ("ussr:\n", "usr:\n", "nearest: `ussr`"),
    "own view": ("usa: {ussr: {st", "usa: {usa: {st", "knows its own preferences"),
    "not ranked": (', "- - N Y"]', "]", "these are not ranked: `N N N Y`"),
    "ranked twice": ("[calm, ", "[calm, calm, ", "is ranked a second time"),
    "two orders": ("ranking:", "statements: [strike]\n      ranking:", "either a `ranking` or"),
    "no mover": ("{by: ussr, from", "{by: uss, from", "nearest: `ussr`"),
    "nothing barred": ("from: withdraw", "from: withdraw and escalate", "so it bars nothing"),
    "nothing left": ('["- - Y Y"]', '["- - - -"]', "no state is left"),
}


WHOLE = ("either a `ranking` or",)  # told of the order as a whole, a line above


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_each_mistake_is_told_at_its_place(tmp_path, mistake):
    right, wrong, told = mistake
    assert right in EXAMPLE
    section = EXAMPLE.replace(right, wrong, 1)
    found = [problem for problem in problems(tmp_path, section) if told in problem]
    assert found
    line = int(found[0].split(":")[0])
    written = (HEAD + section).splitlines()[line - 1]
    assert any(part.strip(" [{") in written for part in wrong.split("\n")) or told in WHOLE


def test_deep_or_long_conditions_are_refused():
    for text in ("(" * 500 + "a" + ")" * 500, "not " * 600 + "a", "a or " * 1000 + "a"):
        with pytest.raises(ConditionError):
            parse_condition(text, ["a"])


WORDS = st.recursive(
    st.sampled_from(["a", "b", "c"]),
    lambda inner: st.one_of(
        st.builds("not ({})".format, inner),
        *(
            st.builds((f"({{}}) {word} ({{}})").format, inner, inner)
            for word in ("and", "or", "if", "iff")
        ),
    ),
    max_leaves=8,
)
PYTHON = {"if": ">=", "iff": "=="}


@given(WORDS)
def test_words_mean_what_they_say(text):
    states = np.arange(8, dtype=np.uint32)
    python = re.sub(r"\b(iff|if)\b", lambda word: PYTHON[word[0]], text)
    for state, held in zip(
        states.tolist(), holds(parse_condition(text, "abc"), states), strict=True
    ):
        names = {name: bool(state >> k & 1) for k, name in enumerate("abc")}
        assert held == eval(python, names)
