"""The public pages: what anyone may see without signing in."""

from collections import Counter
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lakthan.apps.reporting import selectors as reporting
from lakthan.apps.reporting.paths import project_path
from lakthan.apps.reporting.published import public_reports
from lakthan.apps.reporting.shapes import IndicatorPage, TraceRow
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, refusal
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.population import (
    Choice,
    PopulationKind,
    chosen_members,
    district_counts,
    everyone,
    population_kind,
    tiles,
)
from lakthan.web.quarters import QuarterView, Standing, quarter_chart, quarter_views

ROWS_PER_PAGE = 100


@performs(Action.READ_PUBLIC)
@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """The indicators of a fiscal year: the one asked for, else the newest."""
    years = reporting.fiscal_years()
    year = _chosen_year(request.GET.get("fiscal-year"), years)
    lines = [
        (row.indicator, quarter_views(row.quarters), QuarterView(row.latest))
        for row in (reporting.indicator_list(year) if year else ())
    ]
    standings = Counter(latest.standing for _, _, latest in lines)
    return render(
        request,
        "web/indicator_list.html",
        {
            "fiscal_year": year,
            "fiscal_years": years,
            "lines": [(indicator, quarters, latest, quarter_chart(quarters)) for indicator, quarters, latest in lines],
            "met": standings[Standing.MET],
            "standings": [(standing, standings[standing]) for standing in Standing if standings[standing]],
        },
    )


def _chosen_year(asked: str | None, years: tuple[FiscalYear, ...]) -> FiscalYear | None:
    """The year asked for, else the newest; None where no year has indicators."""
    if asked is None:
        return years[0] if years else None
    for year in years:
        if asked == str(year.be):
            return year
    known = ", ".join(str(year.be) for year in years)
    raise NotFound(
        f"ไม่มีตัวชี้วัดของปีงบประมาณ “{asked}” ปีที่มีคือ {known}",
        f"There are no indicators of fiscal year “{asked}”; the years that have some are {known}.",
    )


@performs(Action.READ_PUBLIC)
@require_safe
def indicator(request: HttpRequest, code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> HttpResponse:
    """An indicator with its figure of a quarter and who stands behind it."""
    page = reporting.indicator_page(code, fiscal_year, quarter)
    quarters = quarter_views(page.quarters)
    return render(
        request,
        "web/indicator.html",
        {
            "page": page,
            "asked_quarter": quarter,
            "quarters": quarters,
            "recorded": page.recorded and QuarterView(page.recorded),
            "selected": QuarterView(page.selected),
            "chart": quarter_chart(quarters),
            "reports": public_reports(page.certified),
            **_population(request, page),
        },
    )


def _population(request: HttpRequest, page: IndicatorPage) -> dict[str, object]:
    """Who counted and who did not, as the address asks to see them."""
    kind = population_kind(page.indicator.formula)
    choice = Choice.of(request.GET.get("show", ""), request.GET.get("name", ""))
    known: dict[str, object] = {"kind": kind, "choice": choice}
    if kind is PopulationKind.STEPS:
        return known | {"done": {member.code for member in page.selected.figure.counted}}
    members = chosen_members(page.selected.figure, choice)
    if kind is PopulationKind.COMMUNITIES:
        districts = district_counts(page.selected.figure, page.districts)
    else:
        districts = district_counts(page.selected.figure, everyone(page.selected.figure))
    return known | {
        "tiles": tiles(districts),
        "districts": [d for d in districts if choice.finds(d.name_th, d.name_en, d.code)],
        "members": Paginator(members, ROWS_PER_PAGE).get_page(request.GET.get("page")),
    }


@performs(Action.READ_PUBLIC)
@require_safe
def district_trace(
    request: HttpRequest, code: str, fiscal_year: FiscalYear, quarter: int, district: str
) -> HttpResponse:
    """The records behind one district's part of a figure."""
    trace = reporting.district_trace(code, fiscal_year, quarter, district)
    kind = population_kind(trace.indicator.formula)
    if kind is PopulationKind.STEPS:
        raise NotFound(
            f"ตัวชี้วัด {code} วัดเป็นขั้นตอนของทั้งหน่วยงาน จึงไม่มีที่มาแยกตามสำนักงานเขต",
            f"Indicator {code} is measured in steps of the whole agency; it has no part of a district.",
        )
    return render(
        request,
        "web/district_trace.html",
        {
            "trace": trace,
            "selected": QuarterView(trace.selected),
            "kind": kind,
            "counted": bool(trace.selected.figure.counted),
            "rows": Paginator(sorted(trace.rows, key=_place_in_plan), ROWS_PER_PAGE).get_page(request.GET.get("page")),
        },
    )


def _place_in_plan(row: TraceRow) -> tuple[str, int, int, date]:
    """Items of an action plan stand in its order; all other records by date."""
    booked = row.fiscal_year if row.item_number else 0
    return row.kind, booked or 0, row.item_number or 0, row.effective_on


@performs(Action.READ_PUBLIC)
@require_safe
def project(request: ActingRequest, project: UUID) -> HttpResponse:
    """A community project's path: proposed, decided, worked on, confirmed, and the figures it counts in."""
    path = project_path(project)
    reads_records = refusal(request.actor, Action.READ_DISTRICT_RECORDS, str(path.district)) is None
    return render(request, "web/project.html", {"path": path, "reads_records": reads_records})
