"""Negotiations made up by a seed, as a file and as lines: none is of real people."""

from __future__ import annotations

from pathlib import Path

import numpy as np

HEADER = (
    "books,hats,balls,a_book,a_hat,a_ball,b_book,b_hat,b_ball,agreed,"
    "a_takes_books,a_takes_hats,a_takes_balls"
)
KINDS = ((1, 2, 1), (2, 1, 1), (1, 1, 3))


def vectors_of(kinds: np.ndarray) -> np.ndarray:
    """All ways to value these items at ten points in whole points: (vectors, kinds)."""
    every = np.indices((11,) * len(kinds)).reshape(len(kinds), -1).T
    return every[every @ kinds == 10]


def made_up_lines(number: int, seed: int = 1) -> list[str]:
    """Header and rows: each pair takes the best Nash product, a fifth find no deal."""
    generator = np.random.default_rng(seed)
    return [HEADER, *(_line(generator) for _ in range(number))]


def _line(generator: np.random.Generator) -> str:
    kinds = np.array(KINDS[generator.integers(len(KINDS))])
    first, second = generator.choice(vectors_of(kinds), 2)
    taken = np.indices(tuple(kinds + 1)).reshape(3, -1).T
    product = (taken @ first) * ((kinds - taken) @ second)
    best = taken[np.argmax(product * generator.uniform(0.7, 1.0, len(product)))]
    agreed = generator.random() > 0.2
    cells = [*kinds, *first, *second, int(agreed), *(best if agreed else ["", "", ""])]
    return ",".join(str(cell) for cell in cells)


def made_up_file(folder: Path, number: int) -> Path:
    """The same in a file."""
    path = folder / "deals.csv"
    path.write_text("\n".join(made_up_lines(number)) + "\n")
    return path
