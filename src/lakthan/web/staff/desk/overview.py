"""The list of all indicators of a fiscal year."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.indicators import desk
from lakthan.apps.indicators.desk import DeskRow, DeskYears
from lakthan.apps.people.selectors import today
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.listing import listing
from lakthan.web.staff.desk.wording import CLASSES
from lakthan.web.wording import in_language

ROWS_PER_PAGE = 50
BRANCH_DEPTH = 2
"""How many levels of the plan can be chosen in the filter."""
COLUMNS = {
    "code": lambda row: row.code,
    "name": lambda row: in_language(row.name_th, row.name_en),
    "owner": lambda row: in_language(row.owner_th, row.owner_en),
    "kind": lambda row: row.kind or None,
    "units": lambda row: row.assignments,
    "target": lambda row: row.target,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks to see; empty texts ask for nothing."""

    text: str
    owner: str
    branch: str
    class_: str
    assigned: str

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        """From the query of the address."""
        return cls(
            query.get("text", "").strip()[:100],
            query.get("owner", ""),
            query.get("branch", ""),
            query.get("class", ""),
            query.get("assigned", ""),
        )

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return any((self.text, self.owner, self.branch, self.class_, self.assigned))

    def shows(self, row: DeskRow) -> bool:
        """Whether a row is asked for."""
        words = f"{row.code} {row.name_th} {row.name_en}".casefold()
        return (
            self.text.casefold() in words
            and self.owner in ("", str(row.owner))
            and (not self.branch or self.branch in map(str, row.branches))
            and (not self.class_ or self.class_ in row.classes)
            and self.assigned in ("", "yes" if row.assignments else "no")
        )


@performs(Action.DEFINE_INDICATORS)
@require_safe
@never_cache
def overview(request: ActingRequest) -> HttpResponse:
    """All indicators, as they stand in the fiscal year that is asked for."""
    years = desk.desk_years(today())
    year = chosen_year(request.GET.get("fiscal-year", ""), years)
    page, filters = desk.desk_page(request.actor, year), Filters.of(request.GET)
    rows = page.rows
    shown = [row for row in rows if filters.shows(row)]
    return render(
        request,
        "staff/desk/overview.html",
        {
            "fiscal_year": year,
            "fiscal_years": years.all,
            "filters": filters,
            "total": len(rows),
            "listing": listing(request.GET, shown, COLUMNS, ROWS_PER_PAGE),
            "owners": _owners(rows),
            "branches": [node for node in page.nodes if node.depth < BRANCH_DEPTH],
            "classes": CLASSES.items(),
        },
    )


def chosen_year(asked: str, years: DeskYears) -> FiscalYear:
    """The year asked for, else the newest that has assignments.

    Raises:
        NotFound: it is no year of the desk.
    """
    for year in years.all:
        if asked == str(year.be):
            return year
    if not asked:
        return years.newest
    known = ", ".join(str(year.be) for year in years.all)
    raise NotFound(
        f"ไม่มีปีงบประมาณ “{asked}” ให้เลือก ปีที่เลือกได้คือ {known}",
        f"There is no fiscal year “{asked}” here; the years to choose from are {known}.",
    )


def _owners(rows: tuple[DeskRow, ...]) -> list[tuple[UUID, str, str]]:
    return sorted({(row.owner, row.owner_th, row.owner_en) for row in rows}, key=lambda owner: owner[1])
