"""How an uncertain number of a dossier reads."""

from __future__ import annotations

import numpy as np

from summitry.dossier.numbers import Number
from summitry.estimates import central, quantile


def shown(number: Number | None) -> str:
    """A number as `central (low to high)`, the ends of its central 90 %."""
    if number is None:
        return ""
    middle = figure(central(number.estimate))
    return middle if number.estimate.distribution == "fixed" else f"{middle} ({ends(number)})"


def ends(number: Number) -> str:
    """The ends of a number's central 90 %, as `low to high`."""
    low, high = quantile(number.estimate, np.array([0.05, 0.95]))
    return f"{figure(low)} to {figure(high)}"


def figure(value: float) -> str:
    """Three digits that count, and all before the point (2035 is a year)."""
    tidy = round(float(value), 9) + 0.0
    return f"{tidy:.3g}" if abs(tidy) < 1000 else f"{tidy:.0f}"
