"""A PostgreSQL server of the tests' own: a private cluster in a temporary folder, on a socket."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

USERS = ("postgres", "nobody")  # as whom it runs where the tests run as root


@dataclass(frozen=True)
class Server:
    """A running server: its programs, its folder, and as whom it runs."""

    programs: Path
    folder: Path
    user: str

    def url(self, database: str, user: str | None = None) -> str:
        """The address of a database."""
        return f"postgresql://{user or self.user}@/{database}?host={self.folder}"

    def run(self, program: str, *words: str) -> None:
        """Run one of its programs as its user."""
        as_user(self.user, [str(self.programs / program), *words])

    def sql(self, database: str, *statements: str) -> None:
        """Run statements as the cluster's superuser."""
        given = [word for statement in statements for word in ("-c", statement)]
        self.run("psql", "-qX", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), database, *given)

    def start(self) -> None:
        """Start it, listening on a socket in its folder only."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-o", options, "-l", log, "-w", "start")

    def stop(self) -> None:
        """Stop it at once, as if it went away."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")


def as_user(user: str, words: Sequence[str]) -> None:
    """Run words as a user that is not root: `initdb` and the server refuse to run as root."""
    before = [] if os.getuid() else ["runuser", "-u", user, "--"]
    done = subprocess.run([*before, *words], capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr or done.stdout}")


def programs() -> Path | None:
    """Where Debian's newest PostgreSQL, or the path, has its programs."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4])
    )
    onpath = shutil.which("initdb")
    return found[-1].parent if found else Path(onpath).resolve().parent if onpath else None


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs while the tests do; without PostgreSQL they skip (in CI they fail)."""
    found = programs()
    if found is None:
        reason = "PostgreSQL is not installed; scripts/prepare_tests.sh installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    user = getpass.getuser() if os.getuid() else next(u for u in USERS if _is_user(u))
    with tempfile.TemporaryDirectory(prefix="summitry-pg-", dir="/tmp") as name:
        folder = Path(name)
        if not os.getuid():
            shutil.chown(folder, user)
        one = Server(found, folder, user)
        one.run("initdb", "-D", str(folder / "data"), "-A", "trust", "-E", "UTF8", "--no-sync")
        one.start()
        try:
            yield one
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                one.stop()


def _is_user(name: str) -> bool:
    return not subprocess.run(["id", name], capture_output=True).returncode
