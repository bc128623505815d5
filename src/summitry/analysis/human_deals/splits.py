"""All splits of every negotiation as arrays, and the scenarios that come back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.analysis.human_deals.reading import Negotiations
from summitry.game.board import Bools, Floats, Ints


class Splits(NamedTuple):
    """The splits of n negotiations, padded to the K of the one that has most.

    `taken` (n, K, kinds): what the first takes of each kind, in lexical order; `left` (n, K,
    kinds): what the second takes; `there` (n, K): which of the K exist; `points` (n, K, 2): what
    each gets; `outcome` (n): the index of the split agreed on, K where there was no deal.
    """

    taken: Ints
    left: Ints
    there: Bools
    points: Floats
    outcome: Ints


def splits_of(negotiations: Negotiations) -> Splits:
    """Every way to hand out the items of every negotiation."""
    counts, values = negotiations.counts, negotiations.values
    width = int((counts + 1).prod(axis=1).max())
    taken = np.zeros((len(counts), width, counts.shape[1]), np.int64)
    there = np.zeros((len(counts), width), bool)
    for kinds in np.unique(counts, axis=0):
        rows = (counts == kinds).all(axis=1)
        every = every_split(kinds)
        taken[rows, : len(every)] = every
        there[rows, : len(every)] = True
    left = np.where(there[:, :, None], counts[:, None] - taken, 0)
    points = np.stack(
        [(taken * values[:, None, 0]).sum(axis=2), (left * values[:, None, 1]).sum(axis=2)], axis=2
    )
    agreed = negotiations.agreed
    later = np.cumprod(
        np.column_stack([np.ones(len(counts), np.int64), counts[:, :0:-1] + 1]), axis=1
    )
    place = (np.maximum(negotiations.taken, 0) * later[:, ::-1]).sum(axis=1)
    return Splits(taken, left, there, points, np.where(agreed, place, width))


def every_split(kinds: Ints) -> Ints:
    """What the first may take of these items, in lexical order: (splits, kinds)."""
    return np.stack(np.unravel_index(np.arange((kinds + 1).prod()), tuple(kinds + 1)), axis=1)


def scenarios_of(negotiations: Negotiations) -> Ints:
    """A number for every scenario (n): the same counts and value vectors, whoever has which."""
    counts, values = negotiations.counts, np.round(negotiations.values, 6)
    _, vector = np.unique(values.reshape(-1, values.shape[2]), axis=0, return_inverse=True)
    ordered = np.sort(np.asarray(vector).reshape(-1, 2), axis=1)
    _, scenario = np.unique(np.column_stack([counts, ordered]), axis=0, return_inverse=True)
    return np.asarray(scenario).reshape(-1)
