"""The fixture of tests about transactions and threads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.apps.own_database import OwnDatabase, fresh_copy


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[OwnDatabase]:
    """Django's database is a fresh one in which every write is committed, as in production."""
    with django_db_blocker.unblock(), fresh_copy(tmp_path) as database:
        yield database
