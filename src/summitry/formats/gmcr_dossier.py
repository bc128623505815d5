"""A conflict model of GMCR+ as the text of a dossier."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence

from summitry.dossier.conditions import WORDS
from summitry.dossier.feasible import Masks
from summitry.formats.gmcr_file import Compound, Conflict, DecisionMaker

TAKEN = {*WORDS, "null", "true", "false"}


def as_dossier(conflict: Conflict, file: str, states: Masks) -> str:
    """The dossier's text; `states` are the feasible ones, in the order of their numbers."""
    parties = ids([maker.name for maker in conflict.decisionMakers], "party")
    options = ids([option.name for option in conflict.options], "option")
    lines = [
        *_head(conflict, file),
        *_parts(conflict, parties, options),
        "",
        "stability:",
        *_moves(conflict, parties, options, states),
        *_unseen(conflict, parties, options),
        *_preferences(conflict, parties, options, states),
    ]
    if lines[-1] == "stability:":
        lines[-1] = "stability: {}"
    return "\n".join(lines) + "\n"


def ids(names: Sequence[str], kind: str) -> list[str]:
    """Ids for names, each its own: lower-case letters, digits and hyphens, a letter first.

    Where a name would not do as a word in YAML or in a condition, `kind` goes before it.
    """
    made: list[str] = []
    for number, name in enumerate(names, start=1):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or str(number)
        if not slug[0].isalpha() or slug in TAKEN:
            slug = f"{kind}-{slug}"
        while slug in made:
            slug = f"{slug}-{number}"
        made.append(slug)
    return made


def _head(conflict: Conflict, file: str) -> Iterator[str]:
    yield f"# Read from {json.dumps(file)}, a conflict model of GMCR+."
    yield "# What such a file does not say (trust, costs, rounds) has the defaults of a dossier."
    makers = conflict.decisionMakers
    for group in conflict.coalitions:
        if isinstance(group, list) and len(group) > 1:
            joined = ", ".join(json.dumps(makers[k].name) for k in group)
            yield f"# It joins {joined} to a coalition. Here each stays a party of its own,"
            yield "# and `summitry stability` tells what any coalition could gain."
    yield f"title: {_text(conflict.title or file.removesuffix('.gmcr'))}"


def _parts(conflict: Conflict, parties: list[str], options: list[str]) -> Iterator[str]:
    yield "\nparties:"
    for party, maker in zip(parties, conflict.decisionMakers, strict=True):
        yield f"  {party}: {{name: {_text(maker.name)}}}"
    owner = {
        k: party
        for party, maker in zip(parties, conflict.decisionMakers, strict=True)
        for k in maker.options
    }
    yield "\ncommitments:"
    for k, (option, name) in enumerate(zip(conflict.options, options, strict=True)):
        lasting = ", reversible: 0" if option.permittedDirection == "fwd" else ""
        yield f"  {name}: {{by: {owner[k]}, title: {_text(option.name)}{lasting}}}"


def _moves(
    conflict: Conflict, parties: list[str], options: list[str], states: Masks
) -> Iterator[str]:
    """Where things stand, which states cannot be, and which options cannot be begun."""
    if int(states[0]) != 0:
        yield "  # The file names no status quo, and the empty state is infeasible: say which it is."
        yield f"  today: {_text(_state(int(states[0]), len(options)))}"
    if conflict.infeasibles:
        yield "  infeasible:"
        yield from (f"    - {_text(_words(one, options))}" for one in conflict.infeasibles)
    ended = [
        (party, options[k])
        for party, maker in zip(parties, conflict.decisionMakers, strict=True)
        for k in maker.options
        if conflict.options[k].permittedDirection == "back"
    ]
    if ended:
        yield "  irreversible:   # options that can be ended, not begun"
        for party, name in ended:
            yield f'    - {{by: {party}, from: "not {name}", to: "{name}"}}'


def _unseen(conflict: Conflict, parties: list[str], options: list[str]) -> Iterator[str]:
    blind = [
        (party, maker)
        for party, maker in zip(parties, conflict.decisionMakers, strict=True)
        if maker.misperceptions
    ]
    if blind:
        yield "  unseen:         # states that a party does not perceive"
    for party, maker in blind:
        texts = ", ".join(_text(_words(one, options)) for one in maker.misperceptions)
        yield f"    {party}: [{texts}]"


def _preferences(
    conflict: Conflict, parties: list[str], options: list[str], states: Masks
) -> Iterator[str]:
    """Rankings where the file says to use them, else statements, the weightiest first."""
    told = [
        (party, lines)
        for party, maker in zip(parties, conflict.decisionMakers, strict=True)
        if (lines := list(_order(conflict, maker, options, states)))
    ]
    if told:
        yield "  preferences:"
    for party, lines in told:
        yield f"    {party}:"
        yield from lines


def _order(
    conflict: Conflict, maker: DecisionMaker, options: list[str], states: Masks
) -> Iterator[str]:
    if conflict.is_ranked:
        yield "      ranking:"
        for group in maker.ranking:
            named = [_text(_state(int(states[number - 1]), len(options))) for number in group]
            listed = ", ".join(named)
            yield f"        - {listed if len(named) == 1 else f'[{listed}]'}"
    elif maker.preferences:
        yield "      statements:"
        for statement in maker.preferences:
            patterns = statement.members if isinstance(statement, Compound) else [statement]
            yield f"        - {_text(_either(patterns, options))}"


def _either(patterns: Sequence[Sequence[tuple[int, str]]], options: list[str]) -> str:
    """Any of several patterns, in words."""
    if len(patterns) == 1:
        return _words(patterns[0], options)
    told = [_words(pattern, options) for pattern in patterns]
    return " or ".join(f"({one})" if " and " in one else one for one in told)


def _words(pattern: Sequence[tuple[int, str]], options: list[str]) -> str:
    """A pattern in words, as in `blockade and not withdraw`."""
    return " and ".join(
        options[k] if letter == "Y" else f"not {options[k]}" for k, letter in pattern
    )


def _state(state: int, number: int) -> str:
    """A state as a pattern, `Y N N Y`."""
    return " ".join("Y" if state >> k & 1 else "N" for k in range(number))


def _text(text: str) -> str:
    """A text in quotation marks, as YAML reads it."""
    return json.dumps(text, ensure_ascii=False)
