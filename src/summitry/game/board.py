"""The part of a game that no draw changes, as flat arrays for the kernels.

A package is a bit mask: bit k is the k-th commitment. A set of parties is a bit mask
too: bit i is the i-th party.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summitry.dossier.feasible import feasible_masks

Masks = NDArray[np.uint32]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Rules(NamedTuple):
    """What the dossier says of commitments, linkages and tiers, as masks.

    `names` are those of the commitments; `movers` and `consent` are masks of parties for each commitment; `requires`,
    `only_with` and `excludes` masks of commitments; `chances` lists (commitment, party)
    for every consent that is given with a probability; `tier_all` and `tier_any` are masks
    for each tier, lowest first (`tier_any` 0: no such condition).
    """

    names: tuple[str, ...]
    parties: int
    principals: int
    movers: Masks
    consent: Masks
    requires: Masks
    only_with: Masks
    excludes: Masks
    instant: Bools
    linkages: Masks
    chances: tuple[tuple[int, int], ...]
    tier_all: Masks
    tier_any: Masks


class Board(NamedTuple):
    """The possible packages and all that the kernels ask about them.

    For each of P packages, by ascending mask: `masks`, `tiers` (1 = lowest), `consent`
    (the parties that must accept it by their points), and `low`, `high` (its two halves,
    indices into half tables). `concerned`: the parties that are ever asked. For each commitment:
    `movers`, what it `requires`, `instant`, and a number of its own (`hashes`) that is the same
    in every dossier; `linkages` are masks, `crossing` those that lie across the halves.
    """

    parties: int
    principals: int
    concerned: int
    masks: Masks
    tiers: NDArray[np.int8]
    consent: Masks
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    half: int
    movers: Masks
    requires: Masks
    instant: Bools
    hashes: NDArray[np.uint64]
    linkages: Masks
    crossing: Ints


def possible_packages(rules: Rules) -> tuple[Masks, NDArray[np.int8]]:
    """Masks of the possible packages, ascending, with the tier that each reaches (from 1)."""
    masks = feasible_masks(rules.requires, rules.only_with, rules.excludes)
    masks = masks[masks != 0]
    tiers = tiers_of(masks, rules.tier_all, rules.tier_any)
    reached = tiers > 0
    return masks[reached], tiers[reached]


def tiers_of(masks: Masks, tier_all: Masks, tier_any: Masks) -> NDArray[np.int8]:
    """The highest tier that each package satisfies, counted from 1; 0 where none."""
    tiers = np.zeros(len(masks), np.int8)
    for k, (every, some) in enumerate(zip(tier_all, tier_any, strict=True), start=1):
        reached = (masks & every) == every
        if some:
            reached &= (masks & some) != 0
        tiers[reached] = k
    return tiers


def union_over(masks: Masks, of_commitment: Sequence[int] | Masks) -> Masks:
    """For each package, the union of what its commitments bring (masks of any kind)."""
    union = np.zeros(len(masks), np.uint32)
    for k, brought in enumerate(of_commitment):
        union[(masks >> np.uint32(k)) & 1 == 1] |= np.uint32(brought)
    return union


def needs_of(rules: Rules) -> Masks:
    """For each commitment itself and all that it needs, earlier or besides, through others too."""
    requires, only_with = rules.requires.tolist(), rules.only_with.tolist()
    return np.array(all_needs(requires, only_with), np.uint32)


def all_needs(requires: Sequence[int], only_with: Sequence[int]) -> list[int]:
    """The same as whole numbers, of any number of commitments."""
    needs = [1 << k | r | w for k, (r, w) in enumerate(zip(requires, only_with, strict=True))]
    for _ in needs:
        before = list(needs)
        for k, mask in enumerate(before):
            while mask:
                needs[k] |= before[(mask & -mask).bit_length() - 1]
                mask &= mask - 1
        if needs == before:
            break
    return needs


def hashes_of(names: Sequence[str]) -> NDArray[np.uint64]:
    """A number for each commitment that hangs on its name alone."""
    digests = [hashlib.sha256(name.encode()).digest()[:8] for name in names]
    return np.array([int.from_bytes(digest, "little") for digest in digests], np.uint64)


def build_board(rules: Rules) -> Board:
    """The board of a game: its possible packages, and the tables that price them."""
    masks, tiers = possible_packages(rules)
    commitments = len(rules.movers)
    half = (commitments + 1) // 2
    low_mask = np.uint32((1 << half) - 1)
    consent = union_over(masks, rules.movers | rules.consent) | np.uint32(rules.principals)
    within_half = ((rules.linkages & ~low_mask) == 0) | ((rules.linkages & low_mask) == 0)
    return Board(
        parties=rules.parties,
        principals=rules.principals,
        concerned=int(np.bitwise_or.reduce(consent, initial=rules.principals)),
        masks=masks,
        tiers=tiers,
        consent=consent,
        low=(masks & low_mask).astype(np.int32),
        high=(masks >> np.uint32(half)).astype(np.int32),
        half=half,
        movers=rules.movers,
        requires=rules.requires,
        instant=rules.instant,
        hashes=hashes_of(rules.names),
        linkages=rules.linkages,
        crossing=np.flatnonzero(~within_half),
    )


def ranks_of(rules: Rules) -> Ints:
    """The place of each party in the order of principals first, then stakeholders."""
    principals = [i for i in range(rules.parties) if rules.principals >> i & 1]
    return ranks_among(rules.parties, principals)


def ranks_among(parties: int, principals: Sequence[int]) -> Ints:
    """The same from the indices of the principals."""
    order = [*principals, *(i for i in range(parties) if i not in principals)]
    ranks = np.empty(parties, np.int64)
    ranks[order] = np.arange(parties)
    return ranks


def columns_of(board: Board) -> Floats:
    """For each package which values and linkages count: (P, commitments + linkages)."""
    bits = np.arange(len(board.movers), dtype=np.uint32)
    present = (board.masks[:, None] >> bits) & 1
    linked = (board.masks[:, None] & board.linkages) == board.linkages
    return np.column_stack([present, linked]).astype(float)
