"""All reports of a fiscal year that a person may read: a row for each assignment, a cell for each quarter and the year.

Whatever the number of rows and the formulas behind them, it is eight statements.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Aggregate, CharField, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat

from lakthan.apps.indicators.models import Assignment, IndicatorNode, QuarterTarget
from lakthan.apps.people.selectors import today
from lakthan.apps.reporting.certified import KeptFigure
from lakthan.apps.reporting.figures import Question, answer_all, questions
from lakthan.apps.reporting.life import AS_SUBMITTED
from lakthan.apps.reporting.models import Report, Snapshot
from lakthan.apps.reporting.papers import district_of
from lakthan.apps.reporting.selectors import with_owner_code
from lakthan.apps.reporting.shapes import QuarterFigure
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Scope
from lakthan.rules.workflow import State

QUARTERS = (1, 2, 3, 4)
LEVELS = 4
"""How many levels of the plan stand above each other."""
FIELD, LINE = "\x1f", "\x1e"


class Joined(Aggregate):
    """Texts of a group in one, with the sign for the end of a line between them."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, '" + LINE + "')"
    output_field = TextField()

    def as_sqlite(self, *args: Any, **kwargs: Any) -> Any:
        """SQLite's name of it."""
        return super().as_sql(*args, function="GROUP_CONCAT", **kwargs)


@dataclass(frozen=True, slots=True)
class Branch:
    """A node at the root of a plan."""

    id: str
    code: str
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class ReportCell:
    """The report of one quarter, or of the year, in a row."""

    quarter: int | None
    figure: QuarterFigure
    """As it was submitted, or else as the records say now. Of the year that of its last quarter."""
    is_as_submitted: bool
    state: State
    progress: int | None
    """Work progress, which is never the value; None where not given, and of the year."""
    issue: int = 1


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An assignment with the reports of its quarters and its year."""

    code: str
    name_th: str
    name_en: str
    unit: UUID
    unit_th: str
    unit_en: str
    unit_code: str
    unit_kind: str
    is_owner: bool
    """Whether the unit owns the indicator, or answers for its part of it."""
    classification: str
    measure_th: str
    measure_en: str
    """Unit of measure."""
    branches: tuple[Branch, ...]
    cells: tuple[ReportCell, ...]
    """The four quarters, then the year."""


@dataclass(frozen=True, slots=True)
class ListedReports:
    """The reports of a year, and the years there are."""

    fiscal_year: FiscalYear
    rows: tuple[ReportRow, ...]
    """In order of the indicators' codes and the units'."""
    fiscal_years: tuple[FiscalYear, ...]
    """From the first to the last in which anything is assigned, newest first."""


def listed_reports(actor: Actor, fiscal_year: FiscalYear | None = None) -> ListedReports:
    """The reports of a year (default: the newest) that the actor may read, written or not."""
    here = today()
    assignments = list(_readable(actor, fiscal_year, here))
    if not assignments:
        year = fiscal_year or FiscalYear.of(here)
        return ListedReports(year, (), _years(year.be, Assignment.objects.values_list("fiscal_year", flat=True)))
    first, year = assignments[0], FiscalYear(assignments[0].fiscal_year)
    between = getattr(first, "first_year", year.be), getattr(first, "last_year", year.be)
    figures = _figures(assignments, year, here)
    reports = _newest_reports(assignments)
    rows = [_row(assignment, figures[assignment.pk], reports) for assignment in assignments]
    rows.sort(key=lambda row: (row.code, row.unit_code, row.unit))
    return ListedReports(year, tuple(rows), _years(year.be, between))


def _years(chosen: int, assigned: Iterable[int]) -> tuple[FiscalYear, ...]:
    years = {chosen, *assigned}
    return tuple(FiscalYear(year) for year in range(max(years), min(years) - 1, -1))


def _readable(actor: Actor, fiscal_year: FiscalYear | None, here: date) -> QuerySet[Assignment]:
    """The assignments of the year with their quarters' targets and the branches that their indicators serve."""
    scopes = PERMISSIONS[Action.READ_REPORT]
    rows = Assignment.objects.all()
    if not any(scopes.get(held.role) is Scope.ANY_UNIT for held in actor.held):
        own = {UUID(held.unit) for held in actor.held if held.unit and scopes.get(held.role) is Scope.OWN_UNIT}
        rows = rows.filter(unit__in=own)
    years = rows.order_by().values("fiscal_year")
    newest, first = (Subquery(years.order_by(order)[:1]) for order in ("-fiscal_year", "fiscal_year"))
    targets = QuarterTarget.objects.filter(assignment=OuterRef("pk"))
    of_quarters = {f"target_{n}": Subquery(targets.filter(quarter=n).values("target")[:1]) for n in QUARTERS}
    found = with_owner_code(rows.filter(fiscal_year=fiscal_year.be if fiscal_year else newest), here)
    return found.annotate(**of_quarters, branches=Subquery(_branches()), last_year=newest, first_year=first)


def _branches() -> QuerySet[IndicatorNode, Any]:
    """The roots above the nodes that an indicator serves, as lines of text."""

    def root(column: str) -> Coalesce:
        paths = [f"node__{'parent__' * above}{column}" for above in reversed(range(LEVELS))]
        return Coalesce(*(F(path) for path in paths), output_field=CharField())

    parts: list[Any] = [root("code"), Value(FIELD), root("name_th"), Value(FIELD), root("name_en")]
    links = IndicatorNode.objects.filter(indicator=OuterRef("indicator"), ended_on=None).order_by()
    lines = links.annotate(line=Concat(root("version__code"), Value(FIELD), *parts, output_field=TextField()))
    return lines.values("indicator").annotate(text=Joined("line")).values("text")


def _figures(
    assignments: Sequence[Assignment], fiscal_year: FiscalYear, here: date
) -> Mapping[UUID, Sequence[QuarterFigure]]:
    """The four figures of each assignment, as the records say now."""
    agreed = {
        (row.pk, quarter): target
        for row in assignments
        for quarter in QUARTERS
        if (target := getattr(row, f"target_{quarter}")) is not None
    }
    asked = questions(assignments, fiscal_year, here, agreed=agreed)
    flat: list[Question] = []
    for assignment in assignments:
        district = district_of(assignment)
        flat += [replace(question, district=district) for question in asked[assignment.pk]]
    answers = answer_all(flat, here)
    size = len(QUARTERS)
    return {row.pk: answers[n * size : (n + 1) * size] for n, row in enumerate(assignments)}


def _newest_reports(assignments: Iterable[Assignment]) -> Mapping[tuple[UUID, int | None], Report]:
    """The newest issues by assignment and quarter, with the figure that was last submitted; one statement."""
    kept = Snapshot.objects.filter(report=OuterRef("pk")).order_by("-number")
    columns = ("assignment", "quarter", "state", "progress", "issue")
    rows = Report.objects.filter(assignment__in=[row.pk for row in assignments]).only(*columns).order_by("issue")
    return {(row.assignment_id, row.quarter): row for row in rows.annotate(kept=Subquery(kept.values("figure")[:1]))}


def _row(
    assignment: Assignment, quarters: Sequence[QuarterFigure], reports: Mapping[tuple[UUID, int | None], Report]
) -> ReportRow:
    indicator, unit = assignment.indicator, assignment.unit
    of_year = quarters[-1]
    cells = [_cell(n, figure, reports.get((assignment.pk, n))) for n, figure in zip(QUARTERS, quarters, strict=True)]
    return ReportRow(
        code=indicator.code,
        name_th=indicator.name_th,
        name_en=indicator.name_en,
        unit=unit.pk,
        unit_th=unit.name_th,
        unit_en=unit.name_en,
        unit_code=getattr(assignment, "owner_code", None) or "",
        unit_kind=unit.kind,
        is_owner=unit.pk == indicator.unit_id,
        classification=assignment.classification,
        measure_th=assignment.definition.unit_th,
        measure_en=assignment.definition.unit_en,
        branches=_read_branches(getattr(assignment, "branches", None) or ""),
        cells=(*cells, _cell(None, of_year, reports.get((assignment.pk, None)))),
    )


def _read_branches(text: str) -> tuple[Branch, ...]:
    found = {}
    for line in text.split(LINE) if text else ():
        version, code, name_th, name_en = line.split(FIELD)
        found[version, code] = Branch(f"{version}:{code}", code, name_th, name_en)
    return tuple(found[key] for key in sorted(found))


def _cell(quarter: int | None, figure: QuarterFigure, report: Report | None) -> ReportCell:
    if report is None:
        return ReportCell(quarter, figure, is_as_submitted=False, state=State.OPEN, progress=None)
    state = State(report.state)
    kept = getattr(report, "kept", None) if state in AS_SUBMITTED else None
    if kept:
        line = msgspec.convert(kept, KeptFigure)
        figure = replace(figure, figure=line.figure, as_of=line.as_of, target=line.target)
    return ReportCell(quarter, figure, bool(kept), state, report.progress, report.issue)
