"""Which reports of a fiscal year have come in: units x quarters, in a number of statements that does not grow."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit, UnitGroupMembership
from lakthan.apps.people.selectors import in_force, with_code
from lakthan.apps.reporting.deadlines import LAST_QUARTER, Terms, terms
from lakthan.apps.reporting.models import Decision, NilConfirmation, Report
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.completeness import Standing, lateness, standing_of
from lakthan.rules.deadlines import Term
from lakthan.rules.decisions import Decided, DecisionKind, Duty, duty_on
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Scope
from lakthan.rules.workflow import State

COLUMNS = (1, 2, 3, 4, None)
"""The quarters, and the year."""
ASSIGNED = ("pk", "unit", "indicator__code", "indicator__name_th", "indicator__name_en", "indicator__unit")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit that reports."""

    id: UUID
    code: str
    kind: str
    name_th: str
    name_en: str
    group: str
    """Code of the district group; empty for other units."""
    group_th: str
    group_en: str


@dataclass(frozen=True, slots=True)
class ReportCell:
    """One report: where it stands, and how many days late it was sent, or is by now."""

    standing: Standing
    late: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """The reports of one unit on one indicator, in the order of `COLUMNS`."""

    unit: UnitLine
    code: str
    name_th: str
    name_en: str
    report_unit: UUID | None
    """The unit, where it does not own the indicator."""
    cells: tuple[ReportCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All reports of a fiscal year that a person may know of."""

    fiscal_year: FiscalYear
    years: tuple[int, ...]
    """Years that have a period, newest first."""
    terms: tuple[Term | None, ...]
    """The periods' own dates in the order of `COLUMNS`."""
    rows: tuple[ReportRow, ...]


def matrix(actor: Actor, fiscal_year: FiscalYear, today: date) -> Matrix:
    """Units in order of code, their indicators in order of code; of the actor's own units, or of the whole city."""
    periods = terms()
    assigned = list(_assigned(actor, fiscal_year))
    units = _units(fiscal_year, today)
    reports, duties = _reports(fiscal_year), _decided(fiscal_year)
    nil = set(
        NilConfirmation.objects.filter(assignment__fiscal_year=fiscal_year.be, withdrawn_at=None).values_list(
            "assignment", "quarter"
        )
    )
    dates: dict[UUID, tuple[Term | None, ...]] = {}
    rows = []
    for assignment, unit, code, name_th, name_en, owner in assigned:
        of_unit = units[unit]
        if unit not in dates:
            dates[unit] = tuple(periods.of(fiscal_year.be, quarter, of_unit.kind, unit) for quarter in COLUMNS)
        cells = tuple(
            _cell(
                term,
                today,
                reports.get((assignment, quarter)),
                _duty(duties.get(assignment, ()), term, fiscal_year, quarter),
                is_nil=(assignment, quarter) in nil,
            )
            for quarter, term in zip(COLUMNS, dates[unit], strict=True)
        )
        rows.append(ReportRow(of_unit, code, name_th, name_en, None if owner == unit else unit, cells))
    rows.sort(key=lambda row: (row.unit.code or "~", row.unit.name_th, row.code))
    return Matrix(fiscal_year, _years(periods, fiscal_year), _own_terms(periods, fiscal_year), tuple(rows))


def _assigned(actor: Actor, fiscal_year: FiscalYear) -> "QuerySet[Assignment, tuple[UUID, UUID, str, str, str, UUID]]":
    """What the actor may know of."""
    found = Assignment.objects.filter(fiscal_year=fiscal_year.be)
    readers = PERMISSIONS[Action.READ_REPORT]
    if not any(readers.get(held.role) is Scope.ANY_UNIT for held in actor.held):
        own = {UUID(held.unit) for held in actor.held if held.unit and readers.get(held.role) is Scope.OWN_UNIT}
        found = found.filter(unit__in=own)
    return found.values_list(*ASSIGNED)


def _units(fiscal_year: FiscalYear, today: date) -> dict[UUID, UnitLine]:
    """The units that report in the year, with code and group of the present day."""
    groups = UnitGroupMembership.objects.filter(in_force(today), unit=OuterRef("pk")).order_by("-valid_from")
    reporting = Assignment.objects.filter(fiscal_year=fiscal_year.be).values("unit")
    found = with_code(Unit.objects.filter(pk__in=reporting), today).annotate(
        group_code=Subquery(groups.values("group__code")[:1]),
        group_th=Subquery(groups.values("group__name_th")[:1]),
        group_en=Subquery(groups.values("group__name_en")[:1]),
    )
    names = ("pk", "code", "kind", "name_th", "name_en", "group_code", "group_th", "group_en")
    return {
        pk: UnitLine(pk, code or "", kind, th, en, group or "", group_th or "", group_en or "")
        for pk, code, kind, th, en, group, group_th, group_en in found.values_list(*names)
    }


def _reports(fiscal_year: FiscalYear) -> dict[tuple[UUID, int | None], tuple[State, date | None]]:
    """State and day of the first sending; of a certified report that is being corrected those of the certified one."""
    rows = (
        Report.objects.filter(assignment__fiscal_year=fiscal_year.be)
        .annotate(first=FilteredRelation("snapshots", condition=Q(snapshots__number=1)))
        .order_by("issue")
        .values_list("assignment", "quarter", "state", "corrects", "first__recorded_at")
    )
    found: dict[tuple[UUID, int | None], tuple[State, date | None]] = {}
    for assignment, quarter, state, corrects, sent_at in rows:
        if corrects is None:
            found[assignment, quarter] = (State(state), _day(sent_at))
        elif state == State.CERTIFIED.value:
            found[assignment, quarter] = (State.CERTIFIED, found[assignment, quarter][1])
    return found


def _day(at: datetime | None) -> date | None:
    return None if at is None else timezone.localdate(at)


def _decided(fiscal_year: FiscalYear) -> Mapping[UUID, Sequence[Decided]]:
    """The decisions by assignment, in the order in which they were taken."""
    rows = Decision.objects.filter(assignment__fiscal_year=fiscal_year.be).order_by("assignment", "number")
    found: dict[UUID, list[Decided]] = defaultdict(list)
    for assignment, kind, effective_on in rows.values_list("assignment", "kind", "effective_on"):
        found[assignment].append(Decided(DecisionKind(kind), effective_on))
    return found


def _duty(taken: Sequence[Decided], term: Term | None, fiscal_year: FiscalYear, quarter: int | None) -> Duty:
    """What is owed at the cut-off, by default the quarter's last day."""
    if not taken:
        return Duty.FULL
    return duty_on(taken, term.cut_off_on if term else fiscal_year.quarter(quarter or LAST_QUARTER).last_day)


def _cell(
    term: Term | None, today: date, report: tuple[State, date | None] | None, duty: Duty, *, is_nil: bool
) -> ReportCell:
    state, sent_on = report or (None, None)
    standing = standing_of(term, today, state, duty, is_nil=is_nil)
    return ReportCell(standing, lateness(standing, term, today, sent_on))


def _years(periods: Terms, fiscal_year: FiscalYear) -> tuple[int, ...]:
    return tuple(sorted({fiscal_year.be, *(year for year, _ in periods.by_kind)}, reverse=True))


def _own_terms(periods: Terms, fiscal_year: FiscalYear) -> tuple[Term | None, ...]:
    """Of no kind of unit, and of no unit."""
    nobody = UUID(int=0)
    return tuple(periods.of(fiscal_year.be, quarter, "", nobody) for quarter in COLUMNS)


def by_unit(rows: Iterable[ReportRow]) -> dict[UnitLine, list[ReportRow]]:
    """The rows of each unit, in their order."""
    found: dict[UnitLine, list[ReportRow]] = defaultdict(list)
    for row in rows:
        found[row.unit].append(row)
    return found
