"""The fixtures themselves: the database is the one asked for, and no test reaches another machine."""

import socket

import pytest
from django.db import connection

from tests.conftest import ON_POSTGRESQL


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for() -> None:
    assert connection.vendor == ("postgresql" if ON_POSTGRESQL else "sqlite")


def test_a_test_that_reaches_for_another_machine_fails() -> None:
    with pytest.raises(AssertionError, match=r"reaches for lakthan\.example"):
        socket.create_connection(("lakthan.example", 80))
    with socket.socket() as outside, pytest.raises(AssertionError, match="reaches for 192"):
        outside.connect(("192.0.2.1", 80))
