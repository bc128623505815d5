"""Words of probability as the United States intelligence community defines them.

Source: Office of the Director of National Intelligence, Intelligence Community Directive 203,
Analytic Standards (2015).
"""

from __future__ import annotations

# up to, and what it is called; the directive's own scale runs from 1 % to 99 %
WORDS = (
    (0.01, "almost no chance (<1 %)"),
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
)


def icd203(probability: float) -> str:
    """The word for a probability: "unlikely" for 0.3."""
    for upper, word in WORDS:
        if probability < upper:
            return word
    return "almost certain" if probability <= 0.99 else "almost certain (>99 %)"
