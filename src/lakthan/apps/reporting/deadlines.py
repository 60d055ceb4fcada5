"""The one place that answers when a report opens, what day its figure is as of, and when it is due.

The dates of a unit are those of its kind where the period has some, and else the period's own; an extension puts off
the deadline of one unit. A figure of an assignment is as of the cut-off of the unit that answers for it. Where a figure
of the whole is broken down, all parts are as of the day of the whole, so that they add up to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.reporting.models import Extension, Period, Report
from lakthan.core.errors import Conflict
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.deadlines import Term, closed_refusal, not_open_refusal
from lakthan.rules.permissions import Actor, Role

LAST_QUARTER = 4
"""The year's report is due with that of its last quarter."""
ANY_KIND = ""
OWN_DATES = ("opens_on", "cut_off_on", "deadline_on", "closed_on")
DATES_OF_KIND = ("terms__cut_off_on", "terms__deadline_on")

PeriodKey = tuple[int, int]
"""Fiscal year and quarter."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The dates of periods by kind of unit, and the extensions of units."""

    by_kind: Mapping[PeriodKey, Mapping[str, Term]]
    extended: Mapping[tuple[int, int, UUID], date]

    def of(self, fiscal_year: int, quarter: int | None, kind: str, unit: UUID) -> Term | None:
        """The dates that hold for a unit's report of a quarter, or of the year (None); None without a period."""
        number = quarter or LAST_QUARTER
        kinds = self.by_kind.get((fiscal_year, number))
        if kinds is None:
            return None
        term, extended_to = kinds.get(kind, kinds[ANY_KIND]), self.extended.get((fiscal_year, number, unit))
        return term if extended_to is None else replace(term, extended_to=extended_to)

    def of_assignment(self, assignment: Assignment, quarter: int | None) -> Term | None:
        """The dates of a report on an assignment."""
        return self.of(assignment.fiscal_year, quarter, assignment.unit.kind, assignment.unit_id)

    def due(self, assignment: Assignment, today: date) -> list[int | None]:
        """The quarters of an assignment that have opened, and the year (None) once its last quarter has."""
        year = assignment.fiscal_year
        numbers = [number for of_year, number in sorted(self.by_kind) if of_year == year]
        opened = [number for number in numbers if self.by_kind[year, number][ANY_KIND].is_open(today)]
        return [*opened, None] if LAST_QUARTER in opened else [*opened]


def terms(fiscal_year: int | None = None, quarter: int | None = None) -> Terms:
    """The dates of all periods, or of those of a year or a quarter, in two statements."""
    wanted = {"fiscal_year": fiscal_year, "quarter": quarter}
    given = {name: value for name, value in wanted.items() if value is not None}
    by_kind: dict[PeriodKey, dict[str, Term]] = defaultdict(dict)
    for year, number, opens_on, cut_off_on, deadline_on, closed_on, kind, cut_off, deadline in Period.objects.filter(
        **given
    ).values_list("fiscal_year", "quarter", *OWN_DATES, *("terms__unit_kind", *DATES_OF_KIND)):
        of_kinds = by_kind[year, number]
        of_kinds[ANY_KIND] = Term(opens_on, cut_off_on, deadline_on, closed_on)
        if kind is not None:
            of_kinds[kind] = Term(opens_on, cut_off or cut_off_on, deadline or deadline_on, closed_on)
    return Terms(by_kind, _extensions({f"period__{name}": value for name, value in given.items()}))


def _extensions(given: Mapping[str, int]) -> dict[tuple[int, int, UUID], date]:
    """The last day of each unit's extensions of a period."""
    rows = Extension.objects.filter(**given).order_by("deadline_on")
    names = ("period__fiscal_year", "period__quarter", "unit", "deadline_on")
    return {(year, number, unit): until for year, number, unit, until in rows.values_list(*names)}


def term_of(assignment: Assignment, quarter: int | None) -> Term | None:
    """The dates of one report; None where its period was never opened."""
    found = terms(assignment.fiscal_year, quarter or LAST_QUARTER)
    return found.of_assignment(assignment, quarter)


def cut_offs(fiscal_year: FiscalYear, kinds: Iterable[str]) -> dict[str, dict[int, date]]:
    """By kind of unit the day that each quarter's figures are as of: the cut-off, by default the quarter's last day."""
    return cut_offs_of_years([fiscal_year], kinds)[fiscal_year.be]


def cut_offs_of_years(years: Iterable[FiscalYear], kinds: Iterable[str]) -> dict[int, dict[str, dict[int, date]]]:
    """The same for several years, by the year's number; one statement."""
    own = {year.be: {quarter.number: quarter.last_day for quarter in year.quarters} for year in years}
    special: dict[tuple[int, str, int], date] = {}
    rows = Period.objects.filter(fiscal_year__in=own)
    names = ("fiscal_year", "quarter", "cut_off_on", "terms__unit_kind", "terms__cut_off_on")
    for year, number, day, kind, day_of_kind in rows.values_list(*names):
        own[year][number] = day
        if day_of_kind is not None:
            special[year, kind, number] = day_of_kind
    kinds = tuple(kinds)
    return {
        year: {kind: {n: special.get((year, kind, n), day) for n, day in days.items()} for kind in kinds}
        for year, days in own.items()
    }


def untimely(actor: Actor, term: Term | None, today: date) -> Conflict | None:
    """Why a report that is not begun cannot be begun yet; None where it can.

    Whoever runs verbs on the server brings in old prints, of quarters for which no period was ever opened.
    """
    by_operator = any(held.role is Role.OPERATOR for held in actor.held)
    return None if by_operator else not_open_refusal(term, today)


def too_late(report: Report, term: Term | None, today: date) -> Conflict | None:
    """Why a report can no longer be endorsed and sent: its period is closed; None where it can.

    What was sent in time and came back can be sent again, and so can a correction.
    """
    refused = None if report.corrects_id else closed_refusal(term, today)
    return None if refused is None or report.snapshots.exists() else refused
