"""What holds for every service: who may call it, what it enters in the ledger, and that it is all or nothing."""

import inspect
import json
import pkgutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction

import lakthan.apps
from lakthan.apps.ledger.models import Entry, PersonalValue, Tally
from lakthan.apps.ledger.services import state_of
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import WorkingPlan
from lakthan.apps.reporting.models import WorkingText
from lakthan.rules.permissions import Actor, Held, Refused, Role
from lakthan.sealing.canonical import personal_digest
from tests.apps import builders
from tests.apps.acts import ACTS, Act, name_of
from tests.apps.own_database import OwnDatabase

READS = {
    "evidence.services.media_type_of",
    "evidence.services.path_of",
    "evidence.services.refuse_large",
    "indicators.services.definitions.next_code",
    "indicators.services.definitions.nodes_of",
    "indicators.services.plans.node_of",
    "indicators.services.plans.version_of",
    "planning.services.plans.day_after",
}
"""Functions beside the services that neither write nor need a permission."""

CITY_WIDE = {
    "people.city",
    "uploads.upload",
    "people.unitgroup",
    "people.user",
    "indicators.planversion",
    "indicators.plannode",
    "indicators.indicatornode",
    "indicators.definition",
    "reporting.period",
    "reporting.decisiondocument",
    "reporting.scoringscheme",
    "reporting.rubric",
    "reporting.periodterm",
    "reporting.reminder",
    "reporting.calendarkey",
    "reporting.periodchange",
}
"""Rows that belong to no unit."""

MODELS = [model for model in apps.get_models() if model.__module__.startswith("lakthan.apps.")]
NO_RECORDS = (Entry, PersonalValue, Tally, WorkingPlan, WorkingText)
"""What the ledger is made of, and what somebody types and has not saved."""
REGISTERS = [model for model in MODELS if model not in NO_RECORDS]

Subject = tuple[str, UUID]
"""Kind and identifier of a row."""

every_service = pytest.mark.parametrize("act", ACTS, ids=[act.name for act in ACTS], scope="module")
"""By service and not by test, so that what one call did is looked at by all tests before the next service is called."""


def _modules() -> Iterator[ModuleType]:
    """The modules of services; those of the ledger are what services are made of, not services."""
    for found in pkgutil.walk_packages(lakthan.apps.__path__, "lakthan.apps."):
        parts = found.name.split(".")
        if "services" in parts[3:] and parts[2] != "ledger":
            yield import_module(found.name)


def _public_functions() -> set[str]:
    return {
        name_of(function)
        for module in _modules()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def test_every_service_stands_in_the_table_of_acts() -> None:
    assert _public_functions() - READS == {act.name for act in ACTS}


def test_every_service_stands_there_once() -> None:
    assert len({act.name for act in ACTS}) == len(ACTS)


def test_no_read_is_listed_that_is_gone() -> None:
    assert _public_functions() >= READS


@every_service
def test_a_service_names_its_arguments_actor_first(act: Act) -> None:
    parameters = list(inspect.signature(act.service).parameters.values())
    assert parameters[0].name == "actor"
    assert {parameter.kind for parameter in parameters} <= {
        inspect.Parameter.KEYWORD_ONLY,
        inspect.Parameter.VAR_KEYWORD,
    }


# Who may


@pytest.fixture
def home(db: None) -> Unit:
    return builders.unit("5001")


@pytest.mark.one_database  # who may is decided beside the database
@every_service
def test_only_the_roles_of_the_table_may(act: Act, home: Unit) -> None:
    other = builders.unit("5002")
    call = act.prepare(home)
    before = _states()
    for actor, role, at_home in _everybody(home, other):
        if not act.allows(role, at_home=at_home):
            with pytest.raises(Refused):
                call(actor)
    assert _states() == before


@pytest.mark.one_database  # who may is decided beside the database
@every_service
def test_all_roles_of_the_table_may(act: Act, home: Unit) -> None:
    other = builders.unit("5002")
    for actor, role, at_home in _everybody(home, other):
        if act.allows(role, at_home=at_home):
            with _undone():
                act.prepare(home)(actor)


@pytest.mark.one_database  # who may is decided beside the database
@every_service
def test_nobody_may_without_a_role(act: Act, home: Unit) -> None:
    call = act.prepare(home)
    with pytest.raises(Refused):
        call(Actor("user:00000000-0000-7000-8000-000000000000"))


def _everybody(home: Unit, other: Unit) -> Iterator[tuple[Actor, Role, bool]]:
    """Each role held in the home unit, in another one, and in none, with whether it is held at home."""
    for role in Role:
        for unit in (str(home.pk), str(other.pk), ""):
            yield Actor("user:somebody", (Held(role, unit),)), role, unit == str(home.pk)


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# What is entered


@dataclass(frozen=True, slots=True)
class Done:
    """What one call did: all rows before and after it, and its entries in the order of their making."""

    actor: Actor
    before: Mapping[Subject, Mapping[str, Any]]
    after: Mapping[Subject, Mapping[str, Any]]
    written: list[Subject]
    entries: list[Entry]


@cache
def _done(act: Act) -> Done:
    """What one call did, long rolled back: nothing in it asks the database again."""
    home = builders.unit("5001")
    call, actor = act.prepare(home), Actor("user:0190a000-0000-7000-8000-000000000001", act.actor(home).held)
    before, known, rows = _states(), set(Entry.objects.values_list("pk", flat=True)), _rows()
    call(actor)
    written = [subject for subject, row in _rows().items() if rows.get(subject) != row]
    entries = [
        entry for entry in Entry.objects.prefetch_related("personal_values").order_by("pk") if entry.pk not in known
    ]
    return Done(actor, before, _states(), written, entries)


@pytest.fixture
def done(act: Act, db: None) -> Done:
    return _done(act)


def _states() -> dict[Subject, dict[str, Any]]:
    """The state of every row of every register."""
    return {
        (model._meta.label_lower, row.pk): state_of(row) for model in REGISTERS for row in model._default_manager.all()
    }


def _rows() -> dict[Subject, dict[str, Any]]:
    """Every row of every register, with what is no part of its state, such as a password."""
    return {(model._meta.label_lower, row["id"]): row for model in REGISTERS for row in model._default_manager.values()}


@every_service
def test_one_entry_is_written_for_each_row_written(act: Act, done: Done) -> None:
    assert sorted((entry.subject_kind, entry.subject_id) for entry in done.entries) == sorted(done.written)
    assert done.before.keys() <= done.after.keys(), "no service deletes"


@every_service
def test_entries_carry_the_names_of_their_acts(act: Act, done: Done) -> None:
    assert [(entry.act, entry.subject_kind) for entry in done.entries] == list(act.entries)


@every_service
def test_an_entry_tells_its_row_before_and_after_as_it_is_stored(act: Act, done: Done) -> None:
    for entry in done.entries:
        subject = (entry.subject_kind, entry.subject_id)
        assert _state_in(entry, "after") == done.after[subject]
        assert _state_in(entry, "before") == done.before.get(subject)


@every_service
def test_an_entry_names_actor_subject_and_unit_by_identifiers_alone(act: Act, done: Done) -> None:
    for entry in done.entries:
        body = json.loads(entry.body)
        assert (body["id"], body["act"]) == (str(entry.pk), entry.act)
        assert entry.actor == body["actor"] == done.actor.id
        assert body["subject"] == {"kind": entry.subject_kind, "id": str(entry.subject_id)}
        assert body["unit"] == (str(entry.unit_id) if entry.unit_id else None)
        assert (entry.unit_id is None) == (entry.subject_kind in CITY_WIDE)


def _state_in(entry: Entry, side: str) -> dict[str, Any] | None:
    """A side of an entry's body with the plain values of personal fields in the place of their digests."""
    state: dict[str, Any] | None = json.loads(entry.body)[side]
    for personal in entry.personal_values.all():
        if personal.side != side:
            continue
        assert state is not None
        assert state[personal.name] == {"digest": personal_digest(bytes(personal.salt), personal.value)}
        state[personal.name] = personal.value
    return state


# All or nothing


class DatabaseError(Exception):
    """The database failed."""


class FailingWrites:
    """Lets every statement through but the write of a number, counted from one."""

    def __init__(self, number: int) -> None:
        self._left = number

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self._left -= 1
            if self._left == 0:
                raise DatabaseError(sql)
        return execute(sql, params, many, context)


@every_service
@pytest.mark.one_database  # what belongs to one transaction is the same on both; a copy of a PostgreSQL one is slow
def test_whichever_write_fails_nothing_is_stored(act: Act, own_database: OwnDatabase) -> None:
    """Rows, entries, personal values and tallies: each write in turn fails, and everything stays as it was."""
    home = builders.unit("5001")
    call, actor = act.prepare(home), act.actor(home)
    before, failed = _everything(), 0
    while True:
        try:
            with connection.execute_wrapper(FailingWrites(failed + 1)):
                call(actor)
            break
        except DatabaseError:
            failed += 1
        assert _everything() == before, f"write {failed} failed, and something is left"
    assert failed >= 2, "a row and its entry"
    assert _everything() != before


def _everything() -> list[list[Any]]:
    """Every row of every table; in SQL, because it is asked for hundreds of times."""
    tables = []
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY id")  # noqa: S608 - our own names
            tables.append(cursor.fetchall())
    return tables
