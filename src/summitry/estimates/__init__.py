"""Uncertain numbers: what an analyst writes, as distributions and reproducible draws."""

from summitry.estimates.analyst import (
    analyst_level,
    shifted_prior,
    shifted_quantile,
    shifted_share,
)
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
    "analyst_level",
    "central",
    "fixed",
    "parse_estimate",
    "quantile",
    "scale_domain",
    "shifted_prior",
    "shifted_quantile",
    "shifted_share",
    "shown",
    "uniforms",
]
