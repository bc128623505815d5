"""What signals may and may not do to the probabilities of types."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.dossier.kinds import KINDS
from summitry.dossier.schema import Dossier
from summitry.evidence.pool import floor_zeros, pool
from summitry.evidence.signals import weigh
from summitry.evidence.words import icd203

DAY = dt.date(2019, 2, 10)
FEW = settings(max_examples=80, deadline=None)


def dossier(signals, **settings_):
    return Dossier.model_validate(
        {
            "title": "t",
            "as_of": DAY,
            "parties": {"a": {}},
            "types": {"a": {k: {"prior": p} for k, p in (("x", 0.3), ("y", 0.5), ("z", 0.2))}},
            "signals": signals,
            "settings": settings_,
        }
    )


def signal(shows="x", age=0, kind="contact", source="n", **more):
    return {
        "date": DAY - dt.timedelta(days=age),
        "party": "a",
        "says": "-",
        "kind": kind,
        "source": {"name": source, "reliability": "A"},
        "credibility": 1,
        "shows": shows,
        **more,
    }


def posterior(signals, as_of=DAY, **settings_):
    return weigh(dossier(signals, **settings_), as_of).parties["a"].posterior


some_signals = st.lists(
    st.builds(
        signal,
        shows=st.sampled_from("xyz"),
        age=st.integers(0, 400),
        kind=st.sampled_from(sorted(KINDS)),
        source=st.sampled_from(["n", "m"]),
    ),
    max_size=6,
)


def test_one_signal_by_hand():
    found = posterior([signal(age=60)])
    rho, likelihood = 0.95, np.array([1.8, 1.8**0.5, 1.0])
    prior = np.array([0.3, 0.5, 0.2])
    mixed = rho * likelihood + (1 - rho) * prior @ likelihood
    expected = prior * np.sqrt(mixed)  # one half-life old
    assert np.allclose(found, expected / expected.sum(), atol=1e-12)


@FEW
@given(some_signals)
def test_a_ratio_of_one_moves_nothing(signals):
    silent = signal(ratio=1, source="n")
    assert np.allclose(posterior([*signals, silent]), posterior(signals), atol=1e-12)


@FEW
@given(some_signals, st.integers(0, 400))
def test_what_is_known_later_changes_nothing(signals, age):
    date = DAY - dt.timedelta(days=age)
    known = [s for s in signals if s["date"] <= date]
    assert np.allclose(posterior(signals, date), posterior(known, date), atol=1e-15)


@FEW
@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=8), st.booleans())
def test_a_second_agreeing_signal_never_takes_away(kinds, same_source):
    signals = [
        signal(kind=kind, source="n" if same_source else str(k)) for k, kind in enumerate(kinds)
    ]
    believed = [posterior(signals[:k]) for k in range(len(signals) + 1)]
    # the direction of a signal is the type shown against the one farthest from it: where the
    # cap on all signals binds, the type between them still moves by its own shape
    odds = [np.log(types[0] / types[2]) for types in believed]
    assert (np.diff(odds) >= -1e-12).all()


def test_the_cap_binds_and_is_told():
    many = [signal(kind="commitment", source=str(k), ratio=4) for k in range(12)]
    party = weigh(dossier(many), DAY).parties["a"]
    span = np.ptp(np.log(party.posterior / party.prior))
    assert party.cap_factor < 1
    assert span == pytest.approx(np.log(4))
    assert party.independent[0] > 0.999
    assert party.effective < 12


def test_a_superseded_signal_counts_until_the_other_is_known():
    first = signal("z", age=30, id="first")
    second = signal("x", age=10, id="second", supersedes=["first"])
    early = DAY - dt.timedelta(days=20)
    assert np.allclose(posterior([first, second], early), posterior([first], early))
    assert np.allclose(posterior([first, second]), posterior([second]))


def test_signals_of_the_day_of_the_outcome_come_too_late():
    assert np.allclose(weigh(dossier([signal()]), DAY, DAY).parties["a"].posterior, [0.3, 0.5, 0.2])


def test_a_zero_of_the_model_counts_as_half_a_draw():
    floored = floor_zeros(np.array([1.0, 0.0, 0.0]), np.array([True, True, False]), 100)
    assert floored == pytest.approx(np.array([1.0, 0.005, 0.0]) / 1.005)
    assert pool(floored, np.array([0.2, 0.5, 0.3]), 0.5).sum() == pytest.approx(1.0)


def test_words_are_those_of_the_directive():
    shares = [0.01, 0.1, 0.3, 0.5, 0.6, 0.9, 0.97]
    assert [icd203(p) for p in shares] == [
        "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely",
        "very likely", "almost certain",
    ]  # fmt: skip
