"""Reading a number as an analyst writes it."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping
from typing import Any

from scipy.special import logit, ndtri

from summitry.estimates.estimate import REAL, UNIT, Domain, Estimate, EstimateError, fixed
from summitry.estimates.fit import fit_cut_normal

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
RANGE = re.compile(rf"^\s*({NUMBER})\s+to\s+({NUMBER})\s*$")
Z90 = float(ndtri(0.95))
PARAMETERS = {
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "pert": ("low", "mode", "high"),
    "beta": ("a", "b", "low", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sigma"),
}
OPTIONAL = {("beta", "low"): 0.0, ("beta", "high"): 1.0}


def parse_estimate(raw: Any, domain: Domain) -> Estimate:
    """The estimate that a number, a range `a to b` or a `{distribution: ...}` stands for.

    A range is the central 90 %: of a normal, of one truncated to the domain, or for shares
    of a logit-normal. Raises EstimateError saying what is wrong and what would be right.
    """
    if isinstance(raw, bool):
        raise EstimateError(f"{str(raw).lower()} is not a number; write a {domain.name}")
    if isinstance(raw, int | float):
        return _certain(float(raw), domain)
    if isinstance(raw, str):
        return _range(raw, domain)
    if isinstance(raw, Mapping):
        return _named(raw, domain)
    raise EstimateError(
        f"a {domain.name} is a number, a range `3 to 8` or `{{distribution: ...}}`, "
        f"not {type(raw).__name__}"
    )


def _certain(value: float, domain: Domain) -> Estimate:
    if not math.isfinite(value):
        raise EstimateError(f"{value} is not a finite number")
    if not domain.low <= value <= domain.high:
        raise EstimateError(f"{value:g} is not a {domain.name}")
    return fixed(value)


def _range(text: str, domain: Domain) -> Estimate:
    found = RANGE.match(text)
    if not found:
        raise EstimateError(f"`{text}` is not a number; write one, or a range such as `3 to 8`")
    low, high = float(found[1]), float(found[2])
    for end in (low, high):
        _certain(end, domain)
    if low > high:
        raise EstimateError(
            f"the ends of `{text.strip()}` are swapped; write `{found[2]} to {found[1]}`"
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
    if name not in PARAMETERS:
        raise EstimateError(
            f"`{name}` is no distribution{_nearest(str(name), PARAMETERS)}; "
            f"there are {', '.join(PARAMETERS)}"
        )
    wanted = PARAMETERS[name]
    for key in raw:
        if key != "distribution" and key not in wanted:
            raise EstimateError(
                f"{name} has no `{key}`{_nearest(str(key), wanted)}; it has {', '.join(wanted)}"
            )
    parameters = tuple(_parameter(raw, name, key) for key in wanted)
    _check(name, dict(zip(wanted, parameters, strict=True)), domain)
    return Estimate(name, parameters, domain)


def _parameter(raw: Mapping[str, Any], name: str, key: str) -> float:
    value = raw.get(key, OPTIONAL.get((name, key)))
    if value is None:
        raise EstimateError(f"{name} needs `{key}`; it has {', '.join(PARAMETERS[name])}")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise EstimateError(f"`{key}` of {name} must be a number, not `{value}`")
    return float(value)


def _check(name: str, p: Mapping[str, float], domain: Domain) -> None:
    """Parameters in order, and a support inside the domain (a normal is cut to it)."""
    if "low" in p and not p["low"] < p["high"]:
        raise EstimateError(f"{name}: low {p['low']:g} must be below high {p['high']:g}")
    if "mode" in p and not p["low"] <= p["mode"] <= p["high"]:
        raise EstimateError(f"{name}: mode {p['mode']:g} must lie from low to high")
    for key in ("a", "b", "sd", "sigma", "median"):
        if key in p and p[key] <= 0:
            raise EstimateError(f"{name}: {key} must be above 0, not {p[key]:g}")
    low, high = p.get("low", 0.0), p.get("high", math.inf)
    if name != "normal" and (low < domain.low or high > domain.high):
        raise EstimateError(f"{name} from {low:g} to {high:g} leaves what a {domain.name} can be")


def _nearest(word: str, names: Any) -> str:
    close = difflib.get_close_matches(word, list(names), 1, 0.5)
    return f" (nearest: `{close[0]}`)" if close else ""
