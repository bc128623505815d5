"""Signals: whom they bear on, what they show, and how much they may say."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.dossier.checks.naming import repeated, unknown_names
from summitry.dossier.errors import Problem
from summitry.dossier.kinds import kind_table
from summitry.dossier.names import nearest
from summitry.dossier.schema import Dossier, Signal
from summitry.dossier.source_text import Path_, Tree


def check_signals(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Each signal bears on types that exist, within what its kind may say."""
    signals = [signal for signal in dossier.signals if isinstance(signal, Signal)]
    ids = [signal.id for signal in signals]
    yield from repeated(tree, ("signals",), ids, "signal")
    for k, signal in enumerate(signals):
        path = ("signals", k)
        yield from unknown_names(
            tree, (*path, "supersedes"), signal.supersedes, [i for i in ids if i], "signal"
        )
        if signal.known_at and signal.known_at < signal.date:
            message = f"known at {signal.known_at}, before it happened ({signal.date})"
            yield tree.problem((*path, "known_at"), message)
        types = dossier.types.get(signal.party)
        if signal.party not in dossier.parties:
            message = f"there is no party `{signal.party}`{nearest(signal.party, dossier.parties)}"
            yield tree.problem((*path, "party"), message)
        elif not types:
            message = f"`{signal.party}` has no `types`, so no signal can bear on them"
            yield tree.problem((*path, "party"), message)
        else:
            yield from _reading(signal, list(types), path, dossier, tree)
    yield from _late(signals, dossier, tree)


def _reading(
    signal: Signal, types: list[str], path: Path_, dossier: Dossier, tree: Tree
) -> Iterator[Problem]:
    if (signal.shows is None) == (signal.likelihoods is None):
        yield tree.problem(path, "a signal needs `shows: TYPE` or `likelihoods`, and not both")
        return
    if signal.shows is not None:
        if signal.shows not in types:
            message = f"`{signal.party}` has no type `{signal.shows}`{nearest(signal.shows, types)}"
            yield tree.problem((*path, "shows"), message)
        span = signal.ratio.value if signal.ratio else 1.0
        if span < 1:
            yield tree.problem((*path, "ratio"), f"a ratio is at least 1, not {span:g}")
    else:
        given = signal.likelihoods or {}
        yield from unknown_names(tree, (*path, "likelihoods"), given, types, "type")
        missing = [name for name in types if name not in given]
        if missing:
            message = f"`likelihoods` lacks {', '.join(missing)}"
            yield tree.problem((*path, "likelihoods"), message)
        values = [number.value for number in given.values()]
        if any(value <= 0 for value in values):
            yield tree.problem((*path, "likelihoods"), "likelihoods are above 0")
            return
        span = max(values) / min(values) if values else 1.0
    yield from _cap(signal, span, path, dossier, tree)


def _cap(
    signal: Signal, span: float, path: Path_, dossier: Dossier, tree: Tree
) -> Iterator[Problem]:
    cap = kind_table(dossier.settings)[signal.kind].cap
    if span <= cap * (1 + 1e-9):
        return
    if not signal.override:
        message = (
            f"a ratio of {span:.3g} is above what `{signal.kind}` may say ({cap:g}); lower it, or "
            "set `override: true` and give a `because`"
        )
        yield tree.problem(path, message)
    elif not signal.because:
        yield tree.problem(path, "an `override` needs a `because`: what justifies it?")


def _late(signals: list[Signal], dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Inline signals known only after `as_of`: noted once, for they count in replays only."""
    if dossier.as_of is None:
        return
    late = [
        k
        for k, signal in enumerate(signals)
        if ("signals", k) not in tree.rows and (signal.known_at or signal.date) > dossier.as_of
    ]
    if late:
        others = f" (and {len(late) - 1} more)" if len(late) > 1 else ""
        message = (
            f"this signal{others} was known only after `as_of` ({dossier.as_of}): it counts in "
            "replays of a later date, not in this forecast"
        )
        yield tree.problem(("signals", late[0]), message, is_note=True)
