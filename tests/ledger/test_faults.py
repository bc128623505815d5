"""Whatever happens while a ledger is written, it stays whole and the message is clear."""

from __future__ import annotations

import os
import random
import resource
import select
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from summitry.ledger import schema
from summitry.ledger.chain import append, head
from summitry.ledger.connect import reading, writing
from summitry.ledger.errors import LedgerError
from summitry.ledger.exchange import export_to, exported
from summitry.ledger.resolve import resolve
from summitry.ledger.verify import verify
from tests.ledger.talks import chain, contents, small

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # from Python 3.12 on
KILLS = 50


def write_on(ledger: Path, told: int) -> None:
    """Add entries for ever, and tell each one's id once it is committed."""
    for k in range(10**6):
        with writing(ledger) as connection:
            entry = append(connection, small(k), contents(k))
        os.write(told, entry.id.encode())


def test_killed_at_any_moment_it_is_whole_and_keeps_what_it_confirmed(tmp_path):
    ledger, moments = tmp_path / "ledger.sqlite3", random.Random(0)
    confirmed: list[str] = []
    for k in range(KILLS):
        listen, tell = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                write_on(ledger, tell)
            finally:
                os._exit(1)
        os.close(tell)
        if k % 3 == 2:  # however slow the machine is, some get as far as an entry
            select.select([listen], [], [], 60)
        time.sleep(moments.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(listen) as pipe:
            ids = pipe.read()
        confirmed += [ids[at : at + 64] for at in range(0, len(ids) - 63, 64)]
        if ledger.exists() and k % 10 == 9:
            assert verify(ledger=ledger, sample=0).whole
    found = verify(ledger=ledger, sample=0)
    assert found.whole
    assert found.entries >= len(confirmed) > 0
    with reading(ledger) as connection:
        there = set(connection.exec_driver_sql("SELECT id FROM ledger_entries").scalars())
    assert set(confirmed) <= there


def add(ledger: Path | str, number: int) -> None:
    for k in range(number):
        with writing(ledger) as connection:
            append(connection, small(k), contents(k))


def at_once(ledger: Path | str) -> None:
    """Four writers that begin at the same moment, on a ledger that none of them has made yet."""
    begin, children = time.monotonic() + 0.1, []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            while time.monotonic() < begin:
                pass
            try:
                add(ledger, 10)
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4


@pytest.mark.parametrize("time_and_again", range(5))
def test_writers_at_once_never_fork_the_chain(tmp_path, time_and_again):
    ledger = tmp_path / "ledger.sqlite3"
    at_once(ledger)
    found = verify(ledger=ledger, sample=0)
    assert (found.entries, found.wrong) == (40, [])


def test_a_fork_is_refused_by_the_tables_themselves(tmp_path):
    ledger = tmp_path / "ledger.sqlite3"
    chain(ledger, 2)
    with sqlite3.connect(ledger) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(
            "INSERT INTO ledger_entries SELECT 9, 'x', previous, kind, question, summary, body "
            "FROM ledger_entries WHERE position = 2"
        )
    connection.close()


def in_child(work) -> str:
    """What a piece of work says when it is done in a process of its own."""
    listen, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(tell, str(work()).encode())
        except LedgerError as error:
            os.write(tell, str(error).encode())
        finally:
            os._exit(0)
    os.close(tell)
    with os.fdopen(listen) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


def test_a_full_disk(tmp_path):
    ledger = tmp_path / "ledger.sqlite3"
    chain(ledger, 2)

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        with writing(ledger) as connection:
            append(connection, small(7), [*contents(7), os.urandom(1_000_000)])

    said = in_child(fill)
    assert "nothing was recorded" in said
    assert "full" in said
    found = verify(ledger=ledger, sample=0)
    assert (found.entries, found.wrong) == (2, [])
    chain(ledger, 1)
    assert verify(ledger=ledger, sample=0).entries == 3


def test_an_export_for_which_there_is_no_room_is_named_and_not_begun(tmp_path):
    chain(tmp_path / "ledger.sqlite3", 2)

    def export() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        with pytest.raises(OSError, match=r"all\.jsonl") as raised:
            export_to(tmp_path / "all.jsonl", tmp_path / "ledger.sqlite3")
        return str(raised.value.filename)

    assert in_child(export) == str(tmp_path / "all.jsonl")
    assert not [path for path in tmp_path.iterdir() if "all.jsonl" in path.name]


@pytest.mark.skipif(os.name != "posix", reason="rights as on POSIX")
def test_a_file_that_may_only_be_read(tmp_path):
    ledger = tmp_path / "deep" / "ledger.sqlite3"
    ledger.parent.mkdir()
    chain(ledger, 2)
    ledger.chmod(0o444)
    ledger.parent.chmod(0o555)
    for parent in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        parent.chmod(0o755)

    def as_nobody(work):
        def run():
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            return work()

        return in_child(run)

    def read() -> int:
        with reading(ledger) as connection:
            return head(connection)[0]

    said = as_nobody(lambda: add(ledger, 1))
    ledger.parent.chmod(0o755)
    ledger.parent.chmod(0o555)
    assert "may only be read" in said or "cannot be opened" in said
    assert as_nobody(read) == "2"
    ledger.parent.chmod(0o755)
    assert verify(ledger=ledger, sample=0).entries == 2


def test_a_ledger_of_a_newer_version_is_refused(tmp_path):
    ledger = tmp_path / "ledger.sqlite3"
    chain(ledger, 1)
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE ledger_version SET version_num = 'from_the_future'")
    connection.close()
    before = ledger.read_bytes()
    for work in (lambda: chain(ledger, 1), lambda: verify(ledger=ledger)):
        with pytest.raises(LedgerError, match="newer version of Summitry"):
            work()
    assert ledger.read_bytes() == before


def test_what_is_no_ledger(tmp_path):
    (tmp_path / "text").write_text("not a database, certainly not one of sixteen bytes or more")
    for place, message in {
        "text": "is no ledger",
        "missing": "there is no ledger yet",
        "no/folder/ledger": "there is no ledger yet",
        ".": "is a folder",
        "mysql://host/name": "PostgreSQL",
    }.items():
        with pytest.raises(LedgerError, match=message):
            verify(ledger=place if "://" in place else tmp_path / place)
    with pytest.raises(LedgerError, match="cannot be opened"):
        chain(tmp_path / "no/folder/ledger", 1)
    with pytest.raises(LedgerError, match="is no exported ledger"):
        verify(tmp_path / "text")


def test_the_migrations_lead_to_the_version_that_is_asked_for():
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_the_tables_are_those_that_the_migrations_make(tmp_path):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from summitry.ledger.tables import metadata

    chain(tmp_path / "ledger.sqlite3", 1)
    with reading(tmp_path / "ledger.sqlite3") as connection:
        options = {"version_table": schema.VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_an_export_is_the_same_from_everywhere(tmp_path):
    chain(tmp_path / "a", 3)
    assert list(exported(tmp_path / "a")) == list(exported(f"sqlite:///{tmp_path / 'a'}"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes as on POSIX")
def test_an_export_writes_into_a_pipe_and_takes_the_place_of_no_ledger(tmp_path):
    ledger, pipe = tmp_path / "ledger.sqlite3", tmp_path / "pipe"
    chain(ledger, 2)
    with pytest.raises(LedgerError, match="name another file"):
        export_to(ledger, ledger)
    assert verify(ledger=ledger, sample=0).entries == 2
    os.mkfifo(pipe)
    listen = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    export_to(pipe, ledger)
    assert pipe.is_fifo()
    assert os.read(listen, 100_000).splitlines() == list(exported(ledger))
    os.close(listen)
    with pytest.raises(OSError, match="below") as raised:
        export_to(ledger / "below", ledger)
    assert raised.value.filename == str(ledger / "below")


def test_what_is_about_earlier_entries_makes_no_ledger(tmp_path):
    ledger = tmp_path / "ledger.sqlite3"
    with pytest.raises(LedgerError, match="there is no ledger yet"):
        resolve("abcd", tier="none", because="x", ledger=ledger)
    assert not ledger.exists()
