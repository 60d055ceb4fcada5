"""The fixture of tests about transactions and threads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.apps.own_database import OwnDatabase, copy_of, make_template


@pytest.fixture(scope="session")
def _template(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> str:
    with django_db_blocker.unblock():
        return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def own_database(_template: str, db: None, tmp_path: Path) -> Iterator[OwnDatabase]:
    """Django's database is a fresh one in which every write is committed, as in production.

    `db` is asked for so that the test counts as one that touches the database; what it opens stays unused.
    """
    with copy_of(_template, tmp_path) as database:
        yield database
