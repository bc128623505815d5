"""A small dossier in which some packages hold together by themselves, some by trust, some not."""

from __future__ import annotations

TALKS = """title: Talks
parties:
  a: {name: Alba}
  b: {name: Borea}
  un: {name: Council, role: stakeholder}
  unions: {name: Unions, role: stakeholder}
commitments:
  text: {by: [a, b], title: A text}
  withdrawal: {by: a, requires: [text], title: Withdraw the troops, reversible: 0.2}
  payment: {by: b, requires: [text], title: Pay, reversible: 0.1}
  border: {by: a, title: Open the border, reversible: 0.8, consent: {un: 0.8}}
  fishing: {by: b, title: Share the fish, consent: [unions]}
values:
  a: {withdrawal: -6 to -4, payment: 7 to 12, border: -1, fishing: 2}
  b: {withdrawal: 7 to 9, payment: -4, border: 3, fishing: -1}
  unions: {fishing: -2 to 1, payment: -0.2}
no_agreement: {a: -4 to 5, b: -1 to 1}
delay_cost: {a: 0.5}
breach_cost: {a: 1, b: 1}
trust: {a: 0.2, b: 0.3}
tiers:
  - {id: words, all: [text]}
  - {id: trade, title: A trade, all: [text, withdrawal, payment]}
rounds: [{}, {}]
"""
BARE = ["text", "withdrawal", "payment"]


def write(tmp_path, text=TALKS):
    """The dossier as a file."""
    path = tmp_path / "talks.yaml"
    path.write_text(text)
    return str(path)
