"""Which states would hold, on one page."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from summitry.analysis.holding import Share, State
from summitry.analysis.stability import Stability
from summitry.report.frame import head
from summitry.report.stories import (
    flip_lines,
    name_of,
    state_called,
    story_line,
    together_line,
    way_line,
)
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

COLUMNS = {
    "nash": "Nash", "seq": "SEQ", "smr": "SMR", "gmr": "GMR", "sim": "SIM", "coalition": "coalition",
}  # fmt: skip
MEANT = (
    "Nash: nobody gains by a move of its own. SEQ, SMR, GMR: who could gain is deterred by an "
    "answer of the others: one by which they gain too (SEQ), one it cannot then escape from "
    "(SMR), any (GMR). SIM: by what the others would do at the same time. Coalition: no group "
    "can move to what all in it prefer."
)
MOST_EXPLAINED = 6
LONGEST = 60  # letters of a state that stands beside its labels
RULES = {
    "closure": "any sequence of the others' moves counts as an answer",
    "once": "each of the others answers at most once",
    "single": "one move of one of the others counts as an answer",
}


def page(answer: Stability) -> Page:
    """The states that are told with their labels, then why, how to get there, what turns it."""
    return sheet(_parts(answer))


def _parts(answer: Stability) -> Iterator[Part]:
    about = answer.about
    run = f"{about.draws:,} draws a combination of types" if answer.uncertain else "nothing drawn"
    yield from head(about, "Which states would hold, and would anyone move?", run)
    yield Text(_model_line(answer))
    yield Text()
    yield labels_table(answer)
    if _is_long(answer):
        yield from (Text(), states_table(answer), Text())
    yield from _notes(answer)
    yield Text()
    yield from _today(answer)
    for state in _explained(answer):
        yield Text()
        yield from _state_parts(answer, state)
    yield from _last_lines(answer)


def _model_line(answer: Stability) -> str:
    names = answer.about.names
    movers = ", ".join(names[party] for party in answer.parties)
    types = ", ".join(f"{names[party]} {kind}" for party, kind in answer.types.items())
    left = ", ".join(names[party] for party in answer.left_out)
    return (
        f"{answer.feasible:,} feasible states. Who moves: {movers}"
        f"{f' (not {left}: they perform nothing)' if left else ''}. "
        f"{RULES[answer.sanctions].capitalize()}."
        f"{f' Types taken at the central values: {types}.' if types else ''}"
    )


def labels_table(answer: Stability) -> Table:
    """One row a state: whether it is an equilibrium under each concept, else who would move."""
    table = plain_table(f"Equilibria at the {answer.point}; else who would move")
    table.add_column("number", justify="right")
    table.add_column("state")
    inside = not _is_long(answer)
    for title in COLUMNS.values():
        table.add_column(title)
    for number, state in enumerate(answer.states, start=1):
        roles = [_role(answer, role) for role in state.roles if role != "equilibrium"]
        told = [Text(_name(answer, state))] if inside else []
        if roles:
            told.append(Text("; ".join(roles), style="dim"))
        cells = [_cell(answer, state, concept) for concept in COLUMNS]
        table.add_row(str(number), Text("\n").join(told), *cells)
    return table


def states_table(answer: Stability) -> Table:
    """What the states are, where the table above has no room for it."""
    table = plain_table("")
    table.add_column("number", justify="right")
    table.add_column("state")
    for number, state in enumerate(answer.states, start=1):
        table.add_row(str(number), _name(answer, state))
    return table


def _is_long(answer: Stability) -> bool:
    """Whether some state is told by so many commitments that it stands below the table."""
    return max(len(_name(answer, state)) for state in answer.states) > LONGEST


def _name(answer: Stability, state: State) -> str:
    return name_of(state.state, state.commitments, answer.about.names)


def _role(answer: Stability, role: str) -> str:
    if role.startswith("best of "):
        return f"best for {answer.about.tier_titles[role.removeprefix('best of ')]}"
    return {"today": "today", "package": "the package asked about"}[role]


def _cell(answer: Stability, state: State, concept: str) -> Text:
    if concept not in state.equilibrium:
        return Text("?", style="dim")
    holds = state.equilibrium[concept]
    stable = state.stable.get(concept, {})
    movers = [answer.about.names[party] for party, holds in stable.items() if not holds]
    cell = Text("yes" if holds else ",\n".join(movers) or "no", style="bold" if holds else "")
    if concept in state.shares:
        cell.append(f"\n{_share(state.shares[concept])}", style="dim")
    return cell


def _share(share: Share) -> str:
    error = 100 * share.standard_error
    if error == 0:
        return percent(share.share)
    return (
        f"{percent(share.share)}\n±{error:.0f}"
        if error >= 1
        else f"{percent(share.share)}\n±{error:.1f}"
    )


def _notes(answer: Stability) -> Iterator[Part]:
    if answer.uncertain:
        yield Text(
            "Below: the share of all draws in which it is an equilibrium ± standard error, in per "
            "cent.", style="dim",
        )  # fmt: skip
    yield Text(MEANT, style="dim")
    counted = ", ".join(f"{COLUMNS[c]} {answer.counts[c]:,}" for c in COLUMNS if c in answer.counts)
    yield Text(f"Equilibria of all {answer.feasible:,} states: {counted}.")
    if answer.differ is None:
        yield Text("Other rules of sanctions were not compared: there are too many states.")
    if answer.indifferent:
        flat = ", ".join(answer.about.names[party] for party in answer.indifferent)
        yield Text(f"! Every state is worth the same to: {flat}.", style="yellow")
    for rule, changed in (answer.differ or {}).items():
        told = ", ".join(f"{COLUMNS[c]} {number:,}" for c, number in changed.items())
        yield Text(
            f"! If {RULES[rule]}, labels of a state for a party change: {told}.", style="yellow"
        )


def _today(answer: Stability) -> Iterator[Part]:
    today = next(state for state in answer.states if "today" in state.roles)
    yield Text(f"Today: {_name(answer, today)}", style="bold")
    if not _alone(today):
        yield Text(f"Nothing moves: {_bound(answer, today)}")
    elif today.equilibrium["nash"]:
        yield Text("Nothing moves: no party gains by a move of its own.")
    elif today.equilibrium.get("seq"):
        yield Text("Nothing moves as long as each looks ahead: who could gain is deterred.")
    elif today.equilibrium["gmr"]:
        yield Text("It holds only by threats that those who make them would not gain by (GMR).")
    else:
        yield Text("It does not hold: somebody gains by moving whatever the others answer.")
    yield from _reasons(answer, today)


def _explained(answer: Stability) -> list[State]:
    """The states whose reasons are told: those with a role, then a few other equilibria."""
    asked = [s for s in answer.states if set(s.roles) - {"equilibrium", "today"}]
    others = [s for s in answer.states if s.roles == ("equilibrium",) and not s.equilibrium["nash"]]
    chosen = [*asked, *others[: max(0, MOST_EXPLAINED - len(asked))]]
    return [state for state in answer.states if state in chosen]


def _state_parts(answer: Stability, state: State) -> Iterator[Part]:
    number = answer.states.index(state) + 1
    roles = [_role(answer, role) for role in state.roles if role != "equilibrium"]
    title = f"{number}: {'; '.join(roles) or 'an equilibrium'}"
    yield Text(title, style="bold")
    verdict = _verdict(state) if _alone(state) else f"would hold: {_bound(answer, state)}"
    yield Text(f"{_name(answer, state)}: {verdict}")
    yield from _reasons(answer, state)


def _alone(state: State) -> bool:
    """Whether any party can move from it by itself."""
    return any(len(mover) == 1 for mover in state.movers)


def _bound(answer: Stability, state: State) -> str:
    """Why it is stable without anybody preferring it: what is missing is a move."""
    names = answer.about.names
    if not state.movers:
        return "nobody can move from here at all, whatever it prefers."
    joint = " or of ".join(" with ".join(names[p] for p in mover) for mover in state.movers)
    return (
        "nobody can move alone. Every move from here is a joint act, "
        f"of {joint}, so it is stable for each by itself, whatever it prefers; "
        "see what they could do together."
    )


def _verdict(state: State) -> str:
    """Whether it would hold, in words."""
    if state.equilibrium["nash"]:
        return "would hold: once there, no party gains by a move of its own."
    deterring = [COLUMNS[c] for c in ("seq", "smr", "gmr") if state.equilibrium[c]]
    if state.equilibrium["seq"]:
        return f"would hold by deterrence that is credible ({', '.join(deterring)})."
    if deterring:
        return f"would hold only if threats deter that nobody gains by ({', '.join(deterring)})."
    return "would not hold: somebody gains by moving, and no answer deters it."


def _reasons(answer: Stability, state: State) -> Iterator[Part]:
    names = answer.about.names
    for story in state.stories:
        yield Text(f"- {story_line(story, names)}")
    for together in state.coalitions[:1]:
        yield Text(f"- {together_line(together, state, names)}")
    if "today" not in state.roles:
        yield Text(f"- {way_line(state.way, names)}")
    for line in flip_lines(state, names) if _alone(state) else ():
        yield Text(f"- {line}")


def _last_lines(answer: Stability) -> Iterator[Part]:
    names = answer.about.names
    if answer.ahead:
        ends = "; ".join(
            f"from {state_called(start, names)} in "
            f"{' or '.join(state_called(state, names) for state in found)}"
            for start, found in answer.ahead.items()
        )
        yield Text()
        yield Text(f"If both look ahead (theory of moves), play ends: {ends}.")
