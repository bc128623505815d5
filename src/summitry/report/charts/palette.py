"""The colours of all pictures: told apart by the colour-blind, and in grey print.

Tiers are an ordered scale: viridis (by Nathaniel Smith, Stéfan van der Walt and Eric Firing), of
which each step is darker than the one below it. Kinds without an order have the colours of Okabe
and Ito, in an order in which neighbours differ in lightness.
"""

from __future__ import annotations

from collections.abc import Sequence

INK, SOFT, MIDDLE, PALE = "#111111", "#5f5f5f", "#9a9a9a", "#d0d0d0"
NONE = "#c8c8c8"  # no agreement
VIRIDIS = (
    "#440154", "#472c7a", "#3b518b", "#2c718e", "#21908d", "#27ad81", "#5cc863", "#aadc32", "#fde725",
)  # fmt: skip
LIGHTEST, DARKEST = 0.66, 0.02  # the part of it that shows as a line on white
KINDS = (
    "#e69f00", "#0072b2", "#f0e442", "#d55e00", "#56b4e9", "#cc79a7", "#000000", "#009e73",
)  # fmt: skip
PARTIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")


def tier_colours(tiers: Sequence[str]) -> dict[str, str]:
    """A colour for each tier of a dossier, all of them given lowest first; `none` is grey."""
    ranked = [tier for tier in tiers if tier != "none"]
    last = max(len(ranked) - 1, 1)
    span = LIGHTEST - DARKEST
    scale = {tier: viridis(LIGHTEST - span * k / last) for k, tier in enumerate(ranked)}
    return {tier: scale.get(tier, NONE) for tier in tiers}


def party_colours(parties: Sequence[str]) -> dict[str, str]:
    """A colour for each party; of more than seven some share one."""
    return {party: PARTIES[k % len(PARTIES)] for k, party in enumerate(parties)}


def viridis(place: float) -> str:
    """The colour at a place from 0 (dark violet) to 1 (yellow), between its nine anchors."""
    at = place * (len(VIRIDIS) - 1)
    k = min(int(at), len(VIRIDIS) - 2)
    mixed = (
        round(a + (at - k) * (b - a))
        for a, b in zip(_parts(VIRIDIS[k]), _parts(VIRIDIS[k + 1]), strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def paler(colour: str) -> str:
    """The same colour half way to white."""
    return "#" + "".join(f"{(part + 255) // 2:02x}" for part in _parts(colour))


def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1 (the relative luminance of the W3C's contrast ratio)."""
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (part / 255 for part in _parts(colour))
    )  # fmt: skip
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ink_on(colour: str) -> str:
    """White or black, whichever can be read on a colour."""
    light = luminance(colour)
    return INK if (light + 0.05) ** 2 > 1.05 * 0.055 else "#ffffff"


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
