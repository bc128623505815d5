"""A dossier as a reader wants it: who would do what, for what, in which tier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from summitry.analysis.telling import names_of
from summitry.dossier.numbers import AGENDAS, Number
from summitry.dossier.reach import smallest_packages
from summitry.dossier.schema import Commitment, Dossier, Signal
from summitry.report.frame import titles
from summitry.report.issues import issue_parts
from summitry.report.numbers import shown
from summitry.report.preferences import section
from summitry.report.style import Page, Part, Table, plain_table, sheet

OF_TYPES = ("trust", "honesty", "firmness", "no_agreement", "breach_cost", "delay_cost")


def page(dossier: Dossier) -> Page:
    """The whole dossier, part by part."""
    return sheet(_parts(dossier))


def _parts(dossier: Dossier) -> Iterator[Part]:
    yield Text(dossier.title, style="bold")
    if dossier.question:
        yield Text(dossier.question)
    if dossier.as_of:
        yield Text(f"as of {dossier.as_of}", style="dim")
    yield Text()
    yield _parties(dossier)
    if dossier.commitments:
        yield from (Text(), _commitments(dossier))
        yield from _tiers(dossier)
    yield from section(dossier)
    if dossier.types:
        yield from (Text(), _types(dossier))
    yield from issue_parts(dossier)
    yield Text()
    yield from _rest(dossier)


def _parties(dossier: Dossier) -> Table:
    """Each party with what the dossier says of it alone."""
    told: dict[str, Mapping[str, Number]] = {}
    if dossier.commitments:
        told["without agreement"] = dossier.no_agreement
        told |= {"trust": dossier.trust, "breach cost": dossier.breach_cost}
    if dossier.issues:
        told["power on the issues"] = dossier.power
    table = plain_table("Parties")
    for column in ("party", "role", *told):
        table.add_column(column)
    for name, party in dossier.parties.items():
        numbers = [shown(column.get(name)) for column in told.values()]
        called = f"{party.name} ({name})" if party.name else name
        table.add_row(called, party.role, *numbers)
    return table


def _commitments(dossier: Dossier) -> Table:
    table = plain_table("Who would do what, and what it is worth to whom (own points)")
    table.add_column("commitment")
    table.add_column("by")
    table.add_column("kind")
    table.add_column("reversible")
    table.add_column("worth")
    table.add_column("conditions")
    names = names_of(dossier)
    for name, commitment in dossier.commitments.items():
        worth = [
            f"{names[party]} {shown(values[name])}"
            for party, values in dossier.values.items()
            if name in values
        ]
        table.add_row(
            f"{name}: {commitment.title}" if commitment.title else name,
            ", ".join(names[party] for party in commitment.by),
            commitment.kind,
            shown(commitment.reversible) or "default",
            "; ".join(worth),
            _conditions(commitment, names),
        )
    return table


def _conditions(commitment: Commitment, names: Mapping[str, str]) -> str:
    parts = [
        f"{how} {_quoted(others, names)}"
        for how, others in (
            ("after", commitment.requires),
            ("only with", commitment.only_with),
            ("not with", commitment.excludes),
        )
        if others
    ]
    if isinstance(commitment.consent, dict):
        chances = [f"{names[p]} (chance {shown(x)})" for p, x in commitment.consent.items()]
        parts.append(f"consent of {', '.join(chances)}")
    elif commitment.consent:
        parts.append(f"consent of {', '.join(names[party] for party in commitment.consent)}")
    return "; ".join(parts)


def _quoted(commitments: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(f"“{names[one]}”" for one in commitments)


def _tiers(dossier: Dossier) -> Iterator[Part]:
    table = plain_table("Outcomes, lowest first")
    for column in ("tier", "needs all of", "and one of", "smallest package"):
        table.add_column(column)
    names = names_of(dossier)
    for tier, package in zip(dossier.tiers, smallest_packages(dossier), strict=True):
        title = f"{tier.id}: {tier.title}" if tier.title else tier.id
        table.add_row(title, *(titles(part, names) for part in (tier.all, tier.any, package)))
    if dossier.tiers:
        yield from (Text(), table)
    if dossier.linkages:
        yield Text()
    for linkage in dossier.linkages:
        worth = "; ".join(f"{names[party]} {shown(n)}" for party, n in linkage.values.items())
        yield Text(f"Together, {_quoted(linkage.together, names)} are worth besides: {worth}")


def _types(dossier: Dossier) -> Table:
    table = plain_table("What a party may be", grouped=1)
    for column in ("party", "type", "prior", "what is different"):
        table.add_column(column)
    names = names_of(dossier)
    for party, types in dossier.types.items():
        for name, kind in types.items():
            changes = [f"{names[c]} x {shown(n)}" for c, n in kind.scale.items()]
            changes += [f"{names[c]} = {shown(n)}" for c, n in kind.values.items()]
            for part in OF_TYPES:
                if getattr(kind, part):
                    changes.append(f"{part.replace('_', ' ')} {shown(getattr(kind, part))}")
            title = f"{name}: {kind.title}" if kind.title else name
            table.add_row(names[party], title, f"{kind.prior.value:.0%}", "; ".join(changes))
    return table


def _rest(dossier: Dossier) -> Iterator[Text]:
    for number, meeting in enumerate(dossier.rounds, start=1):
        yield Text(f"Round {number}: {meeting.title or ''} {meeting.date or ''}".rstrip())
    for part in ("honesty", "firmness"):
        given = getattr(dossier, part).items()
        if given:
            told = "; ".join(f"{dossier.parties[p].name or p} {shown(n)}" for p, n in given)
            yield Text(f"{part.capitalize()}: {told}")
    for part in ("knowledge", "momentum"):
        if getattr(dossier, part) is not None:
            yield Text(f"{part.capitalize()}: {shown(getattr(dossier, part))}")
    if dossier.agenda is not None:
        word, likely = dossier.agenda.raw, shown(dossier.agenda)
        yield Text(
            f"Agenda: {word if word in list(AGENDAS) else f'package with probability {likely}'}"
        )
    signals = [signal for signal in dossier.signals if isinstance(signal, Signal)]
    if signals:
        known = [signal.known_at or signal.date for signal in signals]
        kinds = Counter(signal.kind for signal in signals)
        told = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
        yield Text(f"{len(signals)} signals known from {min(known)} to {max(known)}: {told}")
    for known_class in dossier.reference_classes:
        yield Text(f"Reference class: {known_class.title} (covers {known_class.covers})")
    yield Text(f"Sources: {len(dossier.sources)}")
