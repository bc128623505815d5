"""How long a ledger of 100,000 entries takes to list, score and verify; prints user CPU seconds.

    python benchmarks/ledger.py [ENTRIES]

A tenth of the entries resolve a question each, a tenth are rivals, the rest forecasts: eight a
question, each with a full forecast of its own (as large as that of the starter dossier).
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from summitry.ledger.canonical import canonical, fingerprint
from summitry.ledger.chain import append
from summitry.ledger.connect import writing

TIERS = ("none", "text", "partial", "full")
SIZE = 7_500  # bytes of a full forecast of the starter dossier
FORECASTS = 8


def main() -> None:
    """Build the ledger, then time each command in a process of its own."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.sqlite3"
        begun = time.process_time()
        with writing(file) as connection:
            for body, data in bodies(entries // (FORECASTS + 2)):
                append(connection, body, data)
        print(f"built {entries:,} entries, {file.stat().st_size / 1e6:,.0f} MB: "
              f"{time.process_time() - begun:.1f} s")  # fmt: skip
        for words in ("ledger list", "ledger list --all", "ledger list --all --json", "score",
                      "score --json", "ledger verify --sample 0", "ledger anchor"):  # fmt: skip
            timed(words, file)


def timed(words: str, file: Path) -> None:
    """Run a command and print what it took."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", "from summitry.cli import main; main()", *words.split()],
        env={**os.environ, "SUMMITRY_LEDGER": str(file)},
        stdout=subprocess.PIPE,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    print(f"{words:28} {spent:6.2f} s CPU, {time.monotonic() - begun:6.2f} s by the clock, "
          f"exit code {done.returncode}, {len(done.stdout):,} bytes")  # fmt: skip


def bodies(questions: int) -> Iterator[tuple[dict[str, Any], list[bytes]]]:
    """Entries without their places: question by question."""
    generator = np.random.Generator(np.random.Philox(0))
    for k in range(questions):
        yield from one_question(k, generator)


def one_question(
    k: int, generator: np.random.Generator
) -> Iterator[tuple[dict[str, Any], list[bytes]]]:
    """Eight forecasts, a rival and the outcome of a question."""
    day = dt.date(2019, 1, 1) + dt.timedelta(days=k % 1000)
    tiers = [{"id": tier, "title": tier, "all": [], "any": []} for tier in TIERS]
    rule = {"decides": "the author", "by": str(day), "source": "the communiqué"}
    question = canonical({
        "title": f"Talks {k}", "question": "What will it bring?", "tiers": tiers, "rule": rule,
        "round": {"title": None, "date": str(day)}, "counts": "the highest tier that was agreed",
    })  # fmt: skip
    dossier = json.dumps({"title": f"Talks {k}"}).encode()
    signed = {"author": "benchmark", "created": "2026-01-01T00:00:00Z",
              "question": fingerprint(question)}  # fmt: skip
    truth = generator.dirichlet(np.ones(len(TIERS)))
    for lead in range(FORECASTS, 0, -1):
        full = canonical({"k": k, "lead": lead, "filling": "x" * SIZE})
        yield (
            signed
            | forecast(day, lead, truth, generator)
            | {
                "inputs": [{"name": "d.yaml", "sha256": fingerprint(dossier)}],
                "forecast": fingerprint(full),
            },
            [question, dossier, full],
        )
    given = shares(generator.dirichlet(20 * truth + 0.1))
    yield signed | {"kind": "rival", "by": f"Rival {k % 40}", "date": str(day - dt.timedelta(9)),
                    "outcomes": list(TIERS), "probabilities": given, "tiers": [], "probability": None}, []  # fmt: skip
    tier = TIERS[int(generator.choice(len(TIERS), p=truth))]
    yield signed | {"kind": "resolution", "tier": tier, "date": str(day), "because": "-"}, []


def forecast(
    day: dt.date, lead: int, truth: np.ndarray, generator: np.random.Generator
) -> dict[str, Any]:
    """What an entry says of a forecast made `lead` steps of five days before."""
    return {
        "kind": "forecast", "title": "Talks", "round": str(day), "as_of": str(day - dt.timedelta(days=5 * lead)),
        "version": "0.1.0", "dossier": {"name": "d.yaml", "sha256": "0" * 64}, "excluded": [],
        "options": {"seed": 0, "draws": 2048, "protocol": None, "round": None, "changes": [],
                    "without": []},
        "outcomes": list(TIERS), "probabilities": shares(generator.dirichlet(20 * truth + 0.1)),
        "reference": shares(np.array([0.4, 0.3, 0.2, 0.1])),
    }  # fmt: skip


def shares(p: np.ndarray) -> dict[str, float]:
    """Probabilities by the names of the outcomes."""
    return {tier: float(x) for tier, x in zip(TIERS, p, strict=True)}


if __name__ == "__main__":
    main()
