"""The section `stability`: conditions that can be read, orders that are complete, real parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from summitry.dossier.checks.naming import unknown_names
from summitry.dossier.conditions import ConditionError
from summitry.dossier.errors import Problem
from summitry.dossier.feasible import Masks, TooMany
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import KEY, Path_, Tree
from summitry.dossier.stability import Preference
from summitry.dossier.states import feasible_states, matching, section_of

HERE: Path_ = ("stability",)
MOST_STATEMENTS = 62
SHOWN = 5


def check_stability(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Everything that would make the states, the moves or the orders of the section wrong."""
    if dossier.stability is None:
        return
    if not dossier.commitments:
        yield tree.problem(HERE, "`stability` speaks of states of `commitments`; there are none")
        return
    yield from _parties(dossier, tree)
    unread = [*_conditions(dossier, tree)]
    yield from unread
    if unread:
        return
    try:
        states = feasible_states(dossier)
    except TooMany:  # the question itself says so
        return
    if not len(states):
        yield tree.problem((*HERE, "infeasible"), "no state is left that is feasible")
        return
    yield from _single_states(dossier, tree, states)
    yield from _moves(dossier, tree, states)
    for path, preference in _preferences(dossier):
        if preference.ranking is not None:
            yield from _ranking(dossier, tree, (*path, "ranking"), preference.ranking, states)


def _preferences(dossier: Dossier) -> Iterator[tuple[Path_, Preference]]:
    section = section_of(dossier)
    for party, preference in section.preferences.items():
        yield (*HERE, "preferences", party), preference
    for viewer, views in section.views.items():
        for viewed, preference in views.items():
            yield (*HERE, "views", viewer, viewed), preference


def _parties(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    section, known = section_of(dossier), dossier.parties
    named: Mapping[str, list[str]] = {
        "preferences": list(section.preferences),
        "views": list(section.views),
        "unseen": list(section.unseen),
    }
    for key, names in named.items():
        yield from unknown_names(tree, (*HERE, key), names, known, "party")
    for viewer, views in section.views.items():
        path = (*HERE, "views", viewer)
        yield from unknown_names(tree, path, views, known, "party")
        if viewer in views:
            message = f"`{viewer}` knows its own preferences; they stand under `preferences`"
            yield tree.problem((*path, viewer, KEY), message)
    for k, barred in enumerate(section.irreversible):
        path = (*HERE, "irreversible", k, "by")
        if barred.by not in known:
            yield from unknown_names(tree, path, [barred.by], known, "party")
        elif not any(c.by == [barred.by] for c in dossier.commitments.values()):
            message = f"`{barred.by}` performs no commitment alone; it has no moves to bar"
            yield tree.problem(path, message)
    for name in section.states.keys() & dossier.commitments.keys():
        message = f"`{name}` is a commitment; a state needs a name of its own"
        yield tree.problem((*HERE, "states", name, KEY), message)


def _conditions(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """A problem for every condition that cannot be read, where it stands."""
    nothing = np.zeros(1, np.uint32)
    for path, text in _texts(dossier):
        try:
            matching(dossier, text, nothing)
        except ConditionError as error:
            yield tree.problem(path, str(error))
    for path, preference in _preferences(dossier):
        number = len(preference.statements or [])
        if number > MOST_STATEMENTS:
            message = f"{number} statements; at most {MOST_STATEMENTS} can be weighed exactly"
            yield tree.problem((*path, "statements"), message)


def _texts(dossier: Dossier) -> Iterator[tuple[Path_, str]]:
    section = section_of(dossier)
    if section.today is not None:
        yield (*HERE, "today"), section.today
    for name, text in section.states.items():
        yield (*HERE, "states", name), text
    for k, text in enumerate(section.infeasible):
        yield (*HERE, "infeasible", k), text
    for k, barred in enumerate(section.irreversible):
        yield (*HERE, "irreversible", k, "from"), barred.start
        yield (*HERE, "irreversible", k, "to"), barred.to
    for party, texts in section.unseen.items():
        for k, text in enumerate(texts):
            yield (*HERE, "unseen", party, k), text
    for path, preference in _preferences(dossier):
        for k, text in enumerate(preference.statements or []):
            yield (*path, "statements", k), text
        for k, group in enumerate(preference.ranking or []):
            for j, text in enumerate(group):
                yield (*path, "ranking", k, j), text


def _single_states(dossier: Dossier, tree: Tree, states: Masks) -> Iterator[Problem]:
    """The states that have a name, and today's, are each one feasible state."""
    section = section_of(dossier)
    named: list[tuple[Path_, str]] = [
        ((*HERE, "states", name), text) for name, text in section.states.items()
    ]
    if section.today is not None:
        named.append(((*HERE, "today"), section.today))
    elif 0 not in states:
        message = "the empty state is infeasible; say under `today` where things stand"
        yield tree.problem(HERE, message)
    for path, text in named:
        number = int(matching(dossier, text, states).sum())
        if number != 1:
            what = "no feasible state" if not number else f"{number} feasible states"
            yield tree.problem(path, f"`{text}` is {what}; one is wanted")


def _moves(dossier: Dossier, tree: Tree, states: Masks) -> Iterator[Problem]:
    for k, barred in enumerate(section_of(dossier).irreversible):
        for key, text in (("from", barred.start), ("to", barred.to)):
            if not matching(dossier, text, states).any():
                path = (*HERE, "irreversible", k, key)
                yield tree.problem(path, f"`{text}` is no feasible state, so it bars nothing")


def _ranking(
    dossier: Dossier, tree: Tree, path: Path_, ranking: list[list[str]], states: Masks
) -> Iterator[Problem]:
    """Every feasible state is ranked, and once."""
    ranked = np.zeros(len(states), bool)
    for k, group in enumerate(ranking):
        for j, text in enumerate(group):
            found = matching(dossier, text, states)
            if not found.any():
                yield tree.problem((*path, k, j), f"`{text}` is no feasible state")
            if (found & ranked).any():
                again = _patterns(dossier, states[found & ranked])
                yield tree.problem((*path, k, j), f"`{text}` is ranked a second time: {again}")
            ranked |= found
    if not ranked.all():
        missing = _patterns(dossier, states[~ranked])
        yield tree.problem(
            path, f"of {len(states)} feasible states these are not ranked: {missing}"
        )


def _patterns(dossier: Dossier, states: Masks) -> str:
    """States as patterns, or the first few of them."""
    number = len(dossier.commitments)
    told = [
        " ".join("Y" if state >> k & 1 else "N" for k in range(number))
        for state in states[:SHOWN].tolist()
    ]
    more = f", and {len(states) - SHOWN} more" if len(states) > SHOWN else ""
    return ", ".join(f"`{pattern}`" for pattern in told) + more
