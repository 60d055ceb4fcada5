"""The deadlines of one person, for a calendar that is read by its secret address."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from lakthan.apps.people.models import User
from lakthan.apps.people.selectors import actor_of
from lakthan.apps.reporting.deadlines import LAST_QUARTER
from lakthan.apps.reporting.models import CalendarKey
from lakthan.apps.reporting.services import calendars
from lakthan.apps.reporting.work import WorkLine, my_work
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Actor

USER = "user:"


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a unit has to send until a day: all that the person can still do for a period."""

    fiscal_year: FiscalYear
    quarter: int
    unit: UUID
    unit_th: str
    unit_en: str
    due_on: date
    lines: tuple[WorkLine, ...]


def deadlines_behind(secret: str, today: date) -> tuple[Deadline, ...]:
    """The deadlines of the person to whom a secret belongs, the nearest first.

    Raises:
        NotFound: the secret was ended or never given, or the person has no account or no role any more.
    """
    digest = sha256(secret.encode()).hexdigest()
    key = CalendarKey.objects.filter(digest=digest, ended_at=None).select_related("user").first()
    actor = actor_of(key.user, today) if key else Actor("visitor")
    if not actor.held:
        raise NotFound("ไม่พบปฏิทินนี้ ขอที่อยู่ใหม่ในหน้างานของฉัน", "There is no such calendar; make a new address in My work.")
    return _deadlines(actor, today)


def _deadlines(actor: Actor, today: date) -> tuple[Deadline, ...]:
    work = my_work(actor, today)
    found: dict[tuple[int, int, UUID, date], list[WorkLine]] = defaultdict(list)
    for line in dict.fromkeys((*work.owed, *work.to_send)):
        if line.deadline_on is not None and line.reporting_unit is not None:
            quarter = line.quarter or LAST_QUARTER
            found[line.fiscal_year.be, quarter, line.reporting_unit, line.deadline_on].append(line)
    deadlines = [
        Deadline(FiscalYear(year), quarter, unit, lines[0].unit_th, lines[0].unit_en, due_on, tuple(lines))
        for (year, quarter, unit, due_on), lines in found.items()
    ]
    return tuple(sorted(deadlines, key=lambda each: (each.due_on, each.unit_th)))


def key_since(actor: Actor) -> datetime | None:
    """Since when the person's calendar has its address; None without one."""
    return CalendarKey.objects.filter(user=_user(actor), ended_at=None).values_list("recorded_at", flat=True).first()


def renew_own_key(*, actor: Actor, now: datetime) -> str:
    """A new secret for one's own calendar."""
    return calendars.renew_calendar_key(actor=actor, user=_user(actor), now=now)


def end_own_key(*, actor: Actor, now: datetime) -> None:
    """End the address of one's own calendar."""
    calendars.end_calendar_key(actor=actor, user=_user(actor), now=now)


def _user(actor: Actor) -> User:
    return User.objects.get(pk=actor.id.removeprefix(USER))
