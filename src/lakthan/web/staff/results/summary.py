"""The executive's page: one screen for a fiscal year, each number leading to its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.reporting.selectors import fiscal_years
from lakthan.apps.reporting.summary import Counts, Slice, Summary, SummaryLine, executive_summary
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.pace import Outlook
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.quarters import QuarterView, quarter_chart, quarter_views

NAMED = 12
"""Districts that are named below a target that will be missed; the others are counted."""
QUARTERS = frozenset("1234")
ON_TARGET = frozenset({Outlook.MET, Outlook.ON_PACE})
UNMEASURED = frozenset({Outlook.NOT_APPLICABLE, Outlook.CANCELLED})
GROUPS: Mapping[str, frozenset[Outlook]] = {
    "on-target": ON_TARGET,
    "behind": frozenset({Outlook.BEHIND}),
    "no-data": frozenset({Outlook.NO_DATA}),
    "slowed": frozenset({Outlook.SLOWED}),
    "not-measured": UNMEASURED,
}
"""The numbers at the head of the page, by the word of the address that shows their list."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a bar that is as long as the number of indicators it stands for."""

    outlook: Outlook
    x: int
    width: int


def strips(counts: Counts) -> tuple[Strip, ...]:
    """The counts side by side in the order of the outlooks, without those that are 0."""
    found, x = [], 0
    for outlook in Outlook:
        if counts[outlook]:
            found.append(Strip(outlook, x, counts[outlook]))
            x += counts[outlook]
    return tuple(found)


@performs(Action.READ_SUMMARY)
@require_safe
@never_cache
def summary(request: ActingRequest) -> HttpResponse:
    """The year that is asked for, as seen from a quarter."""
    years = fiscal_years()
    asked = request.GET.get("fiscal-year", "")
    year = next((each for each in years if asked == str(each.be)), years[0] if years else None)
    if year is None:
        return render(request, "staff/results/summary.html", {"page": None})
    quarter = request.GET.get("quarter", "")
    page = executive_summary(request.actor, year, int(quarter) if quarter in QUARTERS else None)
    shown = [line for line in page.lines if _is_asked_for(line, request)]
    context = {
        "page": page,
        "years": years,
        "heads": [(name, sum(page.counts[each] for each in group)) for name, group in GROUPS.items()],
        "by_quarter": [(number, counts, strips(counts)) for number, counts in enumerate(page.over_quarters, start=1)],
        "branches": _rows(page.branches),
        "agencies": _rows(page.agencies),
        "missed": [(each, each.without[:NAMED], max(len(each.without) - NAMED, 0)) for each in page.missed],
        "lines": _lines(shown),
        "asked": request.GET,
        "narrowed": len(shown) < len(page.lines),
        "quarters": _quarters(page, year),
        "legend": [outlook for outlook in Outlook if any(counts[outlook] for counts in page.over_quarters)],
    }
    return render(request, "staff/results/summary.html", context)


def _is_asked_for(line: SummaryLine, request: ActingRequest) -> bool:
    query = request.GET
    group = GROUPS.get(query.get("show", ""))
    branch = query.get("branch", "")
    return (
        (group is None or line.projection.outlook in group)
        and query.get("agency", "") in ("", str(line.agency))
        and (not branch or branch in map(str, line.branches) or (branch == "none" and not line.branches))
    )


def _rows(slices: Sequence[Slice]) -> list[tuple[Slice, list[tuple[str, int]], tuple[Strip, ...]]]:
    return [
        (each, [(name, sum(each.counts[one] for one in group)) for name, group in GROUPS.items()], strips(each.counts))
        for each in slices
    ]


def _lines(lines: Sequence[SummaryLine]) -> list[tuple[SummaryLine, QuarterView, object, object]]:
    """Each line with the view of its quarter, the quarters that can be looked from, and their chart."""
    found: list[tuple[SummaryLine, QuarterView, object, object]] = []
    for line in lines:
        views = quarter_views(line.quarters)
        found.append((line, QuarterView(line.selected), views, quarter_chart(views)))
    return found


def _quarters(page: Summary, year: FiscalYear) -> list[tuple[int, bool]]:
    """The quarters of the year, and whether each has begun."""
    return [(each.number, each.number <= page.begun) for each in year.quarters]
