"""A database of a test's own, for tests about transactions and threads.

The usual `db` fixture rolls everything back, so nothing in it is ever committed. And what was committed cannot be
cleaned away: the ledger refuses it. So such a test gets a fresh copy of the migrated database and may do as it likes.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import psycopg
from django.db import connections

from lakthan.core.errors import UserError

NAME = "lakthan_own"
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


@contextmanager
def fresh_copy(folder: Path) -> Iterator[OwnDatabase]:
    """A copy of the migrated database, default in this thread until the block ends; SQLite keeps it in `folder`."""
    make = _on_postgresql if connections["default"].vendor == "postgresql" else _on_sqlite
    with make(folder) as database, database.connected():
        yield database


@contextmanager
def _on_sqlite(folder: Path) -> Iterator[OwnDatabase]:
    connections["default"].ensure_connection()
    path = folder / f"{NAME}.sqlite3"
    copy = sqlite3.connect(path)
    connections["default"].connection.backup(copy)
    copy.close()
    yield OwnDatabase(str(path))


@contextmanager
def _on_postgresql(_: Path) -> Iterator[OwnDatabase]:
    template = connections["default"].settings_dict["NAME"]
    connections["default"].close()  # a database can only be copied while nobody is connected to it
    server = os.environ["LAKTHAN_TESTS_DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE {NAME} TEMPLATE "{template}"')
        try:
            yield OwnDatabase(NAME)
        finally:
            connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
