"""The list of all reports of a fiscal year, and the same as a workbook."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people.selectors import present
from lakthan.apps.reporting.listed import Branch, ListedReports, ReportRow, listed_reports
from lakthan.core.errors import NotFound
from lakthan.exchange.workbooks import workbook
from lakthan.rules.permissions import Action
from lakthan.rules.workflow import State
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.converters import FiscalYearConverter
from lakthan.web.file_answers import workbook_answer
from lakthan.web.listing import Key, listing
from lakthan.web.quarters import Standing
from lakthan.web.staff.desk.wording import CLASSES
from lakthan.web.staff.report_filters import PLACES, Filters, standing_of
from lakthan.web.staff.report_rows import row_views
from lakthan.web.staff.report_sheet import report_sheet
from lakthan.web.staff.wording import UNIT_KINDS
from lakthan.web.wording import PAPER_STATES, STANDINGS, in_language


@performs(Action.READ_REPORT)
@require_safe
@never_cache
def report_list(request: ActingRequest) -> HttpResponse:
    """The reports of a year that the person may read, as the address asks for them."""
    listed = _listed(request)
    filters = Filters.of(request.GET, listed.rows)
    found = filters.found(listed.rows)
    shown = listing(request.GET, filters.shown(found), _columns(filters))
    return render(
        request,
        "staff/report_list.html",
        {
            "listed": listed,
            "filters": filters,
            "places": PLACES,
            "listing": shown,
            "rows": row_views(shown.rows, listed.fiscal_year),
            "work_words": gettext("Work"),
            "standings": _counted(Counter(standing_of(filters.cell(row)) for row in found), STANDINGS, Standing),
            "states": _counted(Counter(filters.cell(row).state for row in found), PAPER_STATES, State),
            "all_states": PAPER_STATES.items(),
            "all_standings": STANDINGS.items(),
            "units": _units(listed.rows),
            "kinds": [
                (kind, words) for kind, words in UNIT_KINDS.items() if any(r.unit_kind == kind for r in listed.rows)
            ],
            "branches": _branches(listed.rows),
            "classes": CLASSES.items(),
        },
    )


@performs(Action.READ_REPORT)
@require_safe
@never_cache
def report_workbook(request: ActingRequest) -> HttpResponse:
    """The same rows as the list shows, on all its pages, as a workbook."""
    listed = _listed(request)
    filters = Filters.of(request.GET, listed.rows)
    shown = filters.shown(filters.found(listed.rows))
    sheet = report_sheet(listed, filters, shown)
    return workbook_answer(workbook([sheet], present()), f"lakthan-reports-{listed.fiscal_year.be}.xlsx")


def _listed(request: ActingRequest) -> ListedReports:
    """The reports of the year that the address asks for; without one those of the newest.

    Raises:
        NotFound: it asks for something that is no year.
    """
    asked = request.GET.get("fiscal-year", "")
    if not asked:
        return listed_reports(request.actor)
    try:
        year = FiscalYearConverter().to_python(asked)
    except ValueError as error:
        raise NotFound(f"“{asked}” ไม่ใช่ปีงบประมาณ", f"“{asked}” is no fiscal year.") from error
    return listed_reports(request.actor, year)


def _columns(filters: Filters) -> Mapping[str, Key[ReportRow]]:
    """What the list can be sorted by; value, standing and state are those of the chosen quarter."""
    states, standings = list(State), list(Standing)
    return {
        "code": lambda row: row.code,
        "name": lambda row: in_language(row.name_th, row.name_en),
        "unit": lambda row: (row.unit_code, in_language(row.unit_th, row.unit_en)),
        "value": lambda row: filters.cell(row).figure.figure.value,
        "result": lambda row: standings.index(standing_of(filters.cell(row))),
        "state": lambda row: states.index(filters.cell(row).state),
    }


def _counted(counts: Mapping[Any, int], words: Mapping[Any, Any], order: Any) -> list[tuple[Any, Any, int]]:
    return [(item, words[item], counts[item]) for item in order if counts.get(item)]


def _units(rows: Sequence[ReportRow]) -> list[tuple[str, str, str]]:
    found = {str(row.unit): (row.unit_code, row.unit_th, row.unit_en) for row in rows}
    return [(unit, th, en) for unit, (_, th, en) in sorted(found.items(), key=lambda item: item[1])]


def _kinds(rows: Sequence[ReportRow]) -> list[tuple[str, Any]]:
    found = {row.unit_kind for row in rows}
    return [(kind, words) for kind, words in UNIT_KINDS.items() if kind in found]


def _branches(rows: Sequence[ReportRow]) -> list[Branch]:
    found = {branch.id: branch for row in rows for branch in row.branches}
    return [found[name] for name in sorted(found)]
