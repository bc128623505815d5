"""What signals may and may not do to the probabilities of types."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.dossier.kinds import KINDS
from summitry.dossier.schema import Dossier
from summitry.evidence.dependence import exponents_in, group_numbers
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


def test_several_signals_by_hand():
    signals = [
        signal("x", kind="act", source="n", cluster="test"),  # the stronger of one cluster
        signal("x", kind="contact", source="m", cluster="test"),
        {**signal("z", kind="words", age=21), "source": {"name": "p"}, "credibility": 6},
    ]
    found = weigh(dossier(signals), DAY)
    prior = np.array([0.3, 0.5, 0.2])

    def mixed(ratio, powers, rho):
        table = ratio ** np.array(powers)
        return np.log(rho * table + (1 - rho) * prior @ table)

    logs = [
        mixed(2.0, [1, 0.5, 0], 0.95),
        mixed(1.8, [1, 0.5, 0], 0.95),
        mixed(1.1, [0, 0.5, 1], 0.5 * 0.6),  # the default grade, F6
    ]
    within = [1.0, 2 / 1.7 - 1, 1.0]
    among = [1.0, 2 / 1.1 - 1, 3 / 1.2 - 2 / 1.1]  # by falling force: as they are listed
    decay = [1.0, 1.0, 0.5]
    whole = np.array(within) * among * decay
    expected = prior * np.exp(whole @ np.array(logs))
    assert [s.exponent for s in found.signals] == pytest.approx(whole)
    assert [s.within for s in found.signals] == pytest.approx(within)
    assert [s.among for s in found.signals] == pytest.approx(among)
    assert found.parties["a"].posterior == pytest.approx(expected / expected.sum())
    assert found.parties["a"].effective == pytest.approx(np.multiply(within, among).sum())


def test_the_effective_number_of_signals_in_groups():
    force = np.array([1.0, 3.0, 2.0, 3.0, 0.0])
    groups = group_numbers(["a", "b", "a", "b", "b"])
    second, third = 2 / 1.7 - 1, 3 / 2.4 - 2 / 1.7
    expected = [second, 1.0, 1.0, second, third]
    assert exponents_in(force, 0.7, groups) == pytest.approx(expected)


@FEW
@given(some_signals, st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(signals, random):
    # ages that differ, so that no two signals are equally strong
    told = [{**s, "date": DAY - dt.timedelta(days=7 * k)} for k, s in enumerate(signals)]
    mixed = random.sample(told, len(told))
    assert np.allclose(posterior(told), posterior(mixed), atol=1e-12)
    assert posterior(told).sum() == pytest.approx(1.0)


def test_a_ratio_above_the_cap_of_its_kind_is_cut_unless_it_overrides():
    loud = dict.fromkeys("xyz", 1.0) | {"x": 8.0, "z": 2.0}
    told = [
        signal(shows=None, likelihoods=loud, id="cut"),
        signal(shows=None, likelihoods=loud, id="whole", override=True, source="m"),
        signal(id="plain", source="p"),
    ]
    found = {s.id: s for s in weigh(dossier(told), DAY).signals}
    centre = np.sqrt(8.0)
    cut = centre * (np.array([8.0, 1.0, 2.0]) / centre) ** (np.log(2.5) / np.log(8.0))
    assert found["cut"].table == pytest.approx(0.95 * cut + 0.05 * cut @ [0.3, 0.5, 0.2])
    assert found["whole"].table[0] / found["whole"].table[1] > 5
    assert [(s.above_cap, s.override) for s in found.values()] == [
        (True, False), (True, True), (False, False),
    ]  # fmt: skip


def test_one_signal_left_out_is_as_if_it_had_not_been_there():
    told = [
        signal("z", age=30, id="old"),
        signal("x", age=10, id="new", supersedes=["old"]),
        signal("y", age=9, kind="act"),
    ]
    evidence = weigh(dossier(told), DAY)
    for name, left in (("new", [told[0], told[2]]), ("s3", told[:2]), ("old", told[1:])):
        left = [{**s, "supersedes": []} for s in left] if name == "old" else left
        assert np.allclose(evidence.without(name)["a"], posterior(left), atol=1e-15)
        skipped = weigh(dossier(told), DAY, skip={name}).posteriors()["a"]
        assert np.array_equal(evidence.without(name)["a"], skipped)
    with pytest.raises(KeyError):
        evidence.without("nobody")


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


def test_words_are_those_of_the_directive():
    shares = [0.01, 0.05, 0.1, 0.3, 0.45, 0.5, 0.6, 0.9, 0.95, 0.99]
    assert [icd203(p) for p in shares] == [
        "almost no chance", "very unlikely", "very unlikely", "unlikely", "roughly even chance",
        "roughly even chance", "likely", "very likely", "almost certain", "almost certain",
    ]  # fmt: skip
    assert icd203(0.004) == "almost no chance (<1 %)"
    assert icd203(0.995) == "almost certain (>99 %)"
