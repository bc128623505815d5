"""A slow, literal version of the model, as the oracle of the compiled kernels."""

from tests.literal.roadmaps import minimum_trust, self_enforcing

__all__ = ["minimum_trust", "self_enforcing"]
