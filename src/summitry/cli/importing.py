"""The command that reads other tools' files as dossiers."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    type=click.Choice(["gmcr"]),
    help="What kind of file it is; by default what its name ends in.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="DOSSIER.yaml",
    help="Write the dossier there instead of printing it; no file is overwritten.",
)
def import_(file: Path, kind: str | None, out: Path | None) -> None:
    """Read another tool's file as a dossier: a conflict model of GMCR+ (.gmcr)."""
    if kind is None and file.suffix.lower() != ".gmcr":
        raise click.UsageError(f"{file}: name its kind with --format, or end its name in .gmcr")
    from summitry.formats.gmcr import read_gmcr

    text = read_gmcr(file)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError:
        raise click.UsageError(f"{out} exists and is left as it is; name another file") from None
    click.echo(f"wrote {out}; next: summitry check {out}, then summitry stability {out}")
