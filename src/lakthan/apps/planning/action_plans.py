"""Annual action plans of districts: the list of all, and the register of one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count

from lakthan.apps.people.directory import UnitLabel, districts_in_reach
from lakthan.apps.planning.deciding import (
    DecisionLine,
    PlanState,
    decision_line,
    plan_state,
    refuse_unseen,
    state_of,
    with_confirmation,
)
from lakthan.apps.planning.models import ActionPlan, Decline, Inclusion
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.action_plan import BudgetTotal, budget_total
from lakthan.rules.permissions import Action, Actor


@dataclass(frozen=True, slots=True)
class PlanCell:
    """The action plan of a district and year in the list of all; `plan` is None where it is not opened."""

    fiscal_year: FiscalYear
    plan: PlanState | None
    inclusions: int
    total: BudgetTotal


@dataclass(frozen=True, slots=True)
class DistrictPlans:
    """The action plans of a district, by year."""

    district: UnitLabel
    cells: tuple[PlanCell, ...]


@dataclass(frozen=True, slots=True)
class PlanOverview:
    """All districts that the actor may see, with the years that any has a plan of, newest first."""

    fiscal_years: tuple[FiscalYear, ...]
    districts: tuple[DistrictPlans, ...]
    totals: tuple[PlanCell, ...]
    """Of all these districts; `plan` is None."""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """An inclusion in the register, with the project it takes in."""

    decision: DecisionLine
    project_id: UUID
    project_name: str
    field: str
    way: str
    community_code: str
    community_name: str
    is_shared: bool
    """Whether another line before this one has the same item, and so tells its budget."""


@dataclass(frozen=True, slots=True)
class Register:
    """The register of an action plan: inclusions that stand, in order of item; and those withdrawn."""

    fiscal_year: FiscalYear
    plan: PlanState | None
    lines: tuple[RegisterLine, ...]
    withdrawn: tuple[RegisterLine, ...]
    total: BudgetTotal
    declined: int

    @property
    def communities(self) -> int:
        """How many communities have a project in it."""
        return len({line.community_code for line in self.lines})


def plan_overview(actor: Actor, today: date) -> PlanOverview:
    """The action plans of all districts that the actor may see; three statements."""
    districts = districts_in_reach(actor, Action.READ_DISTRICT_RECORDS, today)
    units = [district.id for district in districts]
    rows = with_confirmation(ActionPlan.objects.filter(unit__in=units))
    plans = {(row.unit_id, row.fiscal_year): state_of(row) for row in rows}
    standing = Inclusion.objects.filter(unit__in=units, ended_on=None).order_by()
    items: dict[tuple[UUID, int], list[tuple[int, Decimal | None, int]]] = defaultdict(list)
    for unit, year, *item in standing.values_list("unit", "fiscal_year", "item_number", "budget").annotate(Count("pk")):
        items[unit, year].append((item[0], item[1], item[2]))
    years = tuple(FiscalYear(year) for year in sorted({year for _, year in plans}, reverse=True))
    lines = tuple(
        DistrictPlans(district, tuple(_cell(plans, items, district.id, year) for year in years))
        for district in districts
    )
    totals = (_sum(year, [line.cells[at] for line in lines]) for at, year in enumerate(years))
    return PlanOverview(years, lines, tuple(totals))


def _cell(
    plans: dict[tuple[UUID, int], PlanState],
    items: dict[tuple[UUID, int], list[tuple[int, Decimal | None, int]]],
    unit: UUID,
    year: FiscalYear,
) -> PlanCell:
    own = items.get((unit, year.be), [])
    total = budget_total((number, budget) for number, budget, _ in own)
    return PlanCell(year, plans.get((unit, year.be)), sum(count for _, _, count in own), total)


def _sum(year: FiscalYear, cells: Iterable[PlanCell]) -> PlanCell:
    own = list(cells)
    total = BudgetTotal(
        sum((cell.total.baht for cell in own), Decimal("0.00")),
        sum(cell.total.items for cell in own),
        sum(cell.total.unstated for cell in own),
    )
    return PlanCell(year, None, sum(cell.inclusions for cell in own), total)


def register(actor: Actor, unit: UUID, fiscal_year: FiscalYear) -> Register:
    """The register of a district's action plan; three statements.

    Raises:
        NotFound: the actor may not see the district.
    """
    refuse_unseen(actor, unit)
    of_plan = {"unit": unit, "fiscal_year": fiscal_year.be}
    rows = Inclusion.objects.filter(**of_plan).select_related("project__plan__community")
    ordered = sorted(rows, key=lambda row: (row.item_number, row.project.plan.community.code, row.pk))
    lines = tuple(_lines(row for row in ordered if row.ended_on is None))
    return Register(
        fiscal_year,
        plan_state(unit, fiscal_year),
        lines,
        tuple(_lines(row for row in ordered if row.ended_on is not None)),
        budget_total((line.decision.item_number, line.decision.budget) for line in lines),
        Decline.objects.filter(**of_plan, ended_on=None).count(),
    )


def _lines(rows: Iterable[Inclusion]) -> Iterable[RegisterLine]:
    told: set[int] = set()
    for row in rows:
        project, community = row.project, row.project.plan.community
        yield RegisterLine(
            decision_line(row),
            project.pk,
            project.name,
            project.field,
            project.way,
            community.code,
            community.name,
            is_shared=row.item_number in told,
        )
        told.add(row.item_number)
