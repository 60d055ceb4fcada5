"""Entries read back as what somebody did: the act, and what it changed. Personal values only for those who may."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lakthan.apps.ledger.models import Entry, PersonalValue


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal value: in plain where it is known and may be shown, else empty."""

    value: str = ""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One act. `before` is empty for what was made, `after` for what is noted without a change."""

    id: UUID
    recorded_at: datetime
    actor: str
    act: str
    subject_kind: str
    subject: UUID
    unit: UUID | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def changed(self) -> Mapping[str, tuple[Any, Any]]:
        """The fields that have another value than before, with both; all that were filled in of a new row."""
        return {
            name: (self.before.get(name), value)
            for name, value in self.after.items()
            if self.before.get(name) != value and (self.before or value not in (None, ""))
        }


def count_about(subjects: Collection[UUID]) -> int:
    """How many entries there are about some rows."""
    return Entry.objects.filter(subject_id__in=subjects).count()


def entries_about(subjects: Collection[UUID], *, first: int, last: int, shows_personal: bool) -> Sequence[EntryLine]:
    """The entries about some rows, newest first, from one place to before another; two queries at most."""
    rows = list(Entry.objects.filter(subject_id__in=subjects).order_by("-recorded_at", "-pk")[first:last])
    plain: dict[tuple[UUID, str, str], str] = {}
    if shows_personal:
        values = PersonalValue.objects.filter(entry__in=[row.pk for row in rows])
        plain = {
            (entry, side, name): value
            for entry, side, name, value in values.values_list("entry_id", "side", "name", "value")
        }
    return [_line(row, plain) for row in rows]


def _line(row: Entry, plain: Mapping[tuple[UUID, str, str], str]) -> EntryLine:
    body = json.loads(row.body)
    return EntryLine(
        id=row.pk,
        recorded_at=row.recorded_at,
        actor=row.actor,
        act=row.act,
        subject_kind=row.subject_kind,
        subject=row.subject_id,
        unit=row.unit_id,
        before=_side(row, "before", body["before"] or {}, plain),
        after=_side(row, "after", body["after"] or {}, plain),
    )


def _side(
    row: Entry, side: str, state: Mapping[str, Any], plain: Mapping[tuple[UUID, str, str], str]
) -> Mapping[str, Any]:
    return {
        name: Personal(plain.get((row.pk, side, name), "")) if isinstance(value, dict) and "digest" in value else value
        for name, value in state.items()
    }
