"""Reading a number as an analyst writes it."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from scipy.special import logit

from summitry.estimates.estimate import (
    REAL,
    UNIT,
    Domain,
    Estimate,
    EstimateError,
    fixed,
    quantile,
)
from summitry.estimates.fit import Z90, fit_cut_normal

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
RANGE = re.compile(rf"^\s*({NUMBER})\s*to\s*({NUMBER})\s*$")
# beyond this, sums and variances of numbers would leave what a float can hold
LARGEST = 1e100
# no number is longer than this, and a longer text is not searched for one
LONGEST = 200
PARAMETERS = {
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "pert": ("low", "mode", "high"),
    "beta": ("a", "b", "low", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sigma"),
}
OPTIONAL = {("beta", "low"): 0.0, ("beta", "high"): 1.0}
EXTREMES = np.array([2.0**-53, 0.5, 1.0 - 2.0**-53])


def parse_estimate(raw: Any, domain: Domain) -> Estimate:
    """The estimate that a number, a range `a to b` or a `{distribution: ...}` stands for.

    A range is the central 90 %: of a normal, of one truncated to the domain, or for shares
    of a logit-normal; with equal ends it is that number. Raises EstimateError saying what
    is wrong and what would be right.
    """
    if isinstance(raw, bool):
        raise EstimateError(f"{str(raw).lower()} is not a number; write a {domain.name}")
    if isinstance(raw, int | float):
        return _certain(_finite(raw), domain)
    if isinstance(raw, str):
        return _range(raw, domain)
    if isinstance(raw, Mapping):
        return _named(raw, domain)
    given = "nothing" if raw is None else f"a {type(raw).__name__}"
    raise EstimateError(
        f"a {domain.name} is needed: one number, a range `3 to 8` or `{{distribution: ...}}`, "
        f"not {given}"
    )


def _finite(raw: float | int | str) -> float:
    try:
        value = float(raw)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise EstimateError(f"{value} is not a finite number")
    if abs(value) > LARGEST:
        raise EstimateError(f"{value:g} is too large; numbers go to {LARGEST:g}")
    return value


def _certain(value: float, domain: Domain) -> Estimate:
    if not domain.low <= value <= domain.high or (domain.above and value == domain.low):
        raise EstimateError(f"{value:g} is not a {domain.name}")
    return fixed(value)


def _ends(text: str) -> tuple[str, str]:
    """The two ends of a range, as written."""
    short = text if len(text) <= LONGEST else ""
    found = RANGE.match(short)
    if found:
        return found[1], found[2]
    if re.fullmatch(NUMBER, short.strip()):
        raise EstimateError(f"{shown(text)} is a text; write the number without quotes")
    raise EstimateError(f"{shown(text)} is not a number; write one, or a range such as `3 to 8`")


def _range(text: str, domain: Domain) -> Estimate:
    first, second = _ends(text)
    low, high = _finite(first), _finite(second)
    for end in (low, high):
        _certain(end, domain)
    if low > high:
        raise EstimateError(
            f"the ends of `{text.strip()}` are swapped; write `{second} to {first}`"
        )
    if low == high:
        return fixed(low)
    if domain == REAL:
        return Estimate("normal", ((low + high) / 2, (high - low) / (2 * Z90)))
    if domain == UNIT and low > 0 and high < 1:
        a, b = float(logit(low)), float(logit(high))
        return Estimate("logitnormal", ((a + b) / 2, (b - a) / (2 * Z90)), UNIT)
    return fit_cut_normal(low, high, domain)


def _named(raw: Mapping[str, Any], domain: Domain) -> Estimate:
    name = raw.get("distribution")
    if not isinstance(name, str) or name not in PARAMETERS:
        wrong = "`distribution` is missing" if name is None else f"{shown(name)} is no distribution"
        raise EstimateError(
            f"{wrong}{_nearest(name, PARAMETERS)}; there are {', '.join(PARAMETERS)}",
            "distribution",
        )
    wanted = PARAMETERS[name]
    for key in raw:
        if key != "distribution" and key not in wanted:
            raise EstimateError(_unknown(name, key), str(key))
    parameters = tuple(_parameter(raw, name, key) for key in wanted)
    _check(name, dict(zip(wanted, parameters, strict=True)), domain)
    estimate = Estimate(name, parameters, domain)
    with np.errstate(all="ignore"):
        if not (np.abs(quantile(estimate, EXTREMES)) <= LARGEST).all():
            raise EstimateError(f"this {name} is too wide; its tails go beyond {LARGEST:g}")
    return estimate


def _unknown(name: str, key: Any) -> str:
    if key in ("because", "note"):
        return f"`{key}` stands beside `value`: write {{value: {{distribution: ...}}, {key}: ...}}"
    wanted = PARAMETERS[name]
    return f"{name} has no {shown(key)}{_nearest(key, wanted)}; it has {', '.join(wanted)}"


def _parameter(raw: Mapping[str, Any], name: str, key: str) -> float:
    value = raw.get(key, OPTIONAL.get((name, key)))
    if value is None:
        raise EstimateError(f"{name} needs `{key}`; it has {', '.join(PARAMETERS[name])}")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise EstimateError(f"`{key}` of {name} must be a number, not {shown(value)}", key)
    try:
        return _finite(value)
    except EstimateError as error:
        raise EstimateError(f"`{key}` of {name}: {error}", key) from None


def _check(name: str, p: Mapping[str, float], domain: Domain) -> None:
    """Parameters in order, and a support inside the domain (a normal is cut to it)."""
    if "low" in p and not p["low"] < p["high"]:
        raise EstimateError(f"{name}: low {p['low']:g} must be below high {p['high']:g}", "low")
    if "mode" in p and not p["low"] <= p["mode"] <= p["high"]:
        raise EstimateError(f"{name}: mode {p['mode']:g} must lie from low to high", "mode")
    for key in ("a", "b", "sd", "sigma", "median"):
        if key in p and p[key] <= 0:
            raise EstimateError(f"{name}: {key} must be above 0, not {p[key]:g}", key)
    low, high = p.get("low", 0.0), p.get("high", math.inf)
    if name != "normal" and (low < domain.low or high > domain.high):
        raise EstimateError(f"{name} from {low:g} to {high:g} leaves what a {domain.name} can be")


def shown(given: Any) -> str:
    """What was written, in backquotes and cut to a line."""
    text = str(given)
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}...`"


def _nearest(word: Any, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(str(word)[:LONGEST], list(names), 1, 0.5)
    return f" (nearest: `{close[0]}`)" if close else ""
