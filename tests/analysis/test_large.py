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
    with pytest.raises(CannotAnswer, match="of them it would take about"):
        summitry.expect(path)
    done = CliRunner().invoke(main, ["obstacles", path])
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def alternatives(tmp_path, number):
    """Six commitments, after so many that can only stand alone and that nobody wants."""
    names = [f"c{k}" for k in range(6)]
    lines = ["title: T", "parties: {a: {}, b: {}}", "commitments:"]
    lines += [
        f"  x{k}: {{by: a, excludes: [{', '.join([*names, *(f'x{j}' for j in range(k))])}]}}"
        for k in range(number)
    ]
    lines += [f"  {name}: {{by: {'ab'[k % 2]}}}" for k, name in enumerate(names)]
    lines.append("values:")
    for party, worth in (("a", (-4, 6)), ("b", (5, -3))):
        own = [f"{n}: {worth[k % 2] - 3} to {worth[k % 2] + 3}" for k, n in enumerate(names)]
        lines.append(f"  {party}: {{{', '.join([*own, *(f'x{k}: -99' for k in range(number))])}}}")
    lines += ["linkages: [{together: [c1, c4], values: {a: 2}}]", "no_agreement: {a: 0, b: 0}"]
    file = tmp_path / f"d{number}.yaml"
    file.write_text("\n".join(lines) + "\n")
    return str(file)


@pytest.mark.parametrize("number", [15, 26])
def test_few_packages_of_many_commitments_are_weighed_as_ever(tmp_path, number):
    few, many = (alternatives(tmp_path, n) for n in (0, number))
    small, large = (summitry.expect(path, draws=64) for path in (few, many))
    assert large.possible_packages == small.possible_packages + number
    assert large.rows() == small.rows()
    small, large = (summitry.deals(path, draws=64) for path in (few, many))
    assert (large.method.name, large.zone) == ("listing", small.zone)
    assert large.to_dict()["deals"] == small.to_dict()["deals"]
    package = small.solutions["nash"]
    orders = [summitry.roadmap(path, package=package, draws=64).order for path in (few, many)]
    assert orders[0] == orders[1]
    assert summitry.stability(few, draws=8).feasible == 64
    if number > 18:
        with pytest.raises(CannotAnswer, match="32 options"):
            summitry.stability(many)
    else:
        assert summitry.stability(many, draws=8).feasible == 64 + number


@pytest.mark.parametrize("command", ["deals", "roadmap"])
def test_the_page_says_how_it_was_found(path, command):
    done = CliRunner().invoke(main, [command, path])
    assert done.exit_code == 0, done.output
    assert {"deals": "Found by: lists", "roadmap": "order"}[command] in done.output
