"""Reproducible uniform numbers: one stream for each path and block of draws."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

BLOCK = 1024
LARGEST_SEED = 2**53 - 1
# first blocks kept, of 8 kB each: what is played many times over on few draws asks for them again
KEPT = 1024


def uniforms(seed: int, path: str, draws: int, first: int = 0) -> NDArray[np.float64]:
    """Uniform numbers strictly between 0 and 1, the same for a seed and path wherever asked.

    Shape (draws): those of the draws from `first` on, which are the same in a run of any
    length. Philox counters (Salmon et al. 2011), seeded by the path's hash and the number of
    the block. Raises ValueError for a seed outside 0 to 2**53 - 1.
    """
    if not 0 <= seed <= LARGEST_SEED:
        raise ValueError(f"a seed is a whole number from 0 to {LARGEST_SEED}, not {seed}")
    start = first // BLOCK
    numbers = range(start, -(-(first + draws) // BLOCK))
    blocks = [_block(seed, path, k) if k else _first_block(seed, path) for k in numbers]
    skip = first - start * BLOCK
    return np.concatenate(blocks)[skip : skip + draws] if draws else np.zeros(0)


@lru_cache(KEPT)
def _first_block(seed: int, path: str) -> NDArray[np.float64]:
    return _block(seed, path, 0)


def _block(seed: int, path: str, number: int) -> NDArray[np.float64]:
    digest = hashlib.blake2b(path.encode(), digest_size=16).digest()
    words = np.frombuffer(digest, np.uint32)
    sequence = np.random.SeedSequence(seed, spawn_key=(*(int(w) for w in words), number))
    stream = np.random.Generator(np.random.Philox(sequence))
    # 52 random bits, moved to the middle of their cell: never 0 and never 1
    return (stream.integers(0, 2**52, BLOCK) + 0.5) / 2**52
