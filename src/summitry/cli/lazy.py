"""A command group that imports a command only when it is called, and that ends politely."""

from __future__ import annotations

import difflib
import importlib
import io
import os
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

import click


class LazyGroup(click.Group):
    """Commands by the place of their function; the help is known without importing them."""

    def __init__(
        self, *, commands_at: Mapping[str, str], short_help_of: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.commands_at = commands_at
        self.short_help_of = short_help_of

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(self.commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        if cmd_name not in self.commands_at:
            return None
        module, function = self.commands_at[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, self.short_help_of[name]) for name in self.list_commands(ctx)]
            )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; a misspelt one is answered with the nearest."""
        name = args[0]
        if name not in self.commands_at:
            close = difflib.get_close_matches(name, self.commands_at, 1)
            hint = f"; did you mean `{close[0]}`?" if close else ""
            ctx.fail(f"there is no command `{name}`{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; when interrupted say so, and end with 130 as shells expect."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            fail("interrupted", 130)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and turn what is wrong with the input into one message and exit code 2."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a terminal without the letter shows `?`
                stream.reconfigure(errors="replace")
        try:
            return super().main(*args, **kwargs)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            fail(f"{where}{error.strerror or error}")
        except ValueError as error:
            fail(str(error))
        except Exception as error:
            from summitry.dossier.errors import SummitryError

            if not isinstance(error, SummitryError):
                raise
            fail(str(error))


def fail(message: str, code: int = 2) -> NoReturn:
    """Say what is wrong on the error stream and end with the code."""
    click.echo(message, err=True)
    sys.exit(code)
