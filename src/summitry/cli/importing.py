"""The command that reads other tools' files."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    type=click.Choice(["decide", "ktab", "bdm", "gmcr"]),
    help="What the file is; by default it is recognised by what it holds.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="DOSSIER",
    help="Write the dossier here; an existing file is never overwritten.",
)
def import_(file: Path, format: str | None, out: Path | None) -> None:
    """Turn another tool's file into a dossier.

    FILE is a DECIDE file (rows #A, #P, #M, #D), a KTAB scenario (CSV or XML), a table of the
    expected utility model with the headings actor, position, capability and salience, or a
    conflict model of GMCR+. Without --out the dossier is printed. Mistakes are listed with their lines.
    """
    from summitry.formats.importing import import_file

    if out is not None and out.exists():
        raise click.UsageError(f"{out} exists and is left as it is; name another file")
    imported = import_file(file, format=format)
    for note in imported.notes:
        click.echo(f"{file}: note: {note}", err=True)
    if out is None:
        click.echo(imported.text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as written:
            written.write(imported.text)
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written: {error.strerror}") from None
    ask = "stability" if imported.format == "gmcr" else "positions"
    click.echo(f"wrote {out}; next: summitry show {out}, then summitry {ask} {out}", err=True)
