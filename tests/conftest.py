"""What all tests share: which of them run where, no network, and the fixtures of the demonstration city."""

import gc
import os
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

pytest_plugins = ["tests.browser", "tests.migrated", "tests.demonstration"]

ON_POSTGRESQL = "LAKTHAN_TESTS_DATABASE_URL" in os.environ
DATABASE_FIXTURES = {"db", "transactional_db", "demo_city"}

# Time limits of single examples measure the machine, not the code. CI repeats the same examples; people get new ones.
hypothesis.settings.register_profile("lakthan", deadline=None, derandomize="CI" in os.environ, print_blob=True)
hypothesis.settings.load_profile("lakthan")


def pytest_collection_finish() -> None:
    """Let the garbage collector forget the thousands of tests, which it would look through again and again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run only what touches the database; run browser tests last.

    Playwright leaves an event loop running in the thread, beside which Django refuses to touch the database.
    """
    if ON_POSTGRESQL:
        chosen = [item for item in items if _touches_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))


def _touches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """Fail any test that connects to another machine, or asks where one is."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_elsewhere(address[0] if isinstance(address, tuple) else "localhost")
        connect(self, address)

    def guarded_resolve(host: Any, *rest: Any, **named: Any) -> Any:
        _refuse_elsewhere(host)
        return resolve(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_resolve)
        yield


def _refuse_elsewhere(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if not (name in ("localhost", "::1", "None", "") or name.startswith("127.")):
        raise AssertionError(f"a test reaches for {name}; tests use the loopback address alone")
