"""Which type of a party its acts show: a map that the user gives, never a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summitry.dossier.errors import CannotAnswer
from summitry.dossier.names import nearest
from summitry.dossier.schema import Dossier
from summitry.evidence.event_classes import CONFLICT, COOPERATION
from summitry.formats.countries import labels_of, short_name

COOPERATIVE = "dealmaker"
Shown = str | Mapping[str, str] | None


@dataclass(frozen=True)
class Showing:
    """The type that a party's cooperation shows, and the type that its conflict shows."""

    cooperation: str
    conflict: str

    def of(self, direction: str) -> str:
        """The type that acts in this direction show."""
        return self.cooperation if direction == COOPERATION else self.conflict


def parties_of(
    dyad: Sequence[str], parties: Mapping[str, str], dossier: Dossier | None
) -> tuple[str, str]:
    """The ids of the two parties in the dossier.

    As said; else the party of the dossier that has the country's name; else the country's
    three letters, small. Raises ValueError for a dyad that is not of two, or a party that is
    none of them.
    """
    if len(dyad) != 2 or short_name(dyad[0]) == short_name(dyad[1]):
        raise ValueError("a dyad is two actors, such as USA PRK")
    given = {short_name(actor): party for actor, party in parties.items()}
    codes = [short_name(actor) for actor in dyad]
    for actor in given:
        if actor not in codes:
            raise ValueError(f"`{actor}` is not in the dyad{nearest(actor, codes)}")
    first, second = (given.get(code) or _named(code, dossier) for code in codes)
    if first == second:
        raise ValueError(f"both actors are the party `{first}`; say which is which: --party A=B")
    return first, second


def _named(code: str, dossier: Dossier | None) -> str:
    labels = labels_of(code)
    for party, record in (dossier.parties if dossier else {}).items():
        if party.casefold() in labels or (record.name or "").casefold() in labels:
            return party
    return code.lower().replace(" ", "-")


def bearing_parties(parties: Sequence[str], dossier: Dossier | None) -> list[str]:
    """Those of the parties on which a signal can bear: all, or those with types.

    Raises ValueError for a party that the dossier has not, CannotAnswer where none has types.
    """
    if dossier is None:
        return list(parties)
    for party in parties:
        if party not in dossier.parties:
            raise ValueError(
                f"the dossier has no party `{party}`{nearest(party, dossier.parties)}; say who it "
                f"is: --party ACTOR={next(iter(dossier.parties))}"
            )
    bearing = [party for party in parties if dossier.types.get(party)]
    if not bearing:
        raise CannotAnswer(f"neither {' nor '.join(parties)} has `types` that a signal could show")
    return bearing


def shown_by(shown: Shown, party: str) -> str | None:
    """The type that was said for a party, if any."""
    return shown if isinstance(shown, str) or shown is None else shown.get(party)


def showing_of(
    parties: Sequence[str], cooperation: Shown, conflict: Shown, dossier: Dossier | None
) -> dict[str, Showing]:
    """By party, what its acts show. Raises ValueError where that is not said, or makes no sense."""
    found = {}
    for party in parties:
        said = {}
        for direction, shown in ((COOPERATION, cooperation), (CONFLICT, conflict)):
            kind = shown_by(shown, party)
            if kind is None:
                raise ValueError(
                    f"say which type of {party} {direction} shows: --{direction} "
                    f"{party}={_example(party, direction, dossier)}"
                )
            said[direction] = kind
        found[party] = Showing(said[COOPERATION], said[CONFLICT])
        _check(party, found[party], dossier)
    return found


def _example(party: str, direction: str, dossier: Dossier | None) -> str:
    types = list(dossier.types[party]) if dossier else ["dealmaker", "staller"]
    return types[0] if direction == COOPERATION else types[-1]


def _check(party: str, showing: Showing, dossier: Dossier | None) -> None:
    """Conflict may never speak for the most cooperative type.

    What shows a type shows its neighbours in part; so the type that conflict shows has to be
    at least as far from the first type as from the last. Without a dossier the order of the
    types is not known, and only the name tells.
    """
    if showing.cooperation == showing.conflict:
        raise ValueError(f"{party}: cooperation and conflict cannot both show {showing.conflict}")
    if dossier is None:
        if showing.conflict.casefold() == COOPERATIVE:
            raise ValueError(f"{party}: conflict cannot show a {showing.conflict}")
        return
    types = list(dossier.types[party])
    for kind in (showing.cooperation, showing.conflict):
        if kind not in types:
            raise ValueError(f"`{party}` has no type `{kind}`{nearest(kind, types)}")
    place = types.index(showing.conflict)
    if place < types.index(showing.cooperation) or 2 * place < len(types) - 1:
        raise ValueError(
            f"{party}: types are listed most cooperative first ({', '.join(types)}), so conflict "
            f"cannot show {showing.conflict}; take {types[-1]}"
        )
