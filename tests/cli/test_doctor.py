"""`lakthan doctor` finds what is wrong and says how to mend it."""

import json
import os
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import psycopg
import pytest

from lakthan.cli.doctor import installation, machine
from lakthan.cli.doctor.answer import State
from tests.conftest import ON_POSTGRESQL
from tests.sharing import run_lakthan

Answers = dict[str, dict[str, str]]


def examined(home: Path, environment: Mapping[str, str] | None = None, *, status: int) -> Answers:
    """The answers of the real command, by name."""
    run = run_lakthan("doctor", "--json", home=home, environment=environment)
    assert run.returncode == status, run.stdout + run.stderr
    document = json.loads(run.stdout)
    assert document["ok"] == (status == 0)
    return {answer["name"]: answer for answer in document["answers"]}


@pytest.fixture
def home(migrated_home: Path, tmp_path: Path) -> Path:
    """A home with the tables and nothing in them, to spoil."""
    shutil.copytree(migrated_home, tmp_path / "home")
    return tmp_path / "home"


def test_a_well_installation_fails_in_nothing(home: Path) -> None:
    answers = examined(home, status=0)
    assert {"python", "data-folder", "disk", "printing-libraries", "fonts", "assets", "translations"} <= set(answers)
    assert {"database", "database-journal", "migrations", "ledger-triggers"} <= set(answers)


def test_what_is_not_well_comes_with_a_mend_in_both_languages(tmp_path: Path) -> None:
    for answer in examined(tmp_path, status=1).values():
        assert (answer["state"] == "ok") or (answer["mend_th"] and answer["mend_en"])


def test_a_dropped_trigger_of_the_ledger_is_named(home: Path) -> None:
    with sqlite3.connect(home / "lakthan.sqlite3") as database:
        database.execute("DROP TRIGGER ledger_entry_no_delete")
    answer = examined(home, status=1)["ledger-triggers"]
    assert "ledger_entry_no_delete" in answer["detail_en"]


def test_an_empty_database_is_told_to_migrate(tmp_path: Path) -> None:
    answer = examined(tmp_path, status=1)["migrations"]
    assert answer["mend_en"] == "Run lakthan migrate"


def test_a_missing_system_library_is_named_with_its_packages(home: Path, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    answer = examined(home, {"PYTHONPATH": str(tmp_path)}, status=1)["printing-libraries"]
    assert "libpango-1.0-0" in answer["detail_en"]
    assert "apt-get install" in answer["mend_en"]


def test_a_wrong_setting_is_named_and_the_machine_is_examined_all_the_same(tmp_path: Path) -> None:
    answers = examined(tmp_path, {"LAKTHAN_ENVIRONMENT": "live"}, status=1)
    assert "LAKTHAN_ENVIRONMENT" in answers["settings"]["detail_en"]
    assert answers["python"]["state"] == "ok"


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://officer:secret-word@127.0.0.1:1/city"
    answers = examined(tmp_path, {"DATABASE_URL": url}, status=1)
    assert answers["database"]["state"] == "fail"
    assert "secret-word" not in json.dumps(answers)


@pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL; python -m tests.postgresql runs it")
@pytest.mark.django_db
def test_a_database_that_cannot_class_thai_letters_is_refused(tmp_path: Path) -> None:
    server = os.environ["LAKTHAN_TESTS_DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE not_thai TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    answer = examined(tmp_path, {"DATABASE_URL": f"{server}/not_thai"}, status=1)["database-locale"]
    assert answer["detail_en"] == "The database has UTF8, LC_CTYPE C; Thai cannot be searched."
    assert "C.UTF-8" in answer["mend_en"]


def test_a_folder_that_cannot_be_made_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert machine.data_folder(tmp_path / "file" / "home").state is State.FAIL
    assert machine.data_folder(tmp_path / "new" / "home").state is State.OK


def test_a_catalog_older_than_its_source_is_told(tmp_path: Path) -> None:
    (tmp_path / "django.po").touch()
    assert installation.translations([tmp_path]).state is State.WARN
    (tmp_path / "django.mo").touch()
    assert installation.translations([tmp_path]).state is State.OK
