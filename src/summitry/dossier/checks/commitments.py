"""Commitments: who performs them, what they need and bar, who must consent."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.dossier.checks.naming import unknown_names
from summitry.dossier.errors import Problem
from summitry.dossier.schema import Commitment, Dossier
from summitry.dossier.source_text import KEY, Path_, Tree

MOST_COMMITMENTS = 200
MOST_CHANCES = 32


def check_commitments(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Everything that would make the list of possible packages wrong or impossible."""
    number = len(dossier.commitments)
    if number > MOST_COMMITMENTS:
        message = (
            f"{number} commitments; at most {MOST_COMMITMENTS} can be answered: join those that "
            "only make sense together"
        )
        yield tree.problem(("commitments",), message)
    for name, commitment in dossier.commitments.items():
        yield from _performers(name, commitment, dossier, tree)
        yield from _relations(name, commitment, dossier, tree)
        yield from _consents(name, commitment, dossier, tree)
    yield from _cycles(dossier, tree)
    chances = [c.consent for c in dossier.commitments.values() if isinstance(c.consent, dict)]
    if sum(len(consent) for consent in chances) > MOST_CHANCES:
        message = f"at most {MOST_CHANCES} consents can be given by probability"
        yield tree.problem(("commitments",), message)


def _performers(
    name: str, commitment: Commitment, dossier: Dossier, tree: Tree
) -> Iterator[Problem]:
    path = ("commitments", name, "by")
    if not commitment.by:
        yield tree.problem(path, f"nobody performs `{name}`; name a party, or several")
    yield from unknown_names(tree, path, commitment.by, dossier.parties, "party")


def _relations(
    name: str, commitment: Commitment, dossier: Dossier, tree: Tree
) -> Iterator[Problem]:
    for relation in ("requires", "only_with", "excludes"):
        path, others = ("commitments", name, relation), getattr(commitment, relation)
        yield from unknown_names(tree, path, others, dossier.commitments, "commitment")
        if name in others:
            yield tree.problem(path, f"`{name}` is named under its own `{relation}`")
    for other in {*commitment.requires, *commitment.only_with} & set(commitment.excludes):
        message = f"`{name}` both needs and excludes `{other}`; it could be in no package"
        yield tree.problem(("commitments", name, "excludes"), message)


def _consents(name: str, commitment: Commitment, dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    path = ("commitments", name, "consent")
    yield from unknown_names(tree, path, commitment.consent, dossier.parties, "party")
    for k, party in enumerate(commitment.consent):
        if party in dossier.parties and dossier.parties[party].role == "principal":
            message = f"`{party}` is a principal and must consent to every package anyway"
            place: Path_ = (*path, k)
            if isinstance(commitment.consent, dict):
                place = (*path, party, KEY)
                message += "; a probability is for a body outside that decides once it is signed"
            yield tree.problem(place, message, is_note=isinstance(commitment.consent, list))


def _cycles(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Commitments that come, through others, before themselves; each cycle once."""
    needs = {name: c.requires for name, c in dossier.commitments.items()}
    reported: set[str] = set()
    for start in needs:
        trail = _back_to(start, needs)
        if trail and not reported & set(trail):
            reported |= set(trail)
            message = f"`requires` runs in a circle: {' -> '.join([*trail, start])}; leave one out"
            yield tree.problem(("commitments", start, "requires"), message)


def _back_to(start: str, needs: dict[str, list[str]]) -> list[str]:
    """A chain of requirements from `start` that leads back to it; empty if there is none."""
    stack = [[start]]
    seen: set[str] = set()
    while stack:
        trail = stack.pop()
        for other in needs.get(trail[-1], []):
            if other == start:
                return trail if len(trail) > 1 else []
            if other not in seen:
                seen.add(other)
                stack.append([*trail, other])
    return []
