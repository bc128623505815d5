"""Whatever is done to a ledger or its file behind its back, verification finds it."""

from __future__ import annotations

import sqlite3

import pytest
from click.testing import CliRunner

from summitry.cli import main
from summitry.ledger.chain import append
from summitry.ledger.connect import reading, writing
from summitry.ledger.errors import LedgerError
from summitry.ledger.exchange import export_to, import_from
from summitry.ledger.guards import SQLITE
from summitry.ledger.listing import anchor
from summitry.ledger.verify import verify
from tests.ledger.talks import chain, small


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    chain(path, 5)
    return path


def by_force(path, *statements):
    """Change a ledger's file as only its owner can: with the guards taken off, and put back."""
    with sqlite3.connect(path) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = guards.fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_entries SET body = 'x'", "DELETE FROM ledger_entries",
     "UPDATE ledger_contents SET data = x'00'", "DELETE FROM ledger_contents",
     "DELETE FROM ledger_version"],
)  # fmt: skip
def test_the_guards_refuse(ledger, statement):
    with (
        pytest.raises(LedgerError, match="only added"),
        writing(ledger) as connection,
    ):
        connection.exec_driver_sql(statement)
    assert verify(ledger=ledger, sample=0).whole


DONE = {
    "a byte of an entry": ("UPDATE ledger_entries SET body = replace(body, 'Talks', 'Walks') "
                           "WHERE position = 3", "entry 3 was changed"),
    "a column beside it": ("UPDATE ledger_entries SET summary = replace(summary, '0.5', '0.6') "
                           "WHERE position = 3", "entry 3: the column `summary` was changed"),
    "a content": ("UPDATE ledger_contents SET data = data || x'20' WHERE length(data) < 12",
                  "was changed: its bytes give"),
    "a content removed": ("DELETE FROM ledger_contents WHERE length(data) < 12", "is missing"),
    "an entry removed": ("DELETE FROM ledger_entries WHERE position = 3",
                         "in place 3 stands entry 4"),
    "the first removed": ("DELETE FROM ledger_entries WHERE position = 1",
                          "in place 1 stands entry 2"),
    "two exchanged": ("UPDATE ledger_entries SET position = CASE position WHEN 2 THEN 30 ELSE "
                      "position END", "in place 2 stands entry 3"),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "message"), list(DONE.values()), ids=DONE)
def test_what_the_owner_does_by_force_is_found(ledger, statement, message):
    by_force(ledger, statement)
    found = verify(ledger=ledger, sample=0)
    assert any(message in text for text in found.wrong), found.wrong


@pytest.mark.parametrize("name", SQLITE)
def test_a_guard_that_is_missing_or_does_nothing_is_found(ledger, name):
    with sqlite3.connect(ledger) as connection:
        connection.execute(f"DROP TRIGGER {name}")
    assert verify(ledger=ledger, sample=0).wrong == [
        f"the trigger `{name}`, which refuses changes, is missing"
    ]
    with connection:
        idle = SQLITE[name].partition("BEGIN")[0] + "BEGIN SELECT 1; END"
        connection.execute(idle)
    connection.close()
    (told,) = verify(ledger=ledger, sample=0).wrong
    assert told == f"the trigger `{name}`, which refuses changes, was changed or disabled"


def test_a_trigger_that_swallows_what_is_added_is_found(ledger):
    with sqlite3.connect(ledger) as connection:
        connection.execute(
            "CREATE TRIGGER silent BEFORE INSERT ON ledger_entries BEGIN SELECT RAISE(IGNORE); END"
        )
    connection.close()
    assert "`silent` is not one of a ledger's" in verify(ledger=ledger, sample=0).wrong[0]


def test_a_cut_end_is_found_by_the_anchor_alone(ledger):
    before = anchor(ledger)
    contents_of_last = (
        "DELETE FROM ledger_contents WHERE sha256 = (SELECT json_extract(body, '$.forecast') "
        "FROM ledger_entries WHERE position = 5)"
    )
    by_force(ledger, contents_of_last, "DELETE FROM ledger_entries WHERE position = 5")
    assert verify(ledger=ledger, sample=0).whole
    (told,) = verify(ledger=ledger, sample=0, anchors=[before]).wrong
    assert "its end was cut" in told


def test_another_history_is_found_by_the_anchor(tmp_path, ledger):
    position, _, _ = anchor(ledger).partition(":")
    (told,) = verify(ledger=ledger, sample=0, anchors=[f"{position}:{'a' * 64}"]).wrong
    assert "another history" in told
    with pytest.raises(LedgerError, match="no anchor"):
        verify(ledger=ledger, anchors=["the head"])


def test_every_single_changed_byte_of_a_file_is_found(tmp_path, ledger):
    path = tmp_path / "all.jsonl"
    export_to(path, ledger)
    assert verify(path, sample=0).whole
    whole = path.read_bytes()
    bent = tmp_path / "bent.jsonl"
    for at in range(0, len(whole), 7):
        bent.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            assert not verify(bent, sample=0).whole, at
        except LedgerError as error:
            assert "export" in str(error) or "reads" in str(error)


def test_every_missing_doubled_or_exchanged_line_is_found(tmp_path, ledger):
    path, bent = tmp_path / "all.jsonl", tmp_path / "bent.jsonl"
    export_to(path, ledger)
    lines = path.read_bytes().splitlines(keepends=True)
    entries = [k for k, line in enumerate(lines) if b"summitry.entry" in line]
    changed = [lines[:k] + lines[k + 1 :] for k in range(1, len(lines))]
    changed += [lines[: k + 1] + lines[k:] for k in range(1, len(lines))]
    a, b = entries[1:3]
    changed.append([*lines[:a], lines[b], *lines[a + 1 : b], lines[a], *lines[b + 1 :]])
    changed.append([*lines[:-1], lines[-1].rstrip(b"\n")])
    for some in changed:
        bent.write_bytes(b"".join(some))
        assert not verify(bent, sample=0).whole
        with pytest.raises(LedgerError, match="does not verify"):
            import_from(bent, tmp_path / "new.sqlite3")
    assert not (tmp_path / "new.sqlite3").exists()


def test_a_file_of_another_history_is_not_imported(tmp_path, ledger):
    other = tmp_path / "other.sqlite3"
    chain(other, 1)
    with writing(other) as connection:
        from summitry.ledger.chain import append
        from tests.ledger.talks import contents, small

        append(connection, small(99), contents(99))
    export_to(tmp_path / "other.jsonl", other)
    with pytest.raises(LedgerError, match="another history from entry 2"):
        import_from(tmp_path / "other.jsonl", ledger)


def test_reading_sees_one_state(ledger):
    with reading(ledger) as connection:
        from summitry.ledger.chain import head

        before = head(connection)
        chain(ledger, 1)
        assert head(connection) == before


@pytest.mark.parametrize(
    "change",
    ["summary = '{'", "summary = '{},{}'", "summary = '{}'", "summary = '{\"created\": \"2020\"}'",
     "body = '{}'", "body = '['", "body = x'ff00'", "body = '[1]'"],
)  # fmt: skip
def test_whoever_reads_what_was_changed_is_sent_to_verify(ledger, tmp_path, change):
    outcome = {
        "kind": "resolution", "author": "a", "created": "2021-01-02T00:00:00Z", "tier": "none",
        "date": "2021-01-01", "question": small(0)["question"],
    }  # fmt: skip
    with writing(ledger) as connection:
        append(connection, outcome)
    by_force(ledger, f"UPDATE ledger_entries SET {change} WHERE position = 3")
    with sqlite3.connect(ledger) as connection:
        ids = connection.execute("SELECT id FROM ledger_entries WHERE position = 3").fetchone()
    asked = ["ledger list", "score"]
    if change.startswith("body"):
        asked = [f"ledger show {ids[0]}", f"ledger export {tmp_path / 'all.jsonl'}"]
    for words in asked:
        done = CliRunner().invoke(main, [*words.split(), "--ledger", str(ledger)])
        assert (done.exit_code, "look with `ledger verify`" in done.output) == (2, True), words
    assert not verify(ledger=ledger, sample=0).whole
