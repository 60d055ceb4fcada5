"""A database of a test's own, for tests about transactions and threads.

The usual `db` fixture rolls everything back, so nothing in it is ever committed. And what was committed cannot be
cleaned away: the ledger refuses it. So such a test gets a fresh copy of the migrated database and may do as it likes.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import psycopg
from django.db import connections
from psycopg.sql import SQL, Identifier

from lakthan.core.errors import UserError
from tests.sharing import WORKER

PATIENCE = 20
"""Seconds that a thread gets."""


class Rival:
    """Work in another thread with a connection of its own. A refusal of the work is kept in `refusal`."""

    def __init__(self, database: "OwnDatabase", work: Callable[[], object]) -> None:
        self.refusal: UserError | None = None
        self.failure: Exception | None = None
        self._thread = Thread(target=self._run, args=(database, work), daemon=True)
        self._thread.start()

    def _run(self, database: "OwnDatabase", work: Callable[[], object]) -> None:
        with database.connected():
            try:
                work()
            except UserError as refusal:
                self.refusal = refusal
            except Exception as failure:  # told in the test's own thread by `join`
                self.failure = failure

    def is_waiting(self, seconds: float = 0.3) -> bool:
        """Whether the work is still not done after so many seconds: it waits for a lock."""
        self._thread.join(seconds)
        return self._thread.is_alive()

    def join(self) -> "Rival":
        """Wait for the end of the work; raises what it raised, but not a refusal."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the other thread did not end"
        if self.failure is not None:
            raise self.failure
        return self


@dataclass(frozen=True, slots=True)
class OwnDatabase:
    """A database that is the default one of this thread, and of every thread that connects."""

    name: str

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Make it the default database of the current thread."""
        usual = connections["default"]
        own = connections.create_connection("default")
        own.settings_dict = {**usual.settings_dict, "NAME": self.name}
        connections["default"] = own
        try:
            yield
        finally:
            own.close()
            connections["default"] = usual

    def rival(self, work: Callable[[], object]) -> Rival:
        """Start work in another thread."""
        return Rival(self, work)


def make_template(folder: Path) -> str:
    """Copy the migrated and still empty database of the tests; gives the NAME of the copy.

    PostgreSQL copies a database only while nobody is connected to it, and copies of the copy are made in tests that
    are connected to the original.
    """
    usual = connections["default"]
    if usual.vendor == "postgresql":
        usual.close()
        name = f"lakthan_template{WORKER}"
        _on_server("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, usual.settings_dict["NAME"])
        return name
    usual.ensure_connection()
    path = folder / "template.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        usual.connection.backup(copy)
    return str(path)


@contextmanager
def copy_of(template: str, folder: Path) -> Iterator[OwnDatabase]:
    """A copy of the template, default in this thread until the block ends; SQLite keeps it in `folder`."""
    if connections["default"].vendor == "postgresql":
        name, drop = f"lakthan_own{WORKER}", "DROP DATABASE {} WITH (FORCE)"
        _on_server("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
    else:
        name, drop = str(shutil.copy(template, folder / "own.sqlite3")), ""
    try:
        database = OwnDatabase(name)
        with database.connected():
            yield database
    finally:
        if drop:
            _on_server(drop, name)


def _on_server(statement: str, *names: str) -> None:
    """Run a statement about whole databases, which PostgreSQL takes outside of transactions only."""
    server = os.environ["LAKTHAN_TESTS_DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(SQL(statement).format(*map(Identifier, names)))
