"""Dossiers of more than 20 commitments, end to end."""

from __future__ import annotations

import json

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

import summitry
from summitry.cli import main
from summitry.dossier.errors import CannotAnswer
from summitry.report.json_schema import answer_schema


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """30 commitments of two parties, each costly to its mover and worth more to the other."""
    rng = np.random.default_rng(1)
    size = 30
    lines = ["title: T", "parties: {a: {}, b: {}, s: {role: stakeholder}}", "commitments:"]
    for c in range(size):
        needs = f", requires: [c{c - 3}]" if c % 7 == 6 else ""
        asks = ", consent: [s]" if c % 9 == 5 else ""
        kind = ", kind: pledge" if c % 3 == 0 else ""
        lines.append(f"  c{c}: {{by: {'ab'[c % 2]}{needs}{asks}{kind}}}")
    lines.append("values:")
    for i, party in enumerate("abs"):
        worth = [rng.normal(-3 if c % 2 == i else 4, 1) if i < 2 else -0.1 for c in range(size)]
        lines.append(f"  {party}: {{{', '.join(f'c{c}: {v:.1f}' for c, v in enumerate(worth))}}}")
    lines += ["linkages: [{together: [c1, c2], values: {a: 2}}]", "no_agreement: {a: 0, b: 0}"]
    file = tmp_path_factory.mktemp("large") / "d.yaml"
    file.write_text("\n".join(lines) + "\n")
    return str(file)


def test_deals_are_told_at_the_point_alone(path):
    answer = summitry.deals(path, package=["c0", "c1"])
    assert (answer.zone, set(answer.counts.values())) == (None, {None})
    assert answer.method.name == "pareto-lists"
    assert answer.method.frontier == len(answer.deals)
    assert all(deal.gains["a"] >= 0 and deal.gains["b"] >= 0 for deal in answer.deals)
    told = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    jsonschema.validate(told, answer_schema("deals"))
    assert answer.to_frame()["chosen"].is_null().all()


def test_a_roadmap_is_exact_up_to_twenty_commitments_and_bounded_beyond(path):
    names = [f"c{c}" for c in range(30)]
    few = summitry.roadmap(path, package=names[:8], draws=64)
    assert few.search.exact
    assert few.spread is not None
    many = summitry.roadmap(path, package=[n for n in names if n not in {"c5", "c14", "c23"}])
    assert many.spread is None
    assert many.search.lower_bound <= many.order.minimum_trust + 1e-9
    jsonschema.validate(json.loads(json.dumps(many.to_dict())), answer_schema("roadmap"))
    with pytest.raises(ValueError, match="not sliced"):
        summitry.roadmap(path, package=names, slice=True)


def test_what_needs_every_package_is_refused(path):
    with pytest.raises(CannotAnswer, match="at most 20 commitments"):
        summitry.expect(path)
    done = CliRunner().invoke(main, ["obstacles", path])
    assert done.exit_code == 2
    assert "Traceback" not in done.output


@pytest.mark.parametrize("command", ["deals", "roadmap"])
def test_the_page_says_how_it_was_found(path, command):
    done = CliRunner().invoke(main, [command, path])
    assert done.exit_code == 0, done.output
    assert {"deals": "Found by: lists", "roadmap": "order"}[command] in done.output
