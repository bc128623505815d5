"""Uncertain numbers: what an analyst writes, as distributions and reproducible draws."""

from summitry.estimates.draws import uniforms
from summitry.estimates.estimate import (
    NONNEGATIVE,
    POSITIVE,
    REAL,
    UNIT,
    Domain,
    Estimate,
    EstimateError,
    central,
    fixed,
    quantile,
    scale_domain,
)
from summitry.estimates.parse import OPTIONAL, PARAMETERS, parse_estimate, shown

__all__ = [
    "NONNEGATIVE",
    "OPTIONAL",
    "PARAMETERS",
    "POSITIVE",
    "REAL",
    "UNIT",
    "Domain",
    "Estimate",
    "EstimateError",
    "central",
    "fixed",
    "parse_estimate",
    "quantile",
    "scale_domain",
    "shown",
    "uniforms",
]
