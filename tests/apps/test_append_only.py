"""The database itself refuses to change, remove or replace an entry of the ledger, whoever asks and by whatever way."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from lakthan.apps.ledger.models import Entry
from tests.apps import builders
from tests.apps.own_database import OwnDatabase
from tests.conftest import ON_POSTGRESQL

on_sqlite = pytest.mark.one_database
on_postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason="a way that only PostgreSQL knows")


@pytest.fixture
def entry(db: None) -> Entry:
    """The second of three entries; nobody's name stands in it."""
    builders.unit("5001")
    builders.group()
    return Entry.objects.order_by("pk")[1]


@contextmanager
def refused(what: str = "the ledger is append-only") -> Iterator[None]:
    """The block is refused by the database, and every entry is as it was."""
    before = list(Entry.objects.order_by("pk").values())
    with pytest.raises(DatabaseError, match=what), transaction.atomic():
        yield
    assert list(Entry.objects.order_by("pk").values()) == before


def execute(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


# Both databases


WAYS: dict[str, Callable[[Entry], Any]] = {
    "save": lambda entry: entry.save(),
    "save of one field": lambda entry: entry.save(update_fields=["act"]),
    "update": lambda entry: Entry.objects.filter(pk=entry.pk).update(actor="somebody else"),
    "bulk update": lambda entry: Entry.objects.bulk_update([entry], ["body"]),
    "delete": lambda entry: entry.delete(),
    "delete of many": lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
    "raw delete": lambda entry: Entry.objects.all()._raw_delete("default"),
    "UPDATE": lambda entry: execute("UPDATE ledger_entry SET body = body"),
    "DELETE": lambda entry: execute("DELETE FROM ledger_entry"),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_entry_is_neither_changed_nor_removed(entry: Entry, way: str) -> None:
    entry.act = "people.invent"
    with refused():
        WAYS[way](entry)


def test_a_second_entry_with_the_same_bytes_is_refused(entry: Entry) -> None:
    copy = Entry.objects.get(pk=entry.pk)
    copy.pk = builders.new_id()
    with refused(r"append-only|unique"):
        copy.save(force_insert=True)


def test_inserting_over_an_entry_is_refused(entry: Entry) -> None:
    with refused():
        execute(
            """
            INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE leaf_hash = %s
            ON CONFLICT (leaf_hash) DO UPDATE SET actor = 'somebody else'
            """,
            entry.leaf_hash,
        )


def test_new_entries_are_still_taken(entry: Entry) -> None:
    count = Entry.objects.count()
    builders.group("south")
    assert Entry.objects.count() == count + 1


# SQLite


REPLACEMENTS = {
    "the same identifier": """
        REPLACE INTO ledger_entry
        SELECT id, recorded_at, 'x', act, subject_kind, subject_id, unit_id, body, 'other' FROM ledger_entry LIMIT 1
        """,
    "the same hash": """
        INSERT OR REPLACE INTO ledger_entry
        SELECT 'other', recorded_at, 'x', act, subject_kind, subject_id, unit_id, body, leaf_hash
        FROM ledger_entry LIMIT 1
        """,
    "the same row number": """
        INSERT OR REPLACE INTO ledger_entry
            (rowid, id, recorded_at, actor, act, subject_kind, subject_id, unit_id, body, leaf_hash)
        SELECT rowid, 'other', recorded_at, 'x', act, subject_kind, subject_id, unit_id, body, 'other'
        FROM ledger_entry LIMIT 1
        """,
    "an update that replaces": """
        UPDATE OR REPLACE ledger_entry SET leaf_hash = (SELECT max(leaf_hash) FROM ledger_entry)
        """,
}


@on_sqlite
@pytest.mark.parametrize("statement", REPLACEMENTS.values(), ids=REPLACEMENTS)
def test_an_entry_is_not_replaced(entry: Entry, statement: str) -> None:
    with refused():
        execute(statement)


@on_sqlite
@pytest.mark.parametrize("statement", REPLACEMENTS.values(), ids=REPLACEMENTS)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_an_entry_is_not_replaced_by_another_program_either(
    own_database: OwnDatabase, statement: str, recursive: str
) -> None:
    """A plain connection has `recursive_triggers` off: a delete trigger alone would not see the replaced row go."""
    builders.unit("5001")
    before = list(Entry.objects.order_by("pk").values())
    other = sqlite3.connect(own_database.name)
    other.execute(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is append-only"):
        other.execute(statement)
    other.close()
    assert list(Entry.objects.order_by("pk").values()) == before


@on_sqlite
def test_a_forced_row_number_of_its_own_is_taken(entry: Entry) -> None:
    """The trigger refuses what would replace a row, not what merely names its own number."""
    execute(
        """
        INSERT INTO ledger_entry
            (rowid, id, recorded_at, actor, act, subject_kind, subject_id, unit_id, body, leaf_hash)
        SELECT 99, %s, recorded_at, actor, act, subject_kind, subject_id, unit_id, body, 'other'
        FROM ledger_entry LIMIT 1
        """,
        builders.new_id().hex,
    )
    builders.group("south")
    assert Entry.objects.filter(leaf_hash="other").exists()


# PostgreSQL


@on_postgresql
@pytest.mark.parametrize("statement", ["TRUNCATE ledger_entry CASCADE", "TRUNCATE ledger_entry, ledger_personalvalue"])
def test_the_ledger_is_not_truncated(entry: Entry, statement: str) -> None:
    with refused("the ledger is append-only: truncate refused"):
        execute(statement)


@on_postgresql
def test_the_ledger_is_not_merged_over(entry: Entry) -> None:
    with refused("the ledger is append-only: update refused"):
        execute(
            """
            MERGE INTO ledger_entry AS old USING (SELECT id FROM ledger_entry) AS new ON old.id = new.id
            WHEN MATCHED THEN UPDATE SET actor = 'somebody else'
            """
        )


@on_postgresql
def test_another_program_changes_nothing_either(own_database: OwnDatabase) -> None:
    builders.unit("5001")
    settings = {name: connection.settings_dict[name.upper()] for name in ("host", "port", "user")}
    with psycopg.connect(**settings, dbname=own_database.name, autocommit=True) as other:
        for statement in (
            "UPDATE ledger_entry SET act = 'x'",
            "DELETE FROM ledger_entry",
            "TRUNCATE ledger_entry CASCADE",
        ):
            with pytest.raises(psycopg.errors.RaiseException, match="the ledger is append-only"):
                other.execute(statement)
    assert Entry.objects.count() == 2
