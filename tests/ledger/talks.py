"""A small negotiation to put on record, and ledgers without forecasts that cost nothing to make."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from summitry.ledger.canonical import canonical, fingerprint
from summitry.ledger.chain import append
from summitry.ledger.connect import writing

TODAY = dt.date.today()
TALKS = """\
title: Talks on a ferry
as_of: {as_of}
question: What will the ferry talks bring?
sources:
  late: {{title: "A report of the day after", date: {late}}}
parties: {{north: {{}}, south: {{}}}}
commitments:
  text: {{by: [north, south], kind: pledge, title: "Sign a text"}}
  ferry: {{by: north, only_with: [text], title: "Run the ferry"}}
values:
  north: {{text: 1 to 3, ferry: -2 to 0}}
  south: {{text: 0 to 2, ferry: 2 to 6}}
no_agreement: {{north: {no_agreement}, south: 0}}
tiers:
  - {{id: text, title: "A text", all: [text]}}
  - {{id: ferry, title: "A ferry", all: [text, ferry]}}
rounds: [{{date: {day}}}]
types:
  north: {{open: {{prior: 0.5}}, closed: {{prior: 0.5, scale: {{text: 0.2}}}}}}
signals: [{{file: signals.csv}}]
reference_classes: [{{title: "Ferry talks", counts: {{none: 4, text: 3, ferry: 2}}}}]
rivals: [{{by: A captain, date: {as_of}, tiers: [ferry], probability: 0.6}}, {{by: A poet, date: {as_of}, tiers: [ferry]}}]
{rule}
"""
RULE = 'resolution_rule: {{decides: "the author", by: {day}, source: "the published text"}}'
DRAWS = 32


def talks(folder: Path, *, as_of: dt.date, day: dt.date, rule: str = RULE,
          no_agreement: str = "-1 to 2", add: str = "") -> Path:  # fmt: skip
    """The dossier in a folder, with one signal known before the cut-off and one after it."""
    late = as_of + dt.timedelta(days=1)
    (folder / "signals.csv").write_text(
        "id,date,source,kind,party,says,shows\n"
        f"early,{as_of},A paper,contact,north,they met,open\n"
        f"later,{late},A paper,contact,north,they left,closed\n"
    )
    path = folder / "talks.yaml"
    filled = TALKS.format(
        as_of=as_of, day=day, late=late, no_agreement=no_agreement, rule=rule.format(day=day)
    )
    path.write_text(filled + add)
    return path


def past(folder: Path, **changes: str) -> Path:
    """The talks of June 2020."""
    return talks(folder, as_of=dt.date(2020, 5, 1), day=dt.date(2020, 6, 30), **changes)


def small(k: int) -> dict[str, object]:
    """A forecast's entry without a forecast: enough for the chain."""
    question, full = contents(k)
    return {
        "kind": "forecast", "title": "Talks", "author": "a", "created": "2020-01-01T00:00:00Z",
        "as_of": "2020-01-01", "round": "2021-01-01", "outcomes": ["none", "text"],
        "probabilities": {"none": 0.5, "text": 0.5}, "inputs": [],
        "question": fingerprint(question), "forecast": fingerprint(full),
    }  # fmt: skip


def contents(k: int) -> list[bytes]:
    """What the small entry names."""
    return [b'{"title":"Talks"}', canonical({"k": k})]


def chain(ledger: str | Path, number: int) -> None:
    """A ledger of small entries."""
    for k in range(number):
        with writing(ledger) as connection:
            append(connection, small(k), contents(k))
