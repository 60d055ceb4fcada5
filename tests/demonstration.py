"""The demonstration city for tests: made once a session by the real command, then read from a copy or rolled back."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
from django.db import connections, transaction
from psycopg.sql import SQL, Identifier
from pytest_django import DjangoDbBlocker

from tests.migrated import copy_migrated
from tests.sharing import LAKTHAN, WORKER, alone, environment_of, kept_folder, run_lakthan

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "lakthan"
DATABASE_NAME = "lakthan_demonstration"
PATIENCE = 120
"""Seconds to wait for the served city to answer."""


@pytest.fixture(scope="session")
def demo_home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which `lakthan demo` was run. Read it, or copy it before writing.

    It is kept in pytest's cache until a file of the package changes, because making it takes most of a minute.
    """

    def make(home: Path) -> None:
        shutil.copytree(request.getfixturevalue("migrated_home"), home, dirs_exist_ok=True)
        _make_demonstration(home, {})

    kept = kept_folder(request.config, "demonstration", _digest_of_package(), make)
    home = tmp_path_factory.mktemp("demonstration") / "home"
    shutil.copytree(kept, home)
    return home


def _digest_of_package() -> str:
    digest = sha256(sys.version.encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _make_demonstration(home: Path, environment: Mapping[str, str]) -> None:
    made = run_lakthan("demo", home=home, environment=environment)
    assert made.returncode == 0, made.stderr


@pytest.fixture(scope="session")
def _demo_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The NAME of a database that holds the demonstration city, on the database that the tests run on."""
    url = os.environ.get("LAKTHAN_TESTS_DATABASE_URL")
    if url is None:
        home: Path = request.getfixturevalue("demo_home")
        return str(home / "lakthan.sqlite3")
    server, own_name = url.rpartition("/")[0], f"{DATABASE_NAME}{WORKER}"
    with (
        alone(request.config.cache.mkdir("demonstration")),
        psycopg.connect(f"{server}/postgres", autocommit=True) as connection,
    ):
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE_NAME]).rowcount:
            copy_migrated(request.config, DATABASE_NAME)
            made_in = tmp_path_factory.mktemp("demonstration")
            _make_demonstration(made_in, {"DATABASE_URL": f"{server}/{DATABASE_NAME}"})
        if own_name != DATABASE_NAME:
            names = map(Identifier, (own_name, DATABASE_NAME))
            connection.execute(SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(*names))
    return own_name


@pytest.fixture
def demo_city(_demo_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django's database is the demonstration city; what the test writes is rolled back."""
    with django_db_blocker.unblock(), _default_database(_demo_database), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _default_database(name: str) -> Iterator[None]:
    """Put another database in the place of the default one, in this thread."""
    usual = connections["default"]
    other = connections.create_connection("default")
    other.settings_dict = {**usual.settings_dict, "NAME": name}
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = usual


@pytest.fixture(scope="session")
def demo_site(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served demonstration city, without a slash at its end: http://127.0.0.1:8123."""
    home = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(demo_home, home)
    with served(home) as address:
        yield address


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Run `lakthan serve` over a home until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (home / "serve.log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [LAKTHAN, "serve", "--port", str(port)],
            env=environment_of(home, {}),
            stdout=log,
            stderr=log,
        )
        try:
            _await(f"http://127.0.0.1:{port}", process, home / "serve.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _await(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{address}/healthz"):  # noqa: S310 - always http
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"lakthan serve does not answer:\n{log.read_text()}")
