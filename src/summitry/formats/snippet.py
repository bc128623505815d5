"""Reference classes as a part of a dossier, in YAML: to paste, then to judge."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summitry.analysis.reference_classes import CountedClass

OWN = "own-data"


@dataclass(frozen=True)
class Writing:
    """The dossier's tiers, lowest first without `none`, and the tiers that outcomes mean."""

    tiers: Sequence[str]
    meant: Mapping[str, Sequence[str]]


def snippet_of(classes: Sequence[CountedClass], titles: Mapping[str, str], writing: Writing) -> str:
    """The classes as `sources` and `reference_classes` of a dossier.

    An outcome means the tiers it was said to mean, or the tier of its own name; else an
    agreement means all tiers that no other outcome means, and what is none means `none`. A
    class in which no outcome is an agreement is left out, with a comment.
    """
    told = [(one, _groups(one, writing)) for one in classes if any(one.counts.values())]
    able = [(one, groups) for one, groups in told if groups is not None]
    lines: list[str] = []
    if able:
        used = dict.fromkeys(one.source for one, _ in able)
        lines += ["sources:", *(f"  {name or OWN}: {{{titles[name]}}}" for name in used)]
        lines.append("reference_classes:")
    for one, groups in able:
        lines += _entry(one, groups, writing.tiers)
    lines += [f"# left out, no outcome is a tier: {one.title}" for one, g in told if g is None]
    lines += [f"# left out, not counted now: {one.title}" for one in classes if one.file is None]
    return "".join(f"{line}\n" for line in lines)


def _groups(one: CountedClass, writing: Writing) -> dict[tuple[str, ...], list[str]] | None:
    """The outcomes by the tiers they mean, lowest first; None where none of them means a tier."""
    order = ["none", *writing.tiers]
    meant = {name: writing.meant.get(name, [name] if name in order else []) for name in one.counts}
    taken = {tier for tiers in meant.values() for tier in tiers}
    free = [tier for tier in writing.tiers if tier not in taken] or writing.tiers
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, tiers in meant.items():
        key = tiers or (free if name in one.agreement else ["none"])
        groups.setdefault(tuple(sorted(key, key=order.index)), []).append(name)
    if set(groups) <= {("none",)}:
        return None
    return dict(sorted(groups.items(), key=lambda item: [order.index(tier) for tier in item[0]]))


def _entry(
    one: CountedClass, groups: Mapping[tuple[str, ...], list[str]], tiers: Sequence[str]
) -> Iterator[str]:
    source = one.source or OWN
    yield f"  - title: {json.dumps(one.title, ensure_ascii=False)}"
    if all(len(key) == 1 for key in groups):
        yield "    counts:"
        for tier in ("none", *tiers):
            yield f"      {tier}: {_number(one, groups.get((tier,), []), source)}"
    else:
        yield "    bins:"
        for key, names in groups.items():
            count = _number(one, names, source)
            yield f"      - {{tiers: [{', '.join(key)}], count: {count}}}"
    yield "    relevance: 1  # judge: from 0 to 1, how near is this class to your case?"
    yield f"    because: [{source}]"
    if one.where:
        yield f"    note: {json.dumps(f'where {one.where}', ensure_ascii=False)}"


def _number(one: CountedClass, outcomes: Sequence[str], source: str) -> str:
    total = sum(one.counts[name] for name in outcomes)
    parts = ", ".join(f"{name} {one.counts[name]}" for name in outcomes) or "never seen"
    note = json.dumps(f"{parts}; of {sum(one.counts.values())}", ensure_ascii=False)
    return f"{{value: {total}, because: [{source}], note: {note}}}"
