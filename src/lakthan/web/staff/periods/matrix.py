"""Which reports have come in: units x quarters as a page and as a workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.completeness import COLUMNS, Matrix, ReportRow, UnitLine, by_unit, matrix
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.exchange.workbooks import Column, Sheet, Value, workbook
from lakthan.rules.completeness import Completeness, Standing, completeness
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.file_answers import workbook_answer
from lakthan.web.listing import Key, listing
from lakthan.web.staff.periods.wording import KINDS, STANDINGS, SYMBOLS
from lakthan.web.templatetags.lakthan import here_with_query
from lakthan.web.templatetags.staff import work_address
from lakthan.web.wording import in_language

ROWS_PER_PAGE = 100
BY_REPORT, BY_UNIT = "report", "unit"


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is shown."""

    heading: str
    """Of its column, for screens on which the columns stand below each other."""
    standing: Standing
    symbol: str
    words: str
    count: str
    """How many of how many came in; empty for one report."""
    late: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page: a unit with all its reports, or one indicator of a unit."""

    unit: UnitLine
    code: str
    """Of the indicator; empty for a unit as a whole."""
    name: str
    quarters: tuple[Completeness, ...]
    rows: Sequence[ReportRow]

    @property
    def missing(self) -> int:
        """Reports that are owed and have not come in."""
        return sum(quarter.owed - quarter.reported for quarter in self.quarters)


KEYS: Mapping[str, Key[Line]] = {
    "unit": lambda line: (line.unit.code or "~", line.unit.name_th, line.code),
    "name": lambda line: (line.name, line.code),
    "missing": lambda line: line.missing,
    "late": lambda line: sum(quarter.late for quarter in line.quarters),
}


@performs(Action.READ_REPORT)
@require_safe
@never_cache
def page(request: ActingRequest) -> HttpResponse:
    """The matrix as the address asks to see it."""
    found = matrix(request.actor, _year(request.GET), today())
    rows = [row for row in found.rows if _is_asked_for(row, request.GET)]
    by_report = _by_report(request.GET, found)
    lines = [line for line in _lines(rows, by_report=by_report) if _is_in(line, request.GET)]
    listed = listing(request.GET, lines, KEYS, ROWS_PER_PAGE)
    context = {
        "matrix": found,
        "listing": listed,
        "shown": _shown(request.GET, listed.rows, found.fiscal_year),
        "columns": list(zip(_headings(), found.terms, strict=True)),
        "summary": _summary(rows),
        "by_report": by_report,
        "choices": _choices(found),
        "asked": request.GET,
        "count": _count(len(lines), by_report=by_report),
    }
    return render(request, "staff/periods/matrix.html", context)


@performs(Action.READ_REPORT)
@require_safe
@never_cache
def export(request: ActingRequest) -> HttpResponse:
    """The same reports, each in a row of a workbook."""
    found = matrix(request.actor, _year(request.GET), today())
    rows = [row for row in found.rows if _is_asked_for(row, request.GET)]
    lines = [line for row in rows if _is_in(line := _line(row.unit, [row]), request.GET)]
    title = gettext("State of reports, fiscal year %(year)s") % {"year": found.fiscal_year.be}
    sheet = Sheet(title, [title], _columns(), (_values(line) for line in lines), key_columns=2)
    return workbook_answer(workbook([sheet], present()), f"lakthan-completeness-{found.fiscal_year.be}.xlsx")


def _year(query: QueryDict) -> FiscalYear:
    """The year that the address names, or else that of the quarter that ended last: it is the one to be reported."""
    text = query.get("fiscal-year", "")
    reported = Quarter.of(today()).previous.fiscal_year
    try:
        return FiscalYear(int(text)) if text else reported
    except ValueError:
        return reported


def _by_report(query: QueryDict, found: Matrix) -> bool:
    """A row for each indicator of a unit: where that is asked for, or where there is only one unit."""
    if query.get("unit") or query.get("rows") == BY_REPORT:
        return True
    return query.get("rows", "") != BY_UNIT and len({row.unit.id for row in found.rows}) == 1


def _is_asked_for(row: ReportRow, query: QueryDict) -> bool:
    """Whether a row is of the units and the indicator that are asked for."""
    unit = row.unit
    words = f"{unit.code} {unit.name_th} {unit.name_en} {row.code} {row.name_th} {row.name_en}".casefold()
    return (
        query.get("text", "").strip().casefold() in words
        and query.get("kind", "") in ("", unit.kind)
        and query.get("group", "") in ("", unit.group)
        and query.get("indicator", "") in ("", row.code)
        and query.get("unit", "") in ("", str(unit.id))
    )


def _is_in(line: Line, query: QueryDict) -> bool:
    """Whether a line has a report in the state that is asked for, or a late one where those are."""
    state = query.get("state", "")
    if state and not any(quarter.standings.get(state) for quarter in line.quarters):  # type: ignore[call-overload]
        return False
    return not query.get("late") or any(quarter.late for quarter in line.quarters)


def _lines(rows: Sequence[ReportRow], *, by_report: bool) -> Iterable[Line]:
    if by_report:
        return (_line(row.unit, [row]) for row in rows)
    return (_line(unit, of_unit) for unit, of_unit in by_unit(rows).items())


def _line(unit: UnitLine, rows: Sequence[ReportRow]) -> Line:
    quarters = tuple(
        completeness((row.cells[number].standing, row.cells[number].late) for row in rows)
        for number in range(len(COLUMNS))
    )
    only = rows[0] if len(rows) == 1 else None
    name = in_language(only.name_th, only.name_en) if only else in_language(unit.name_th, unit.name_en)
    return Line(unit, only.code if only else "", name, quarters, rows)


def _shown(query: QueryDict, lines: Iterable[Line], fiscal_year: FiscalYear) -> list[tuple[Line, str, list[Shown]]]:
    """Each line with the way to its unit and its cells: of one report with the way to it, of a unit to its reports."""
    headings, words = _headings(), {standing: str(text) for standing, text in STANDINGS.items()}
    of_unit = here_with_query(query, unit=None, page=None)
    shown = []
    for line in lines:
        address = f"{of_unit}{'' if of_unit == '?' else '&'}unit={line.unit.id}"
        cells = _of_report(line.rows[0], fiscal_year) if len(line.rows) == 1 else _of_unit(line.quarters, address)
        shown.append(
            (
                line,
                address,
                [
                    Shown(heading, standing, SYMBOLS[standing], words[standing], count, late, way)
                    for heading, (standing, count, late, way) in zip(headings, cells, strict=True)
                ],
            )
        )
    return shown


def _of_report(row: ReportRow, fiscal_year: FiscalYear) -> Iterator[tuple[Standing, str, str, str]]:
    """Standing, nothing to count, lateness and address of each report of a row."""
    for quarter, cell in zip(COLUMNS, row.cells, strict=True):
        late = ngettext("%(days)s day late", "%(days)s days late", cell.late) % {"days": cell.late} if cell.late else ""
        yield cell.standing, "", late, work_address(row.code, fiscal_year, quarter, row.report_unit)


def _of_unit(quarters: Iterable[Completeness], address: str) -> Iterator[tuple[Standing, str, str, str]]:
    """The most urgent standing, how many came in, how many late, and the address, of each quarter of a unit."""
    for quarter in quarters:
        late = gettext("%(count)s late") % {"count": quarter.late} if quarter.late else ""
        yield quarter.worst, f"{quarter.reported}/{quarter.owed}" if quarter.owed else "", late, address


def _headings() -> list[str]:
    return [gettext("Q%(number)s") % {"number": number} if number else gettext("Year") for number in COLUMNS]


def _summary(rows: Sequence[ReportRow]) -> dict[str, Any]:
    """Counts by standing and completeness, for each column."""
    totals = [
        completeness((row.cells[number].standing, row.cells[number].late) for row in rows)
        for number in range(len(COLUMNS))
    ]
    standings = [
        (standing, SYMBOLS[standing], STANDINGS[standing], [total.standings.get(standing, 0) for total in totals])
        for standing in Standing
        if any(total.standings.get(standing) for total in totals)
    ]
    return {"totals": totals, "standings": standings}


def _choices(found: Matrix) -> dict[str, Any]:
    """What the filters offer."""
    units = by_unit(found.rows)
    return {
        "years": found.years,
        "kinds": [(kind, words) for kind, words in KINDS.items() if any(unit.kind == kind for unit in units)],
        "groups": sorted({(unit.group, in_language(unit.group_th, unit.group_en)) for unit in units if unit.group}),
        "indicators": sorted({(row.code, in_language(row.name_th, row.name_en)) for row in found.rows}),
        "standings": STANDINGS.items(),
        "unit": next(iter(units), None) if len(units) == 1 else None,
    }


def _count(lines: int, *, by_report: bool) -> str:
    if by_report:
        return ngettext("%(count)s indicator of a unit", "%(count)s indicators of units", lines) % {"count": lines}
    return ngettext("%(count)s unit", "%(count)s units", lines) % {"count": lines}


def _columns() -> list[Column]:
    fixed = [
        Column(gettext("Unit code"), 12),
        Column(gettext("Unit"), 34),
        Column(gettext("Kind of unit"), 18),
        Column(gettext("District group"), 22),
        Column(gettext("Indicator"), 14),
        Column(gettext("Name of the indicator"), 60),
    ]
    for name in _headings():
        fixed += [Column(name, 24), Column(gettext("%(quarter)s: days late") % {"quarter": name}, 12)]
    return fixed


def _values(line: Line) -> list[Value]:
    """A report's row of the workbook. Days late are a number; empty in time."""
    row, unit = line.rows[0], line.unit
    fixed: list[Value] = [
        unit.code,
        in_language(unit.name_th, unit.name_en),
        str(KINDS.get(unit.kind, unit.kind)),
        in_language(unit.group_th, unit.group_en),
        row.code,
        in_language(row.name_th, row.name_en),
    ]
    each: list[Value] = []
    for cell in row.cells:
        each += [str(STANDINGS[cell.standing]), cell.late or None]
    return fixed + each
