"""A number of the dossier is read with its reason, and refused where it is wrong."""

from __future__ import annotations

import jsonschema
import pytest
from pydantic import TypeAdapter, ValidationError

from summitry.dossier.numbers import Fixed, NonNegative, Real, Unit
from summitry.estimates import central

WRITTEN = [
    (3, True),
    (-1, False),
    ("2 to 5", True),
    ("a lot", False),
    ({"value": "2 to 5", "because": "a", "note": "n"}, True),
    ({"value": 3, "because": ["a", "b"]}, True),
    ({"value": 3, "becuase": "a"}, False),
    ({"distribution": "pert", "low": 0, "mode": 1, "high": 4}, True),
    ({"distribution": "pert", "low": 0, "high": 4}, False),
    ({"value": {"distribution": "beta", "a": 2, "b": 3}}, True),
    ({"because": "a"}, False),
    (None, False),
]


def read(kind, raw):
    return TypeAdapter(dict[str, kind]).validate_python({"k": raw})["k"]


def refused(kind, raw):
    """The place and the message of the one mistake."""
    with pytest.raises(ValidationError) as caught:
        read(kind, raw)
    (error,) = caught.value.errors()
    return error["loc"], error["msg"]


def test_a_number_keeps_its_reason():
    number = read(Real, {"value": "-4 to 9", "because": "a", "note": "wide"})
    assert central(number.estimate) == pytest.approx(2.5)
    assert (number.because, number.note, number.raw) == (("a",), "wide", "-4 to 9")
    fixed = read(Fixed, {"value": 3, "because": ["a", "b"]})
    assert (fixed.value, fixed.because) == (3.0, ("a", "b"))


@pytest.mark.parametrize(
    "kind, raw, place, told",
    [
        (Real, "8 to 3", (), "write `3 to 8`"),
        (Unit, {"value": 2, "because": "a"}, ("value",), "share"),
        (Real, {"value": 3, "becuase": "a"}, ("becuase",), "unknown"),
        (Real, {"value": 3, "because": [1]}, ("because",), "source id"),
        (Real, {"distribution": "uniform", "low": 4, "high": 2}, ("low",), "below high"),
        (Real, {"value": {"distribution": "normal", "mean": 1, "sd": 0}}, ("value", "sd"), "above"),
        (Fixed, "3 to 8", (), "one number is needed"),
        (Fixed, {"value": "3 to 8"}, ("value",), "one number is needed"),
        (Fixed, True, (), "one number is needed"),
        (Fixed, 10**400, (), "finite"),
    ],
)
def test_a_mistake_is_told_where_it_stands(kind, raw, place, told):
    found, message = refused(kind, raw)
    assert found == ("k", *place)
    assert told in message


@pytest.mark.parametrize("raw, right", WRITTEN)
def test_the_json_schema_says_the_same(raw, right):
    validator = jsonschema.Draft202012Validator(TypeAdapter(NonNegative).json_schema())
    assert validator.is_valid(raw) == right
    if right:
        read(NonNegative, raw)
    else:
        refused(NonNegative, raw)
