"""The states, moves and preferences of a dossier as a file that GMCR+ opens (.gmcr)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from summitry.dossier.errors import CannotAnswer
from summitry.dossier.schema import Dossier
from summitry.dossier.states import condition_of, rule_masks, section_of
from summitry.formats.gmcr_patterns import Cells, cells, patterns_of
from summitry.game.board import Bools, Floats
from summitry.game.graph.model import GraphModel
from summitry.game.graph.preferences import Preferences

MOST_RANKED = 1 << 14
MOST_BARRED = 1 << 12
DIRECTIONS = {(True, True): "both", (True, False): "fwd", (False, True): "back"}


def write_gmcr(dossier: Dossier, model: GraphModel, preferences: Preferences) -> str:
    """The text of a .gmcr file with the same states, moves and preferences.

    Preferences are statements where every party has them, else rankings of the states.
    Raises CannotAnswer for what the format cannot say: joint options, views of another's
    preferences, moves that are barred from some states only, too many states to rank.
    """
    _refuse(model, preferences)
    statements = _statements(dossier, model.parties)
    ranked = len(model.states) <= MOST_RANKED
    if statements is None and not ranked:
        raise CannotAnswer(
            f"{len(model.states):,} states are too many to be ranked in a .gmcr file (at most "
            f"{MOST_RANKED:,}); give every party preferences as `statements`"
        )
    content = {
        "options": _options(model),
        "decisionMakers": [
            {
                "name": dossier.parties[party].name or party,
                "options": [k for k, owner in enumerate(model.owners) if owner == 1 << i],
                "preferences": [] if statements is None else statements[party],
                "misperceptions": _any_of(dossier, section_of(dossier).unseen.get(party, [])),
                "preferenceRanking": _ranking(preferences.payoffs[i]) if ranked else [],
            }
            for i, party in enumerate(model.parties)
        ],
        "infeasibles": [*_rules(dossier), *_any_of(dossier, section_of(dossier).infeasible)],
        "coalitions": list(range(len(model.parties))),
        "useManualPreferenceRanking": statements is None,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _refuse(model: GraphModel, preferences: Preferences) -> None:
    """Raises CannotAnswer for options and views that the format has no place for."""
    joint = [
        name for name, owner in zip(model.options, model.owners, strict=True) if owner & (owner - 1)
    ]
    if joint:
        raise CannotAnswer(
            f"in a .gmcr file every option is one party's; several perform {', '.join(joint)}"
        )
    if preferences.views:
        raise CannotAnswer(
            "a .gmcr file has no place for `views` of another's preferences; take them out first"
        )


def _options(model: GraphModel) -> list[dict[str, str]]:
    """Each option with its id, and the direction in which it can change."""
    unbegun = _never_begun(model)
    found = []
    for k, name in enumerate(model.options):
        ways = (bool(model.adds >> k & 1) and not unbegun >> k & 1, bool(model.drops >> k & 1))
        if ways not in DIRECTIONS:
            raise CannotAnswer(f"a .gmcr file has no place for `{name}`, which can never change")
        found.append({"name": name, "permittedDirection": DIRECTIONS[ways]})
    return found


def _never_begun(model: GraphModel) -> int:
    """The options (mask) that barred moves keep from being begun, in any state.

    Raises CannotAnswer where moves are barred that no such option accounts for.
    """
    if not len(model.barred):
        return 0
    told = CannotAnswer(
        "a .gmcr file bars an option from being begun or ended everywhere, or nowhere; this "
        "dossier bars single moves under `stability.irreversible`"
    )
    if len(model.states) > MOST_BARRED:
        raise told
    left = {(int(i), int(a), int(b)) for i, a, b in model.barred}
    options = 0
    for k, owner in enumerate(model.owners):
        party = owner.bit_length() - 1
        begun = {(party, int(a), int(b)) for a, b in np.argwhere(_begins(model, k))}
        if begun and begun <= {(int(i), int(a), int(b)) for i, a, b in model.barred}:
            options |= 1 << k
            left -= begun
    if left:
        raise told
    return options


def _begins(model: GraphModel, option: int) -> Bools:
    """From which state (row) to which (column) an option's owner can move and so begin it."""
    owner = model.owners[option]
    own = sum(1 << k for k, other in enumerate(model.owners) if other == owner)
    states = model.states
    before, after = states[:, None], states[None, :]
    possible = (before & np.uint32(~own & 0xFFFFFFFF)) == (after & np.uint32(~own & 0xFFFFFFFF))
    possible &= (~before & after & np.uint32(own & ~model.adds)) == 0
    possible &= (before & ~after & np.uint32(own & ~model.drops)) == 0
    bit = np.uint32(1 << option)
    begun: Bools = possible & ((before & bit) == 0) & ((after & bit) != 0)
    return begun


def _statements(dossier: Dossier, parties: Sequence[str]) -> dict[str, list[Any]] | None:
    """Every party's statements as patterns; None where some party has none, or too wide ones."""
    found: dict[str, list[Any]] = {}
    preferences = section_of(dossier).preferences
    for party in parties:
        texts = preferences[party].statements if party in preferences else None
        if texts is None:
            return None
        try:
            told = [patterns_of(condition_of(dossier, text)) for text in texts]
        except ValueError:
            return None
        found[party] = [_statement([cells(p) for p in patterns]) for patterns in told if patterns]
    return found


def _statement(members: list[Cells]) -> Any:
    return members[0] if len(members) == 1 else {"compound": True, "members": members}


def _any_of(dossier: Dossier, texts: list[str]) -> list[Cells]:
    """Conditions of which any is meant, as patterns of which any is."""
    return [cells(p) for text in texts for p in patterns_of(condition_of(dossier, text))]


def _rules(dossier: Dossier) -> Iterator[Cells]:
    """What `requires`, `only_with` and `excludes` make infeasible, pair by pair."""
    requires, only_with, excludes = rule_masks(dossier)
    for k in range(len(requires)):
        needed, bit = requires[k] | only_with[k], 1 << k
        for j in range(len(requires)):
            if needed >> j & 1:
                yield cells((bit, 1 << j))
            if excludes[k] >> j & 1 and not (excludes[j] >> k & 1 and j < k):
                yield cells((bit | 1 << j, 0))


def _ranking(payoffs: Floats) -> list[Any]:
    """The numbers of the states (from 1), best first; a list where some are equally good."""
    ranks = np.unique(-payoffs, return_inverse=True)[1]
    groups: list[list[int]] = [[] for _ in range(int(ranks.max()) + 1)]
    for number, rank in enumerate(ranks.tolist(), start=1):
        groups[rank].append(number)
    return [group[0] if len(group) == 1 else group for group in groups]
