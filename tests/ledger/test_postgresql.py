"""A ledger that a team shares gives the same guarantees as a file: against a real server."""

from __future__ import annotations

import itertools

import pytest

import summitry
from summitry.ledger.chain import append
from summitry.ledger.connect import reading, writing
from summitry.ledger.errors import LedgerError
from summitry.ledger.exchange import export_to, import_from
from summitry.ledger.listing import anchor, listing
from tests.ledger.server import server
from tests.ledger.talks import DRAWS, chain, contents, past, small
from tests.ledger.test_faults import at_once

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # from Python 3.12 on
NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def postgresql():
    with server() as one:
        yield one


@pytest.fixture
def ledger(postgresql):
    """The address of a fresh database, used as an ordinary user that owns it."""
    name = f"ledger{next(NUMBERS)}"
    postgresql.sql("postgres", f"CREATE ROLE {name} LOGIN", f"CREATE DATABASE {name} OWNER {name}")
    return postgresql.url(name, name)


def name_of(ledger):
    return ledger.partition("@/")[2].partition("?")[0]


def test_the_whole_way(tmp_path, ledger):
    recorded = summitry.record(past(tmp_path), draws=DRAWS, author="Ada", ledger=ledger)
    summitry.resolve(recorded.entry.id[:6], tier="text", because="the text", ledger=ledger)
    assert summitry.verify(ledger=ledger).wrong == []
    assert summitry.score(ledger=ledger).resolved == 1
    assert len(listing(ledger=ledger)) == 3
    export_to(tmp_path / "all.jsonl", ledger)
    file = tmp_path / "ledger.sqlite3"
    assert import_from(tmp_path / "all.jsonl", file) == 3
    assert anchor(file) == anchor(ledger)
    assert summitry.score(ledger=file).standings == summitry.score(ledger=ledger).standings


CHANGES = [
    "UPDATE ledger_entries SET body = 'x'",
    "DELETE FROM ledger_entries",
    "TRUNCATE ledger_entries",
    "DELETE FROM ledger_contents",
    "TRUNCATE ledger_version",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_rights_refuse_its_owner_and_the_guards_everybody(postgresql, ledger, statement):
    chain(ledger, 2)
    with pytest.raises(LedgerError, match="no right"), writing(ledger) as connection:
        connection.exec_driver_sql(statement)
    replica = "SET session_replication_role = replica"  # which switches ordinary triggers off
    for before in ((), (replica,)):
        with pytest.raises(RuntimeError, match="append-only"):
            postgresql.sql(name_of(ledger), *before, statement)
    assert summitry.verify(ledger=ledger, sample=0).whole


def test_what_a_superuser_does_by_force_is_found(postgresql, ledger):
    chain(ledger, 3)
    postgresql.sql(
        name_of(ledger),
        "ALTER TABLE ledger_entries DISABLE TRIGGER USER",
        "UPDATE ledger_entries SET body = replace(body, 'Talks', 'Walks') WHERE position = 2",
    )
    wrong = summitry.verify(ledger=ledger, sample=0).wrong
    assert any("changed or disabled" in text for text in wrong)
    assert any("entry 2 was changed" in text for text in wrong)


IDLE = "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$"
HARMLESS = {
    "its function does nothing": [IDLE.format(name="ledger_refuse")],
    "it calls another function": [
        IDLE.format(name="harmless"),
        "CREATE OR REPLACE TRIGGER ledger_entries_refuse_change BEFORE UPDATE OR DELETE ON "
        "ledger_entries FOR EACH ROW EXECUTE FUNCTION harmless()",
    ],
    "it has a condition": [
        "CREATE OR REPLACE TRIGGER ledger_entries_refuse_change BEFORE UPDATE OR DELETE ON "
        "ledger_entries FOR EACH ROW WHEN (false) EXECUTE FUNCTION ledger_refuse()",
    ],
    "it watches one column": [
        "CREATE OR REPLACE TRIGGER ledger_entries_refuse_change BEFORE DELETE OR UPDATE OF kind ON "
        "ledger_entries FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
    ],
}  # fmt: skip


@pytest.mark.parametrize("statements", HARMLESS.values(), ids=HARMLESS)
def test_a_guard_that_no_longer_refuses_is_found(postgresql, ledger, statements):
    chain(ledger, 1)
    postgresql.sql(name_of(ledger), *statements)
    wrong = summitry.verify(ledger=ledger, sample=0).wrong
    assert wrong and all("was changed or disabled" in text for text in wrong)


def test_writers_at_once_never_fork_the_chain(ledger):
    at_once(ledger)
    found = summitry.verify(ledger=ledger, sample=0)
    assert (found.entries, found.wrong) == (40, [])


def test_a_colleague_who_may_only_add(postgresql, ledger):
    chain(ledger, 1)
    name = f"colleague_of_{name_of(ledger)}"
    postgresql.sql(
        name_of(ledger),
        f"CREATE ROLE {name} LOGIN",
        f"GRANT SELECT, INSERT ON ledger_entries, ledger_contents TO {name}",
        f"GRANT SELECT ON ledger_version TO {name}",
    )
    chain(postgresql.url(name_of(ledger), name), 1)
    assert summitry.verify(ledger=ledger, sample=0).entries == 2


def test_a_table_that_was_taken_away_is_told(postgresql, ledger):
    chain(ledger, 1)
    postgresql.sql(name_of(ledger), "DROP TABLE ledger_contents")
    with pytest.raises(LedgerError, match="a table of the ledger was taken away"):
        summitry.verify(ledger=ledger, sample=0)


def test_a_newer_version_is_refused(postgresql, ledger):
    chain(ledger, 1)
    postgresql.sql(name_of(ledger), "UPDATE ledger_version SET version_num = 'from_the_future'")
    with pytest.raises(LedgerError, match="newer version of Summitry"):
        chain(ledger, 1)


def test_a_database_that_goes_away(postgresql, ledger):
    chain(ledger, 1)
    with pytest.raises(LedgerError, match="went away"), writing(ledger) as connection:
        append(connection, small(7), contents(7))
        postgresql.stop()
    with pytest.raises(LedgerError, match="cannot be reached"):
        chain(ledger, 1)
    postgresql.start()
    found = summitry.verify(ledger=ledger, sample=0)
    assert (found.entries, found.wrong) == (1, [])


def test_a_password_is_never_shown():
    with pytest.raises(LedgerError) as caught, reading("postgresql://me:secret@/x?host=/nowhere"):
        pass
    assert "secret" not in str(caught.value)
    assert "cannot be reached" in str(caught.value)
