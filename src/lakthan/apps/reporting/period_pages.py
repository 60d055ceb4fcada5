"""Periods as the strategy administrator sees them: of a year, and one with its extensions and changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.selectors import in_force, with_code
from lakthan.apps.reporting.models import Extension, Period, PeriodChange
from lakthan.apps.reporting.services.periods import OtherDates
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.permissions import Action, Actor, require

USER = "user:"


class Phase(StrEnum):
    """Where a period stands on a day."""

    NOT_OPENED = "not-opened"
    """No dates are given."""
    AHEAD = "ahead"
    RUNNING = "running"
    OVERDUE = "overdue"
    """The period's own deadline is over, and reports still come in."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A quarter of a year with its period."""

    quarter: Quarter
    phase: Phase
    opens_on: date | None = None
    cut_off_on: date | None = None
    deadline_on: date | None = None
    closed_on: date | None = None
    of_kinds: Mapping[str, OtherDates] | None = None
    reminder_days: tuple[int, ...] = ()
    extensions: int = 0


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    """More time that a unit was given."""

    unit_th: str
    unit_en: str
    deadline_on: date
    reason: str
    document: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of a period, its closing or opening again."""

    kind: str
    reason: str
    at: datetime
    person_th: str
    person_en: str
    """Both empty for whoever runs verbs on the server."""


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """One period with all that happened to it."""

    row: PeriodRow
    extensions: tuple[ExtensionLine, ...]
    changes: tuple[ChangeLine, ...]
    units: tuple[tuple[str, str, str], ...]
    """Units that can be given more time: identifier and names."""


def period_rows(actor: Actor, fiscal_year: FiscalYear, today: date) -> tuple[PeriodRow, ...]:
    """The four quarters of a year with their periods, in three statements."""
    require(actor, Action.MANAGE_PERIODS)
    found = {row.quarter: row for row in Period.objects.filter(fiscal_year=fiscal_year.be).prefetch_related("terms")}
    counts: dict[UUID, int] = {}
    for period in Extension.objects.filter(period__in=found.values()).values_list("period", flat=True):
        counts[period] = counts.get(period, 0) + 1
    return tuple(_row(quarter, found.get(quarter.number), counts, today) for quarter in fiscal_year.quarters)


def period_page(actor: Actor, quarter: Quarter, today: date) -> PeriodPage:
    """One quarter with its period, its extensions and changes, the newest first."""
    require(actor, Action.MANAGE_PERIODS)
    period = _stored(quarter)
    if period is None:
        return PeriodPage(PeriodRow(quarter, Phase.NOT_OPENED), (), (), ())
    extensions = tuple(
        ExtensionLine(row.unit.name_th, row.unit.name_en, row.deadline_on, row.reason, row.document, row.recorded_at)
        for row in Extension.objects.filter(period=period).select_related("unit").order_by("-recorded_at", "-pk")
    )
    units = with_code(Unit.objects.filter(in_force(today)).exclude(kind=Unit.Kind.CITY), today)
    names = tuple((str(unit.pk), unit.name_th, unit.name_en) for unit in units.order_by("code", "name_th"))
    counts = {period.pk: len(extensions)}
    return PeriodPage(_row(quarter, period, counts, today), extensions, _changes(period), names)


def period_of(actor: Actor, quarter: Quarter) -> Period:
    """The period of a quarter, to be handed to a service.

    Raises:
        NotFound: the quarter has none.
    """
    require(actor, Action.MANAGE_PERIODS)
    period = _stored(quarter)
    if period is None:
        raise NotFound(f"ยังไม่ได้เปิดงวดของ{quarter.label_th}", f"The period of {quarter.label_en} is not opened yet.")
    return period


def unit_of(actor: Actor, identifier: str) -> Unit:
    """The unit with an identifier, to be handed to a service.

    Raises:
        NotFound: there is none.
    """
    require(actor, Action.MANAGE_PERIODS)
    try:
        return Unit.objects.get(pk=UUID(identifier))
    except (ValueError, Unit.DoesNotExist) as error:
        raise NotFound("ไม่พบหน่วยงานนี้", "There is no such unit.") from error


def _stored(quarter: Quarter) -> Period | None:
    found = Period.objects.filter(fiscal_year=quarter.fiscal_year.be, quarter=quarter.number)
    return found.prefetch_related("terms").first()


def _row(quarter: Quarter, period: Period | None, counts: Mapping[UUID, int], today: date) -> PeriodRow:
    if period is None:
        return PeriodRow(quarter, Phase.NOT_OPENED)
    special = [row for row in period.terms.all() if row.cut_off_on or row.deadline_on]
    return PeriodRow(
        quarter,
        _phase(period, today),
        period.opens_on,
        period.cut_off_on,
        period.deadline_on,
        period.closed_on,
        {row.unit_kind: OtherDates(row.cut_off_on, row.deadline_on) for row in special},
        tuple(period.reminder_days),
        counts.get(period.pk, 0),
    )


def _phase(period: Period, today: date) -> Phase:
    if period.closed_on is not None:
        return Phase.CLOSED
    if today < period.opens_on:
        return Phase.AHEAD
    return Phase.RUNNING if today <= period.deadline_on else Phase.OVERDUE


def _changes(period: Period) -> tuple[ChangeLine, ...]:
    rows = list(PeriodChange.objects.filter(period=period).order_by("-recorded_at", "-pk"))
    people = _people(row.person for row in rows)
    return tuple(ChangeLine(row.kind, row.reason, row.recorded_at, *people.get(row.person, ("", ""))) for row in rows)


def _people(actors: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The names of actors that are users."""
    ids = {actor.removeprefix(USER) for actor in actors if actor.startswith(USER)}
    return {f"{USER}{user.pk}": (user.name_th, user.name_en) for user in User.objects.filter(pk__in=ids)}
