"""Bits of masks of any width of integer."""

from __future__ import annotations

from summitry.game.kernels.compiling import kernel


@kernel
def has(mask, k):
    """Whether bit k of a mask is set."""
    return (mask >> k) & 1 == 1
