"""A vote reads as what passes, who decides, and what the agenda setter gets."""

from __future__ import annotations

import numpy as np
import pytest

from summitry.analysis.positions.arrays import central_arrays
from summitry.analysis.positions.voting import voting_of
from summitry.dossier.ballot import ballot_of
from summitry.dossier.reader import load
from summitry.report.voting import voting_parts

TEXT = """\
title: T
parties: {a: {name: Aland}, b: {}, c: {}}
issues:
  phase-out:
    scale: {2030: early, 2050: late}
    no_agreement: 2050
    rule: RULE
    agenda_setter: a
    positions:
      a: {position: 2030, salience: 1}
      b: {position: 2035, salience: 1}
      c: {position: 2045, salience: 1}
"""
TOLD = {
    "simple": [
        "Vote: simple, 2 of 3 votes",
        "  Against no agreement at 2050, what lies from 2030 to 2050 passes; so does the forecast. "
        "Nothing beats 2035.",
        "  Pivotal for a move up: b; down: b.",
        "  The best that Aland can bring through: 2030.",
    ],
    "unanimity": [
        "Vote: unanimity, 3 of 3 votes",
        "  Against no agreement at 2050, what lies from 2040 to 2050 passes; the forecast does not. "
        "Nothing beats what lies from 2030 to 2045.",
        "  Pivotal for a move up: Aland; down: c.",
        "  The best that Aland can bring through: 2040.",
    ],
}


@pytest.mark.parametrize("rule, expected", TOLD.items(), ids=TOLD)
def test_a_vote_is_told_in_words(tmp_path, rule, expected):
    path = tmp_path / "d.yaml"
    path.write_text(TEXT.replace("RULE", rule))
    dossier = load(path).dossier
    issue = central_arrays(dossier).issues[0]
    ballot = ballot_of(dossier, issue.told)
    assert ballot is not None
    voting = voting_of(issue, ballot, np.array([2037.0]))
    names = {name: party.name or name for name, party in dossier.parties.items()}
    assert [str(part) for part in voting_parts(voting, names)] == expected
