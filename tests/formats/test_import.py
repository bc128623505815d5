"""Files of other tools become dossiers that pass `check`, or every mistake is told with its line.

The two files in `ktab/` are KTAB's own, under its MIT licence beside them. The emission standards
are the figures of Bueno de Mesquita (1994), table 1.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from summitry.analysis.positions.arrays import central_arrays
from summitry.analysis.positions.compromise import compromise
from summitry.analysis.positions.stands import Stands
from summitry.cli import main
from summitry.dossier.errors import DossierError
from summitry.dossier.reader import check, load
from summitry.formats.importing import import_file
from summitry.formats.writing import ids_of

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[3] / "shared" / "data" / "positions"
PEERS = sorted(
    path.relative_to(SHARED)
    for pattern in ("bdm/*", "decide/*", "ktab/*.*", "paris-2015/*[dD]ecide*")
    for path in SHARED.glob(pattern)
)

DECIDE = """\
'#O'\t'Tolls'
'#/'\t'numbers by four experts in 2011'
'#A'\t'Côte d'Ivoire'\t'Côte d'Ivoire'\t''
'#A'\t'no'\t'Norway'\t'also Iceland'
'#P'\t'toll'\t'Toll of the inner city'\t''
'#M'\t'toll'\t0\t'none'
'#M'\t'toll'\t7,5\t'high'
'#D'\t'Côte d'Ivoire'\t'toll'\t2.5\t0,75\t1
'#D'\t'no'\t'toll'\t7.5\t1\t.5
"""
BDM = """\
Actor,Capability,Position,Salience
Netherlands,0.08,4,0.8
Belgium,0.08,7,0.4
Luxembourg,0.03,4,0.2
Germany,0.16,4,0.8
France,0.16,10,0.6
Italy,0.16,10,0.6
UK,0.16,10,0.9
Ireland,0.05,7,0.1
Denmark,0.05,4,1.0
Greece,0.08,7,0.7
"""
KTAB = """\
Reform,run 1,26 men,2,1,
Actor,Description,Influence,Policy Position,Policy Salience,
XJ,first,100,30,30,
LK,second,65,45,65,
"""


def imported(tmp_path, text, name="f.csv", **options):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = import_file(path, **options)
    made = tmp_path / f"{name}.yaml"
    made.write_text(result.text)
    assert [str(p) for p in check(made) if not p.is_note] == []
    return load(made).dossier, result


def told(dossier, issue):
    """The issue's positions, saliences and powers."""
    return {
        name: (stand.position.raw, stand.salience.raw, dossier.power[name].raw)
        for name, stand in dossier.issues[issue].positions.items()
    }


def test_decide(tmp_path):
    dossier, result = imported(tmp_path, DECIDE)
    assert (result.format, result.notes, dossier.title) == ("decide", (), "Tolls")
    assert told(dossier, "toll") == {"cote-d-ivoire": (2.5, 0.75, 1), "no": (7.5, 1, 0.5)}
    assert dossier.issues["toll"].scale == {0: "none", 7.5: "high"}
    assert dossier.parties["cote-d-ivoire"].name == "Côte d'Ivoire"
    assert dossier.parties["no"].note == "also Iceland"
    assert "numbers by four experts in 2011" in str(dossier.sources["file"].note)


def test_bdm(tmp_path):
    dossier, result = imported(tmp_path, BDM, "emission standards.csv")
    assert result.format == "bdm"
    assert told(dossier, "emission-standards")["france"] == (10, 0.6, 0.16)
    assert sorted(dossier.issues["emission-standards"].scale) == [4, 10]
    issue = central_arrays(dossier).issues[0]
    first = compromise(Stands(issue.positions, issue.salience, issue.power, issue.low, issue.high))
    np.testing.assert_allclose(first, 7.38996, atol=5e-6)  # where Scholz et al. 2011 start
    headed = "\ufeff\tx\tc\ts\nNetherlands\t4\t0,08\t0.8\n\nFrance\t10\t0.16\t0.6\n"
    dossier, _ = imported(tmp_path, headed, "short.txt")
    assert told(dossier, "short") == {"netherlands": (4, 0.8, 0.08), "france": (10, 0.6, 0.16)}


def test_ktab():
    result = import_file(HERE / "ktab" / "SOE-Pol-Comp.csv")
    assert (result.format, result.notes) == ("ktab", ())
    assert "wy: {position: 60, salience: 46}" in result.text
    result = import_file(HERE / "ktab" / "smpExample.xml")
    assert "ellie: {position: 26.3, salience: 15.8}" in result.text
    assert [note.split(" is ")[0] for note in result.notes] == [
        "ModelParameters", "IdealAdjustment", "Alice (line 27) has no position on FirstDim",
    ]  # fmt: skip


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_and_line_ends(tmp_path, encoding, ending):
    data = DECIDE.replace("\n", ending).encode(encoding)
    dossier, result = imported(tmp_path, data)
    assert dossier.parties["cote-d-ivoire"].name == "Côte d'Ivoire"
    assert bool(result.notes) == (encoding == "cp1252")


def test_semicolons_and_double_quotes(tmp_path):
    text = (
        DECIDE.replace("'\t", '"\t').replace("\t'", '\t"').replace("'\n", '"\n').replace("\t", ";")
    )
    dossier, _ = imported(tmp_path, text.replace("\n'", '\n"').replace("'#O", '"#O', 1))
    assert told(dossier, "toll") == {"cote-d-ivoire": (2.5, 0.75, 1), "no": (7.5, 1, 0.5)}


@pytest.mark.skipif(not PEERS, reason="the shared folder is not beside the repository")
@pytest.mark.parametrize("path", PEERS, ids=str)
def test_files_of_peers(tmp_path, path):
    imported(tmp_path, (SHARED / path).read_bytes(), path.name)


@pytest.mark.skipif(not PEERS, reason="the shared folder is not beside the repository")
def test_the_bundled_paris_has_the_numbers_of_its_source(tmp_path):
    path = SHARED / "paris-2015" / "CoP21_decide_format.csv"
    source, _ = imported(tmp_path, path.read_bytes())
    bundled = load("paris-2015").dossier
    numbers = [sorted(told(d, name).values()) for d in (source, bundled) for name in d.issues]
    assert numbers[:13] == numbers[13:]
    scales = [list(issue.scale) for d in (source, bundled) for issue in d.issues.values()]
    assert scales[:13] == scales[13:]


def xml(actors, dimensions="<dName>d</dName>", before=""):
    return f"""<?xml version="1.0"?>{before}
<Scenario><name>S</name><Dimensions>{dimensions}</Dimensions>
<Actors>{actors}</Actors></Scenario>"""


def actor(name, x="<dCoord>10</dCoord>", s="<dSal>50</dSal>", c="1"):
    return f"""
<Actor><name>{name}</name><capability>{c}</capability>
<Position>{x}</Position><Salience>{s}</Salience></Actor>"""


BOMB = '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
WRONG = {
    "actor not named": (
        DECIDE.replace("'#D'\t'no'", "'#D'\t'noo'"),
        [":9:1: no actor `noo` in the `#A` rows; nearest: `no`"],
    ),
    "all at once": (
        DECIDE.replace("2.5", "many").replace("\t.5", "\t"),
        [":8:1: the position is a number, not `many`", ":9:1: the power is missing"],
    ),
    "off the scale": (DECIDE.replace("\t7.5\t1", "\t9\t1"), [":9:1: the position is from 0 to 7.5"]),
    "position twice": (DECIDE + DECIDE.splitlines()[-1], [":10:1: `no` has a position", "line 9"]),
    "actor twice": (DECIDE + "#A\tno\n", [":10:1: the actor `no` stands on line 4 already"]),
    "two powers": (
        DECIDE + "#P\ttax\n#M\ttax\t0\n#M\ttax\t1\n#D\tno\ttax\t1\t1\t0.6\n",
        [":13:1: the power of `no` is 0.6 here and 0.5 on line 9"],
    ),
    "scale without ends": (DECIDE.replace("'#M'\t'toll'\t0\t'none'\n", ""), [":5:1: the scale of"]),
    "unknown row": (DECIDE + "#X\t1\n", [":10:1: `#X` begins no row of a DECIDE file"]),
    "negative salience": (DECIDE.replace("0,75", "-0,75"), [":8:1: the salience is from 0 to 100"]),
    "nobody": ("#A\ta\n", ["holds no `#D` rows"]),
    "open quote": ('Actor,Position,Capability,Salience\n"a,1,1,1\nb,2,1,1\n', [":2:1: a quote is"]),
    "thousands": (BDM.replace("0.16,10", '0.16,"1,000"'), [":6:1: the position `1,000` can be read"]),
    "headings only": (BDM.split("\n")[0] + "\n", [":1:1: holds headings only"]),
    "no salience column": (BDM.replace("Salience", "Weight"), [":1:1: no heading names salience"]),
    "decimal comma": (BDM.replace("0.03,4,0.2", "0,03,4,0,2"), [":4:1: 6 cells are more than the 4"]),
    "decimal comma of DECIDE": (
        "#A,a\n#P,p\n#M,p,0\n#M,p,9\n#D,a,p,7,5,0,5,1\n", [":5:1: 8 cells are more than the 6"],
    ),
    "short row": (BDM + "Norway,0.16\n", [":12:1: the position is missing", "the salience is missing"]),
    "one place": ("Actor,Position,Capability,Salience\na,1,1,1\nb,1,1,1\n", ["all positions are the same"]),
    "no power": (re.sub(",0.[01][0-9],", ",0,", BDM), ["makes no valid"]),
    "not a number": (BDM.replace("0.03", "nan"), [":4:1: the capability is a number, not `nan`"]),
    "counts": (KTAB.replace("2,1,", "3,1,"), [":1:1: 3 actors are announced and 2 rows follow"]),
    "dimensions": (KTAB.replace("2,1,", "2,2,"), [":2:1: 2 dimensions need 4 headings"]),
    "columns in turn": (
        KTAB.replace("Policy Position,Policy Salience", "Policy Salience,Policy Position"),
        [":2:1: `Policy Salience` is column 4"],
    ),
    "salience over 100": (KTAB.replace(",65,", ",165,"), [":4:1: the influence", ":4:1: the salience"][1:]),
    "saliences over 100": (
        "R,d,2,2\nActor,D,I,a Position,a Salience,b Position,b Salience\nX,,1,0,60,9,50\nY,,1,0,1,9,1\n",
        [":3:1: the saliences of `X` add up to 110"],
    ),
    "too many cells": (KTAB.replace("30,30,", "30,30,1"), [":3:1: 6 cells are more than the 5 columns"]),
    "not XML": (xml("<Actor>"), ["not valid XML: mismatched tag"]),
    "bomb": (xml(actor("a") + actor("b"), before=BOMB), [":1:1: a document type"]),
    "other root": ("<html></html>", [":1:1: the root is `html`"]),
    "dimensions of an actor": (xml(actor("a") + actor("b", x="")), ["`Position` holds 0 `dCoord` for 1"]),
    "XML actor twice": (xml(actor("a") + actor("a")), [":6:1: the actor `a` stands here a second"]),
    "deep": ("<Scenario>" * 30, [":1:1: elements are nested more than 20"]),
    "unknown": ("dear all\nsee below\n", ["is none of the formats known"]),
    "control": ("#A\ta\x00b\n", [":1:1: the control character '\\x00' is refused"]),
    "empty": ("", ["is empty"]),
}  # fmt: skip


@pytest.mark.parametrize("text, expected", WRONG.values(), ids=WRONG)
def test_mistakes_are_told_with_their_lines(tmp_path, text, expected):
    path = tmp_path / "f.csv"
    path.write_text(text)
    with pytest.raises(DossierError) as refused:
        import_file(path)
    shown = str(refused.value)
    assert all(line.startswith(str(path)) for line in shown.splitlines())
    for part in expected:
        assert part in shown, shown


HUGE = {
    "file": (BDM + "x,1,1,1\n" * 700_000, "at most 5 MB", 1),
    "mistakes": (DECIDE + "#D\tnon\ttoll\t1\t1\t1\n" * 200_000, "no actor `non`", 100),
    "actors": (BDM + "".join(f"a{k},1,1,1\n" for k in range(100_000)), "holds 100,010 actors", 2),
}


@pytest.mark.parametrize("text, expected, number", HUGE.values(), ids=HUGE)
def test_what_is_huge_is_refused(tmp_path, text, expected, number):
    path = tmp_path / "f.csv"
    path.write_text(text)
    with pytest.raises(DossierError, match=expected) as refused:
        import_file(path)
    assert len(refused.value.problems) == number


def test_ids_differ_and_are_words():
    assert list(ids_of(["EU (incl Norway)", "Ünïon", "eu-incl-norway", "中国", "!"]).values()) == [
        "eu-incl-norway", "union", "eu-incl-norway-2", "x", "x-2",
    ]  # fmt: skip


def test_the_command_prints_or_writes_and_overwrites_nothing(tmp_path):
    (tmp_path / "f.csv").write_text(BDM)
    file, out = str(tmp_path / "f.csv"), str(tmp_path / "made.yaml")
    run = CliRunner().invoke
    printed = run(main, ["import", file])
    assert printed.exit_code == 0 and printed.stdout.startswith("# Imported from f.csv")
    assert run(main, ["import", file, "--out", out]).exit_code == 0
    assert Path(out).read_text() == printed.stdout
    again = run(main, ["import", file, "--out", out])
    assert again.exit_code == 2 and "exists and is left as it is" in again.output
    wrong = run(main, ["import", file, "--format", "decide"])
    assert wrong.exit_code == 2
