"""The commands that look into a ledger, check it, and carry it elsewhere."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import click

from summitry.cli.options import DAY, with_options
from summitry.cli.progress import progress_bar
from summitry.cli.record import AS_JSON, AUTHOR, LEDGER, SUPERSEDES

FILE = click.Path(path_type=Path, dir_okay=False)
STANDARD_INPUT = "standard input"


@click.group()
def ledger() -> None:
    """The forecasts on record: look, check, carry elsewhere.

    The ledger is a SQLite file (~/.local/share/summitry/ledger.sqlite3), or what the
    environment's SUMMITRY_LEDGER names: another file, or a database that a team shares
    (postgresql://user@host/name).
    """


@ledger.command(name="list")
@click.option(
    "--last",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    help="How many of the newest entries.",
)
@click.option("--all", "whole", is_flag=True, help="All entries.")
@with_options(LEDGER, AS_JSON)
def list_(last: int, whole: bool, ledger: str | None, as_json: bool) -> None:
    """The newest entries, one a line."""
    from summitry.ledger.listing import listing

    found = listing(None if whole else last, ledger)
    if as_json:
        # a line an entry: with an indent the encoder takes five times as long
        encode = json.JSONEncoder(ensure_ascii=False).encode
        click.echo("[\n" + ",\n".join(encode(one.to_dict()) for one in found) + "\n]")
        return
    from summitry.ledger.errors import readable
    from summitry.report.ledger import list_lines
    from summitry.report.style import wrapped

    with readable():
        lines = "\n".join(wrapped(list_lines(found)))
    click.echo(lines)


@ledger.command()
@click.argument("id")
@with_options(LEDGER, AS_JSON)
def show(id: str, ledger: str | None, as_json: bool) -> None:
    """One entry in full; or, by its whole SHA-256, a file or forecast that the ledger keeps.

    ID is an entry's id; its first digits do.
    """
    from summitry.ledger.listing import shown_entry, stored

    data = stored(id, ledger) if len(id.strip()) == 64 else None
    if data is not None:
        sys.stdout.buffer.write(data)
        return
    found = shown_entry(id, ledger)
    if as_json:
        click.echo(json.dumps(found.to_dict(), indent=2, ensure_ascii=False))
        return
    from summitry.ledger.errors import readable
    from summitry.report.ledger import entry_page
    from summitry.report.style import console

    with readable():
        page = entry_page(found)
    console().print(page)


@ledger.command()
@click.argument("id")
@click.option("--by", required=True, help="Whose forecast it is.")
@click.option("--date", type=DAY, required=True, help="The day on which it was made.")
@click.option(
    "--probability",
    "stated",
    multiple=True,
    required=True,
    metavar="TIER=P",
    help="A probability; repeat it for every outcome, or write A,B=P for some together.",
)
@click.option("--because", required=True, help="Where it was stated.")
@with_options(AUTHOR, SUPERSEDES, LEDGER)
def rival(id: str, date: dt.datetime, stated: tuple[str, ...], **given: str | None) -> None:
    """Put an expert's, a market's or a crowd's forecast of the same question on record.

    ID is the id of a forecast of that question, or of the question; its first digits do.
    """
    from summitry.ledger.rivals import rival as put

    tiers, probability = _stated(stated)
    entry = put(id, date=date.date(), tiers=tiers, probability=probability, **given)  # type: ignore[arg-type]
    click.echo(f"entry {entry.position}, {entry.id}")


def _stated(stated: tuple[str, ...]) -> tuple[list[str], float | dict[str, float]]:
    """One number for some outcomes together, or one for each."""
    pairs = [text.rpartition("=") for text in stated]
    try:
        numbers = {name.strip(): float(value) for name, sign, value in pairs if sign}
    except ValueError:
        numbers = {}
    if len(numbers) != len(stated):
        raise click.UsageError("write --probability TIER=P, each once, e.g. --probability none=0.4")
    if len(numbers) > 1:
        return [], numbers
    ((names, value),) = numbers.items()
    return [name.strip() for name in names.split(",")], value


@ledger.command()
@click.argument("file", type=FILE)
@with_options(LEDGER)
def export(file: Path, ledger: str | None) -> None:
    """Write the whole ledger into FILE (JSON Lines; `-`: the screen), which `verify` accepts."""
    from summitry.ledger.exchange import export_to, exported

    if str(file) == "-":
        for line in exported(ledger):
            sys.stdout.buffer.write(line + b"\n")
        return
    click.echo(f"wrote {file}: {export_to(file, ledger)} lines", err=True)


@contextmanager
def _as_file(file: Path) -> Iterator[Path]:
    """The file itself; for `-` a copy of standard input, in which one can go back."""
    from summitry.ledger.errors import LedgerError

    if str(file) != "-":
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="summitry-") as folder:
        copy = Path(folder) / "standard-input"
        with copy.open("wb") as whole:
            shutil.copyfileobj(sys.stdin.buffer, whole)
        try:
            yield copy
        except LedgerError as error:
            raise LedgerError(str(error).replace(str(copy), STANDARD_INPUT)) from error


@ledger.command(name="import")
@click.argument("file", type=FILE)
@with_options(LEDGER)
def import_(file: Path, ledger: str | None) -> None:
    """Add what FILE, an exported ledger of the same history, holds beyond this one.

    `-`: the export is read from standard input.
    """
    from summitry.ledger.exchange import import_from

    with _as_file(file) as path:
        click.echo(f"{import_from(path, ledger)} new entries")


@ledger.command()
@click.argument("file", type=FILE, required=False)
@click.option(
    "--sample",
    type=click.IntRange(0),
    metavar="N",
    help="Make only N forecasts again, chosen by --seed (0: none); by default all.",
)
@click.option("--seed", default=0, show_default=True, help="Chooses the sample.")
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    metavar="POSITION:ID",
    help="A head that was published earlier and must be in the chain; may be repeated.",
)
@with_options(LEDGER, AS_JSON)
def verify(
    file: Path | None,
    sample: int | None,
    seed: int,
    anchors: tuple[str, ...],
    ledger: str | None,
    as_json: bool,
) -> None:
    """Check that nothing was changed, and that the forecasts come out the same again.

    Of this ledger, or of FILE, an exported one (`-`: from standard input). Ends with 1 where
    anything differs.
    """
    from summitry.ledger.verify import verify as check

    held = nullcontext() if file is None else _as_file(file)
    with held as path, progress_bar("making the forecasts again") as advance:
        found = check(
            path, sample=sample, seed=seed, anchors=anchors, ledger=ledger, progress=advance
        )
    if str(file) == "-":
        found = replace(found, place=STANDARD_INPUT)
    if as_json:
        click.echo(json.dumps(found.to_dict(), indent=2, ensure_ascii=False))
    else:
        from summitry.report.ledger import verified_lines
        from summitry.report.style import wrapped

        click.echo("\n".join(wrapped(verified_lines(found))))
    sys.exit(0 if found.whole else 1)


@ledger.command()
@with_options(LEDGER)
def anchor(ledger: str | None) -> None:
    """Print the head of the chain, to publish where nobody can change it.

    `verify --anchor` then finds an end that was cut off, and a history that was rewritten.
    """
    from summitry.ledger.listing import anchor as head

    click.echo(head(ledger))
