"""How an uncertain number of a dossier reads."""

from __future__ import annotations

import numpy as np

from summitry.dossier.numbers import Number
from summitry.estimates import central, quantile


def shown(number: Number | None) -> str:
    """A number as `central (low to high)`, the ends of its central 90 %."""
    if number is None:
        return ""
    middle = f"{central(number.estimate):.3g}"
    if number.estimate.distribution == "fixed":
        return middle
    low, high = quantile(number.estimate, np.array([0.05, 0.95]))
    return f"{middle} ({round(low, 9) + 0.0:.3g} to {round(high, 9) + 0.0:.3g})"
