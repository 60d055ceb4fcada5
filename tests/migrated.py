"""The migrated and still empty database of the tests: migrated once, and copied from then on.

Migrating takes a process longer than the tests of most rooms. On SQLite the database is kept in pytest's cache until a
migration changes; on PostgreSQL it lives as long as the server, for all processes of a run.
"""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from psycopg.sql import SQL, Identifier
from pytest_django import DjangoDbBlocker

from tests.sharing import alone, kept_folder, run_lakthan

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("src/lakthan/apps/*/migrations/*.py", "src/lakthan/apps/records.py", "requirements/dev.txt")
"""What decides how a migrated database looks."""
DATABASE_NAME = "lakthan_migrated"


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """In the place of pytest-django's, which migrates in each process."""
    copied = _copied_on_postgresql if "LAKTHAN_TESTS_DATABASE_URL" in os.environ else _copied_in_memory
    with django_db_blocker.unblock():
        with copied(request.config):
            made = setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=())
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def migrated_home(request: pytest.FixtureRequest) -> Path:
    """A home in which `lakthan migrate` was run. Read it, or copy it before writing."""
    return _migrated_home(request.config)


def _migrated_home(config: pytest.Config) -> Path:
    def migrate(home: Path) -> None:
        made = run_lakthan("migrate", home=home)
        assert made.returncode == 0, made.stderr

    return kept_folder(config, "migrated", _digest(), migrate)


def _digest() -> str:
    digest = sha256(sys.version.encode())
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@contextmanager
def _copied_in_memory(config: pytest.Config) -> Iterator[None]:
    """Fill the database in memory before Django migrates it; it lasts as long as somebody is connected."""
    name = connections["default"].creation._get_test_db_name()
    with closing(sqlite3.connect(name, uri=True)) as memory:
        with closing(sqlite3.connect(_migrated_home(config) / "lakthan.sqlite3")) as kept:
            kept.backup(memory)
        yield


@contextmanager
def _copied_on_postgresql(config: pytest.Config) -> Iterator[None]:
    """Make the database of the tests before Django does."""
    copy_migrated(config, connections["default"].creation._get_test_db_name())
    yield


def copy_migrated(config: pytest.Config, name: str) -> None:
    """Make a database of a name on the server of the run: migrated, and else empty."""
    server = os.environ["LAKTHAN_TESTS_DATABASE_URL"].rpartition("/")[0]
    with (
        alone(config.cache.mkdir("migrated")),
        psycopg.connect(f"{server}/postgres", autocommit=True) as connection,
    ):
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE_NAME]).rowcount:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(DATABASE_NAME)))
            with tempfile.TemporaryDirectory() as home:
                url = f"{server}/{DATABASE_NAME}"
                made = run_lakthan("migrate", home=Path(home), environment={"DATABASE_URL": url})
            assert made.returncode == 0, made.stderr
        names = map(Identifier, (name, DATABASE_NAME))
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(*names))
