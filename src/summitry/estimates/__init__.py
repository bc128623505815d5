"""Uncertain numbers: what an analyst writes, as distributions and reproducible draws."""

from summitry.estimates.draws import uniforms
from summitry.estimates.estimate import (
    NONNEGATIVE,
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
from summitry.estimates.parse import PARAMETERS, parse_estimate

__all__ = [
    "NONNEGATIVE",
    "PARAMETERS",
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
    "uniforms",
]
