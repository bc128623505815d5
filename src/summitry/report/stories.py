"""Stories, ways and flips of a state in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from summitry.analysis.holding import State, Together
from summitry.analysis.stories import Step, Story, Way
from summitry.analysis.turning import Change, Turn
from summitry.report.frame import titles

CONCEPTS = {"nash": "Nash", "seq": "SEQ", "smr": "SMR", "gmr": "GMR", "sim": "SIM"}
Names = Mapping[str, str]


def name_of(state: str, commitments: Sequence[str], names: Names) -> str:
    """A state by its own name, or by its commitments."""
    return state if state != ",".join(commitments) else titles(commitments, names)


def done(step: Step, names: Names, take: str = "takes up", give: str = "gives up") -> str:
    """What a move takes up and gives up."""
    parts = []
    if step.added:
        parts.append(f"{take} {_and([f'“{names[c]}”' for c in step.added])}")
    if step.dropped:
        parts.append(f"{give} {_and([f'“{names[c]}”' for c in step.dropped])}")
    return " and ".join(parts)


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _who(step: Step, names: Names) -> str:
    return " with ".join(names[party] for party in step.movers)


def steps_told(steps: Sequence[Step], names: Names) -> str:
    """A sequence of moves, mover by mover."""
    return ", then ".join(f"{_who(step, names)} {done(step, names)}" for step in steps)


def story_line(story: Story, names: Names) -> str:
    """Who gains by moving where, who could answer how, and whether that deters."""
    who = names[story.party]
    line = f"{who} gains if it {done(story.move, names)}."
    if story.answer is None:
        return f"{line} The others have no answer that would make it regret the move."
    line += f" The others could make that vain: {steps_told(story.answer, names)}."
    if story.lasting is None:
        line += f" But {who} could then escape by another move (no SMR)."
    elif story.lasting != story.answer:
        line += f" From that {who} could escape, not from this: {steps_told(story.lasting, names)}."
    if story.credible is None:
        return f"{line} Nobody would gain by answering so: an empty threat (no SEQ)."
    if story.credible == story.answer:
        return f"{line} Whoever answers gains by it: a credible threat (SEQ)."
    return (
        f"{line} An answer that pays those who make it: {steps_told(story.credible, names)} (SEQ)."
    )


def together_line(together: Together, state: State, names: Names) -> str:
    """Which parties together would prefer another state."""
    here = state.commitments
    step = Step(
        together.parties,
        together.to,
        [name for name in together.commitments if name not in here],
        [name for name in here if name not in together.commitments],
    )
    who = _and([names[party] for party in together.parties])
    all_ = "both" if len(together.parties) == 2 else "all"
    ways = f"; {together.ways:,} states are better for {all_}" if together.ways > 1 else ""
    return (
        f"Together {who} could {done(step, names, 'take up', 'give up')}: {all_} prefer that{ways}."
    )


def way_line(way: Way, names: Names) -> str:
    """The shortest way from today."""
    if way.moves is None:
        return "No sequence of moves, one party at a time, leads here from today."
    told = f"From today: {steps_told(way.moves, names)}."
    if way.improvements is None:
        return f"{told} Not by steps that each pay those who make them."
    if way.improvements == way.moves:
        return f"{told} Every step pays those who make it."
    return f"{told} By steps that each pay: {steps_told(way.improvements, names)}."


def flip_lines(state: State, names: Names) -> Iterator[str]:
    """The nearest flips; concepts that the same change turns are told in one line."""
    grouped: dict[tuple[bool, str], list[str]] = {}
    for concept, turn in state.nearest_flips.items():
        grouped.setdefault((turn.makes, _turned(turn, names)), []).append(CONCEPTS[concept])
    for (makes, told), concepts in grouped.items():
        what = "It becomes" if makes else "It is no longer"
        yield f"{what} an equilibrium ({', '.join(concepts)}) {told}"


def _turned(turn: Turn, names: Names) -> str:
    if turn.swaps is None:
        if turn.at_least is None:
            return "by no change of preferences."
        return f"by no change of fewer than {turn.at_least} swaps; none was found."
    if turn.at_least is None or turn.swaps == turn.at_least:
        bound = _swaps(turn.swaps)
    else:
        bound = f"{_swaps(turn.swaps)} at most, {turn.at_least} at least"
    changes = " and ".join(_changed(change, names) for change in turn.changes)
    return f"if {changes} ({bound})."


def _changed(change: Change, names: Names) -> str:
    who = names[change.party]
    if change.points is not None:
        more = "more" if change.points > 0 else "less"
        number = f"{abs(change.points):.3g}"
        points = "1 point" if number == "1" else f"{number} points"
        than = "more than " if change.beyond else ""
        return f"it is worth {than}{points} {more} to {who}"
    pairs = [(state_called(a, names), state_called(b, names)) for a, b in change.before]
    firsts, lasts = dict.fromkeys(a for a, _ in pairs), dict.fromkeys(b for _, b in pairs)
    more = ", ..." if change.swaps > len(pairs) else ""
    if len(firsts) == 1:
        return f"{who} puts {pairs[0][0]} before {', '.join(lasts)}{more}"
    if len(lasts) == 1:
        return f"{who} puts {', '.join(firsts)}{more} before {pairs[0][1]}"
    return f"{who} puts {', '.join(f'{a} before {b}' for a, b in pairs)}{more}"


def state_called(state: str, names: Names) -> str:
    """A state by its own name, or by the titles of its commitments."""
    parts = state.split(",")
    known = all(part in names for part in parts)
    return " + ".join(f"“{names[part]}”" for part in parts) if known else state


def _swaps(number: int) -> str:
    return "1 swap of neighbours" if number == 1 else f"{number} swaps of neighbours"
