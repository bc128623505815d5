"""`--set PATH=VALUE`: what it changes, and what it says of a path that does not exist."""

from __future__ import annotations

import pytest

from summitry.dossier.errors import DossierError
from summitry.dossier.library import bundled_path
from summitry.dossier.reader import load

STARTER = str(bundled_path("starter"))


def fixed(number) -> float:
    (value,) = number.estimate.parameters
    return value


CHANGED = {
    "trust.upland=0.6": lambda d: fixed(d.trust["upland"]) == 0.6,
    "trust.farmers=0.6": lambda d: fixed(d.trust["farmers"]) == 0.6,
    "learning=0.25": lambda d: fixed(d.learning) == 0.25,
    "firmness.upland=2": lambda d: fixed(d.firmness["upland"]) == 2,
    "values.farmers.data=3": lambda d: fixed(d.values["farmers"]["data"]) == 3,
    "commitments.hotline.reversible=0.5": lambda d: fixed(d.commitments["hotline"].reversible) == 0.5,
    "types.upland.hoarder.trust=0.1": lambda d: fixed(d.types["upland"]["hoarder"].trust) == 0.1,
    "signals.visit.ratio=2": lambda d: d.signals[0].ratio.value == 2,
    "rounds.1.date=2030-09-01": lambda d: d.rounds[1].date.month == 9,
    "tiers.contact.any=[hotline]": lambda d: d.tiers[0].any == ["hotline"],
}  # fmt: skip


@pytest.mark.parametrize("change, holds", CHANGED.items(), ids=CHANGED)
def test_a_number_is_changed(change, holds):
    document = load(STARTER, [change])
    assert holds(document.dossier)
    assert document.changes == (change,)
    assert document.sha256 == load(STARTER).sha256


WRONG = {
    "trust.uplnd=0.6": "there is no party `uplnd`; nearest: `upland`",
    "values.farmer.data=3": "there is no party `farmer`; nearest: `farmers`",
    "commitments.hotlin.reversible=0.5": "no `hotlin` here; nearest: `hotline`",
    "types.upland.horder.trust=0.1": "no `horder` here; nearest: `hoarder`",
    "signals.vist.ratio=2": "no `vist` here; nearest: `visit`",
    "rounds.7.date=2030-09-01": "no `7` here; there are 0, 1",
    "lerning=0.25": "unknown key `lerning`; nearest: `learning`",
    "honesty.upland=0.2": "this counts nowhere: all types of upland have their own",
    "trust.upland=1.5": "1.5 is not a share from 0 to 1",
    "trust.upland=0.8 to 0.2": "the ends of `0.8 to 0.2` are swapped",
    "title.x=3": "inside a single value",
    "trust.upland": "write PATH=VALUE",
    "trust.upland=[1": "is no number, range or text",
    "learning=!!python/object:os.system x": "is no number, range or text",
}


@pytest.mark.parametrize("change, message", WRONG.items(), ids=WRONG)
def test_a_wrong_change_is_told_as_itself(change, message):
    with pytest.raises(DossierError) as refused:
        load(STARTER, [change])
    (problem,) = refused.value.problems
    assert problem.file == f"--set {change}"
    assert message in problem.message
