"""The two writes every service ends in: make a row and change a row, each with its ledger entry in one transaction."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction

from lakthan.apps.identifiers import new_salt
from lakthan.apps.ledger.models import Entry, PersonalValue
from lakthan.apps.records import MoneyField, UnitRecord
from lakthan.core.errors import UserError
from lakthan.rules.permissions import Action, Actor, require
from lakthan.sealing.canonical import canonical_bytes, leaf_hash, personal_digest

SCHEMA = 1
UNSTATED = frozenset({"recorded_at", "password", "last_login"})
"""Fields that are no part of a row's state."""

Row = TypeVar("Row", bound=models.Model)
State = dict[str, Any]


class AlreadyRecorded(UserError):  # noqa: N818 - reads as the answer it is
    """What was to be recorded stands in the database: the same day, number or code of the same thing."""

    def __init__(self) -> None:
        super().__init__(
            "รายการนี้บันทึกไว้แล้ว ตรวจวันที่ เลขที่ หรือรหัสอีกครั้ง",
            "This is recorded already; check the day, the number or the code.",
        )

    def __reduce__(self) -> Any:
        """Survive pickling."""
        return (type(self), ())


def state_of(row: models.Model) -> State:
    """The stored fields of a row as plain JSON values: text for figures, dates and identifiers, null for null.

    A row gives the same state when it is made and when it is read back.
    """
    return {
        field.attname: _plain(field, getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name not in UNSTATED | getattr(row, "unstated_fields", frozenset())
    }


def _plain(field: "models.Field[Any, Any]", value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal() if isinstance(field, models.DecimalField | MoneyField):
            return f"{value:.{field.decimal_places}f}"
        case datetime():
            return value.astimezone(UTC).isoformat()
        case Mapping() | list():
            return json.loads(json.dumps(value))
        case _:
            return str(value)


def create(actor: Actor, row: Row, *, act: str, now: datetime) -> Row:
    """Insert a new row and its entry. `act` is app and verb: `planning.include_project`."""
    return create_all(actor, [row], act=act, now=now)[0]


def create_all(actor: Actor, rows: Sequence[Row], *, act: str, now: datetime) -> Sequence[Row]:
    """Insert rows of one model with an entry each, in as few statements as the database takes.

    Raises:
        AlreadyRecorded: a row with the same unique key is there.
        ValueError: a row points to a row of another unit.
    """
    if not rows:
        return rows
    for row in rows:
        _refuse_foreign_unit(row)
        row.recorded_at = now  # type: ignore[attr-defined]
    with _duplicates_refused(), transaction.atomic(savepoint=False):
        type(rows[0])._default_manager.bulk_create(rows, batch_size=500)
        _write(_entry(actor, act, row, None, state_of(row), now) for row in rows)
    return rows


def lock(row: Row) -> Row:
    """Read a row again as it is stored now, and let nobody change it until the transaction ends.

    A service whose rule looks at the state of a row, or at the rows below it, locks it first: what it was handed may
    be an old copy. Rows that point to it can still be written meanwhile.
    """
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update(no_key=True))
    return row


def change(actor: Actor, row: Row, *, act: str, now: datetime, **values: object) -> Row:
    """Change fields of a row and write the entry with the row before and after. No change writes nothing.

    A changed field that is no part of the state, such as a password, has its entry too: the same state on both sides.
    """
    with transaction.atomic(savepoint=False):
        before = state_of(lock(row))
        unstated = {name for name in UNSTATED & values.keys() if getattr(row, name) != values[name]}
        for name, value in values.items():
            setattr(row, name, value)
        after = state_of(row)
        if after != before or unstated:
            row.save(update_fields=list(values))
            _write([_entry(actor, act, row, before, after, now)])
    return row


def change_all(
    actor: Actor, changes: Sequence[tuple[Row, Mapping[str, object]]], *, act: str, now: datetime
) -> Sequence[Row]:
    """Change rows of one model, each to its own values of the same fields, with an entry each; in few statements."""
    if not changes:
        return []
    manager, fields = type(changes[0][0])._default_manager, list(changes[0][1])
    rows = [row for row, _ in changes]
    with transaction.atomic(savepoint=False):
        entries = []
        stored = manager.select_for_update(no_key=True).in_bulk([row.pk for row in rows])
        for row, values in changes:
            before = state_of(stored[row.pk])
            for name, value in values.items():
                setattr(row, name, value)
                setattr(stored[row.pk], name, value)
            after = state_of(stored[row.pk])
            if after != before:
                entries.append(_entry(actor, act, row, before, after, now))
        manager.bulk_update(rows, fields, batch_size=500)
        _write(entries)
    return rows


def note_act(actor: Actor, row: models.Model, *, act: str, now: datetime) -> None:
    """Write an entry of an act that concerns a row and changes nothing of its state, such as signing in."""
    _write([_entry(actor, act, row, None, None, now)])


@contextmanager
def _duplicates_refused() -> Iterator[None]:
    """Tell a user what a unique key of the database refuses; any other broken constraint is a mistake of ours."""
    try:
        yield
    except IntegrityError as error:
        broken = {getattr(error.__cause__, "sqlstate", None), getattr(error.__cause__, "sqlite_errorname", None)}
        if broken & {"23505", "SQLITE_CONSTRAINT_UNIQUE"}:
            raise AlreadyRecorded from error
        raise


def _refuse_foreign_unit(row: models.Model) -> None:
    """Rows of daily work point only to rows of their own unit (docs/decisions/0003-rows-by-unit.md)."""
    if not isinstance(row, UnitRecord):
        return
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.is_cached(row):
            related = getattr(row, field.name)
            if isinstance(related, UnitRecord) and related.unit_id != row.unit_id:
                raise ValueError(f"{row._meta.label}.{field.name} points to a row of another unit")


def _entry(
    actor: Actor, act: str, row: models.Model, before: State | None, after: State | None, now: datetime
) -> tuple[Entry, list[PersonalValue]]:
    entry = Entry(
        recorded_at=now,
        actor=actor.id,
        act=act,
        subject_kind=row._meta.label_lower,
        subject_id=row.pk,
        unit_id=_unit_id(row),
    )
    personal: list[PersonalValue] = []
    body = {
        "schema": SCHEMA,
        "id": str(entry.id),
        "recorded_at": now.isoformat(),
        "actor": actor.id,
        "act": act,
        "subject": {"kind": entry.subject_kind, "id": str(row.pk)},
        "unit": None if entry.unit_id is None else str(entry.unit_id),
        "before": _masked(entry, row, "before", before, personal),
        "after": _masked(entry, row, "after", after, personal),
    }
    data = canonical_bytes(body)
    entry.body, entry.leaf_hash = data.decode(), leaf_hash(data)
    return entry, personal


def _unit_id(row: models.Model) -> UUID | None:
    return row.pk if row._meta.label == "people.Unit" else getattr(row, "unit_id", None)


def _masked(
    entry: Entry, row: models.Model, side: str, state: State | None, personal: list[PersonalValue]
) -> State | None:
    """The state with personal values replaced by salted digests; the plain values are put aside in `personal`."""
    if state is None:
        return None
    masked = dict(state)
    for name in sorted(getattr(row, "personal_fields", frozenset()) & state.keys()):
        if state[name] in (None, ""):
            continue
        salt, value = new_salt(), str(state[name])
        personal.append(PersonalValue(entry=entry, side=side, name=name, value=value, salt=salt))
        masked[name] = {"digest": personal_digest(salt, value)}
    return masked


def _write(pairs: Iterable[tuple[Entry, list[PersonalValue]]]) -> None:
    entries, personal = [], []
    for entry, values in pairs:
        entries.append(entry)
        personal.extend(values)
    Entry.objects.bulk_create(entries, batch_size=500)
    PersonalValue.objects.bulk_create(personal, batch_size=500)


def erase_personal_values(*, actor: Actor, row: models.Model, now: datetime) -> int:
    """Erase what names a person, from a row and from beside the ledger; the digests in entries then name nobody.

    A field that must not be empty gets the row's identifier instead. The act has an entry of its own.

    Returns how many values were erased from beside the ledger.
    """
    require(actor, Action.MANAGE_PEOPLE)
    with transaction.atomic():
        change(actor, row, act="ledger.erase_personal_values", now=now, **_anonymous(row))
        erased, _ = PersonalValue.objects.filter(entry__subject_id=row.pk).delete()
    return erased


def _anonymous(row: models.Model) -> dict[str, str]:
    """What the personal fields of a row hold once nobody is named in them."""
    fields = [row._meta.get_field(name) for name in sorted(getattr(row, "personal_fields", frozenset()))]
    return {field.name: "" if getattr(field, "blank", False) else str(row.pk) for field in fields}
