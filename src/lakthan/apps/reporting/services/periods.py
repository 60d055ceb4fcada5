"""Writes of periods: opened, changed with a reason, closed, opened again, and put off for one unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.deadlines import LAST_QUARTER
from lakthan.apps.reporting.models import Extension, Period, PeriodChange, PeriodTerm, Snapshot
from lakthan.core.dates import format_date
from lakthan.core.errors import Conflict, UserError
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.deadlines import REMINDER_DAYS, require_dates, require_reminder_days
from lakthan.rules.entry import refuse_longer, require_text
from lakthan.rules.permissions import Action, Actor, require


@dataclass(frozen=True, slots=True)
class OtherDates:
    """What differs for one kind of unit; None: as the period has it."""

    cut_off_on: date | None = None
    deadline_on: date | None = None


@dataclass(frozen=True, slots=True)
class PeriodDates:
    """All dates of a period. The cut-off is the quarter's last day where none is given."""

    opens_on: date
    deadline_on: date
    cut_off_on: date | None = None
    of_kinds: Mapping[str, OtherDates] = field(default_factory=dict)
    reminder_days: tuple[int, ...] = REMINDER_DAYS


def open_period(
    *,
    actor: Actor,
    quarter: Quarter,
    opens_on: date,
    deadline_on: date,
    now: datetime,
    cut_off_on: date | None = None,
    of_kinds: Mapping[str, OtherDates] | None = None,
    reminder_days: tuple[int, ...] = REMINDER_DAYS,
) -> Period:
    """Open a quarter for reports. Figures are as of `cut_off_on`, a day of it, by default its last day.

    Raises:
        UserError: the dates are not those of a period.
        AlreadyRecorded: the quarter has a period.
    """
    require(actor, Action.MANAGE_PERIODS)
    dates = PeriodDates(opens_on, deadline_on, cut_off_on, of_kinds or {}, reminder_days)
    period = Period(fiscal_year=quarter.fiscal_year.be, quarter=quarter.number, **_own(quarter, dates))
    rows = [
        PeriodTerm(period=period, unit_kind=Unit.Kind(kind), cut_off_on=other.cut_off_on, deadline_on=other.deadline_on)
        for kind, other in dates.of_kinds.items()
    ]
    with transaction.atomic():
        create(actor, period, act="reporting.open_period", now=now)
        create_all(actor, rows, act="reporting.open_period", now=now)
    return period


def _own(quarter: Quarter, dates: PeriodDates) -> dict[str, Any]:
    """The period's own fields, once all dates, also those of kinds of units, are found to be possible."""
    cut_off_on = dates.cut_off_on or quarter.last_day
    for other in (OtherDates(), *dates.of_kinds.values()):
        require_dates(quarter, dates.opens_on, other.cut_off_on or cut_off_on, other.deadline_on or dates.deadline_on)
    return {
        "opens_on": dates.opens_on,
        "cut_off_on": cut_off_on,
        "deadline_on": dates.deadline_on,
        "reminder_days": require_reminder_days(dates.reminder_days),
    }


def change_period(*, actor: Actor, period: Period, dates: PeriodDates, reason: str, now: datetime) -> Period:
    """Give a period other dates, with the reason.

    Raises:
        UserError: the dates are not those of a period, or no reason is given.
        Conflict: the period is closed, or the cut-off of units would change that have sent a report of the quarter.
    """
    require(actor, Action.MANAGE_PERIODS)
    values = _own(_quarter(period), dates)
    reason = require_text(reason, "เหตุผล", "The reason")
    with transaction.atomic():
        if lock(period).closed_on is not None:
            raise Conflict("งวดนี้ปิดแล้ว เปิดอีกครั้งก่อนแก้ไขวัน", "The period is closed; open it again before changing dates.")
        before = _cut_offs(period)
        change(actor, period, act="reporting.change_period", now=now, **values)
        _change_terms(actor, period, dates.of_kinds, now)
        _refuse_moved_cut_off(period, before)
        _note(actor, period, PeriodChange.Kind.DATES, reason, now)
    return period


def _change_terms(actor: Actor, period: Period, of_kinds: Mapping[str, OtherDates], now: datetime) -> None:
    """What a kind of unit has no longer of its own becomes null; no row is taken away."""
    rows = {row.unit_kind: row for row in period.terms.all()}
    for kind in {*rows, *of_kinds}:
        other = of_kinds.get(kind, OtherDates())
        values = {"cut_off_on": other.cut_off_on, "deadline_on": other.deadline_on}
        if kind in rows:
            change(actor, rows[kind], act="reporting.change_period", now=now, **values)
        elif any(values.values()):
            row = PeriodTerm(period=period, unit_kind=Unit.Kind(kind), **values)
            create(actor, row, act="reporting.change_period", now=now)


def _cut_offs(period: Period) -> dict[str, date]:
    """The cut-off by kind of unit."""
    special = {row.unit_kind: row.cut_off_on for row in period.terms.all()}
    return {kind: special.get(kind) or period.cut_off_on for kind in Unit.Kind.values}


def _refuse_moved_cut_off(period: Period, before: Mapping[str, date]) -> None:
    """A quarter's figures are of one day: where some were sent, the day stays."""
    moved = [kind for kind, day in _cut_offs(period).items() if before[kind] != day]
    quarter = Q(report__quarter=period.quarter)
    if period.quarter == LAST_QUARTER:
        quarter |= Q(report__quarter=None)
    sent = Snapshot.objects.filter(
        quarter, report__assignment__fiscal_year=period.fiscal_year, report__unit__kind__in=moved
    )
    if sent.exists():
        raise Conflict(
            "มีรายงานของงวดนี้ส่งแล้ว วันตัดข้อมูลจึงเปลี่ยนไม่ได้ แก้ไขกำหนดส่งได้",
            "Reports of this period were sent already, so the cut-off stays; the deadline can be changed.",
        )


def close_period(*, actor: Actor, period: Period, reason: str, now: datetime) -> Period:
    """Close a period: only a unit with an extension sends from now on.

    Raises:
        UserError: no reason is given.
        Conflict: it is closed already, or a deadline of it is still to come.
    """
    require(actor, Action.MANAGE_PERIODS)
    reason, today = require_text(reason, "เหตุผล", "The reason"), timezone.localdate(now)
    with transaction.atomic():
        if lock(period).closed_on is not None:
            raise Conflict("งวดนี้ปิดแล้ว", "The period is closed already.")
        last = max([period.deadline_on, *(row.deadline_on for row in period.terms.all() if row.deadline_on)])
        if today <= last:
            raise Conflict(
                f"ยังไม่พ้นกำหนดส่ง {format_date(last)} จึงยังปิดงวดไม่ได้",
                f"The deadline {format_date(last, lang='en')} is not over yet, so the period cannot be closed.",
            )
        change(actor, period, act="reporting.close_period", now=now, closed_on=today)
        _note(actor, period, PeriodChange.Kind.CLOSED, reason, now)
    return period


def reopen_period(*, actor: Actor, period: Period, reason: str, now: datetime) -> Period:
    """Let all units send again in a period that was closed.

    Raises:
        UserError: no reason is given.
        Conflict: it is not closed.
    """
    require(actor, Action.MANAGE_PERIODS)
    reason = require_text(reason, "เหตุผล", "The reason")
    with transaction.atomic():
        if lock(period).closed_on is None:
            raise Conflict("งวดนี้ยังไม่ปิด", "The period is not closed.")
        change(actor, period, act="reporting.reopen_period", now=now, closed_on=None)
        _note(actor, period, PeriodChange.Kind.REOPENED, reason, now)
    return period


def _note(actor: Actor, period: Period, kind: PeriodChange.Kind, reason: str, now: datetime) -> None:
    row = PeriodChange(period=period, kind=kind, person=actor.id, reason=reason)
    create(actor, row, act="reporting.note_period_change", now=now)


def extend_deadline(
    *, actor: Actor, period: Period, unit: Unit, deadline_on: date, reason: str, document: str, now: datetime
) -> Extension:
    """Give one unit more time for all its reports of a period, also of one that is closed.

    Raises:
        UserError: reason or document is missing, or the day is not later than what the unit has.
        Conflict: the period is not open yet.
    """
    require(actor, Action.MANAGE_PERIODS)
    row = Extension(
        unit=unit,
        period=period,
        deadline_on=deadline_on,
        reason=require_text(reason, "เหตุผล", "The reason"),
        document=refuse_longer(require_text(document, "เลขที่หนังสือ", "The document"), 200, "เลขที่หนังสือ", "The document"),
    )
    with transaction.atomic():
        if lock(period).opens_on > timezone.localdate(now):
            raise Conflict("งวดนี้ยังไม่เปิด", "The period is not open yet.")
        _refuse_not_later(row, timezone.localdate(now))
        return create(actor, row, act="reporting.extend_deadline", now=now)


def _refuse_not_later(row: Extension, today: date) -> None:
    special = row.period.terms.filter(unit_kind=row.unit.kind).first()
    has = [(special and special.deadline_on) or row.period.deadline_on]
    has += Extension.objects.filter(unit=row.unit, period=row.period).values_list("deadline_on", flat=True)
    if row.deadline_on <= max(has) or row.deadline_on < today:
        raise UserError(
            f"วันที่ขยายถึง {format_date(row.deadline_on)} ต้องไม่ใช่วันที่ผ่านมาแล้ว และหลังกำหนดเดิม {format_date(max(has))}",
            f"The new day {format_date(row.deadline_on, lang='en')} must not be past, and must lie after the present "
            f"deadline {format_date(max(has), lang='en')}.",
        )


def _quarter(period: Period) -> Quarter:
    return FiscalYear(period.fiscal_year).quarter(period.quarter)
