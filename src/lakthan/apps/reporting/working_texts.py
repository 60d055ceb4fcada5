"""What a person has typed into a report and not saved: kept on the server for that person alone, until it is saved.

These are no acts and no services: nothing here enters the ledger, and nothing here is read by a figure or a paper
(docs/decisions/0012-working-texts.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import User
from lakthan.apps.reporting.models import WorkingText

USER = "user:"
Typed = Mapping[str, str]
"""What stands in the fields, as it was typed, by their names."""


@dataclass(frozen=True, slots=True)
class Working:
    """The unsaved text of one person."""

    typed: Typed
    seen: str
    """The token of the text that it was begun on."""
    typed_at: datetime


@dataclass(frozen=True, slots=True)
class OtherWriter:
    """Somebody else who has typed and not saved: who and when, never what."""

    person_th: str
    person_en: str
    begun_at: datetime
    typed_at: datetime


def working_text(person: str, assignment: Assignment, quarter: int | None) -> Working | None:
    """What the person has typed and not saved; None where there is nothing."""
    row = WorkingText.objects.filter(assignment=assignment, quarter=quarter, person=person).first()
    return None if row is None else Working(row.texts, row.seen, row.recorded_at)


def other_writers(person: str, assignment: Assignment, quarter: int | None) -> tuple[OtherWriter, ...]:
    """Who else has typed into the report and not saved, in the order in which they began."""
    others = WorkingText.objects.filter(assignment=assignment, quarter=quarter, person__startswith=USER)
    rows = list(others.exclude(person=person).order_by("begun_at", "pk"))
    names = {user.pk: user for user in User.objects.filter(pk__in=[_user(row) for row in rows])} if rows else {}
    return tuple(
        OtherWriter(user.name_th, user.name_en, row.begun_at, row.recorded_at)
        for row in rows
        if (user := names.get(_user(row))) is not None
    )


def _user(row: WorkingText) -> UUID:
    return UUID(row.person.removeprefix(USER))


def keep_working_text(
    person: str, assignment: Assignment, quarter: int | None, *, typed: Typed, seen: str, now: datetime
) -> None:
    """Keep what the person has typed by now in place of what was kept before."""
    place = {"unit_id": assignment.unit_id, "assignment": assignment, "quarter": quarter, "person": person}
    values = {"texts": dict(typed), "seen": seen, "recorded_at": now}
    with transaction.atomic():
        WorkingText.objects.update_or_create(**place, defaults=values, create_defaults=values | {"begun_at": now})


def drop_working_text(person: str, assignment: Assignment, quarter: int | None) -> None:
    """Throw away what the person has typed and not saved."""
    WorkingText.objects.filter(assignment=assignment, quarter=quarter, person=person).delete()
