"""A heap of packages that is ordered by two keys and then by the smaller mask."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.kernels.compiling import kernel


class Heap(NamedTuple):
    """Packages to visit, best first: indices, and two keys for every package of the board."""

    items: np.ndarray
    major: np.ndarray
    minor: np.ndarray


def make_heap(packages: int) -> Heap:
    """Room for all packages of a board."""
    return Heap(np.zeros(packages, np.int64), np.zeros(packages), np.zeros(packages))


@kernel
def _before(major, minor, p, q):
    if major[p] != major[q]:
        return major[p] > major[q]
    if minor[p] != minor[q]:
        return minor[p] > minor[q]
    return p < q


@kernel
def sink(heap, size, at):
    """Let the item at place `at` fall to where it belongs among the first `size`."""
    items, major, minor = heap.items, heap.major, heap.minor
    item = items[at]
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and _before(major, minor, items[child + 1], items[child]):
            child += 1
        if not _before(major, minor, items[child], item):
            break
        items[at] = items[child]
        at = child
    items[at] = item


@kernel
def heapify(heap, size):
    """Order the first `size` items."""
    for at in range(size // 2 - 1, -1, -1):
        sink(heap, size, at)


@kernel
def pop(heap, size):
    """Drop the best item; returns the number left."""
    heap.items[0] = heap.items[size - 1]
    if size > 1:
        sink(heap, size - 1, 0)
    return size - 1
