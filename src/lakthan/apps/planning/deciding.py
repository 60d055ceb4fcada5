"""What a district sees when it decides about projects of communities: the projects, and what was decided of each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from lakthan.apps.planning.models import (
    ActionPlan,
    CommunityPlan,
    CommunityProject,
    Decline,
    Inclusion,
)
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.action_plan import BudgetTotal, budget_total, next_item
from lakthan.rules.permissions import Action, Actor, refusal

EARLIER, LATER = 1, 1
"""Fiscal years that can be chosen before and after the present one, besides those with an action plan."""
ASKED = Q(is_current=True) & ~Q(way=CommunityProject.Way.ITSELF)
PLAN_TEXTS = tuple(f"plan__{field}" for field in CommunityProject.Field.values)
"""What no list shows."""


class Standing(StrEnum):
    """What a district has decided about a project for a fiscal year."""

    UNDECIDED = "undecided"
    INCLUDED = "included"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision as a page shows it. An inclusion has an item number, a decline a reason."""

    id: UUID
    fiscal_year: int
    effective_on: date
    document: str
    correction: str
    ended_on: date | None
    end_reason: str
    end_is_correction: bool
    item_number: int | None = None
    name: str = ""
    budget: Decimal | None = None
    reason_code: str = ""
    reason: str = ""

    @property
    def is_inclusion(self) -> bool:
        """Whether the project was taken in."""
        return self.item_number is not None

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.ended_on is None

    @property
    def is_corrected(self) -> bool:
        """Whether it was made, or withdrawn, after the list was confirmed."""
        return bool(self.correction) or self.end_is_correction


@dataclass(frozen=True, slots=True)
class ProposedProject:
    """A project that a community asks of the district, with the decisions of the year and of other years."""

    id: UUID
    name: str
    problem: str
    field: str
    way: str
    estimate: Decimal | None
    priority: int | None
    community_code: str
    community_name: str
    plan_on: date
    is_replaced: bool
    """Whether the community has a younger plan by now, or the plan has run out."""
    here: tuple[DecisionLine, ...]
    elsewhere: tuple[DecisionLine, ...]

    @property
    def standing(self) -> Standing:
        """What holds in the year."""
        standing = [line for line in self.here if line.stands]
        if any(line.is_inclusion for line in standing):
            return Standing.INCLUDED
        return Standing.DECLINED if standing else Standing.UNDECIDED


@dataclass(frozen=True, slots=True)
class PlanState:
    """An action plan and whether its list was confirmed."""

    id: UUID
    effective_on: date
    document: str
    confirmed_on: date | None
    confirmation_document: str

    @property
    def is_confirmed(self) -> bool:
        """Whether what is decided now is a correction."""
        return self.confirmed_on is not None


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """All that a district decides about for the action plan of a fiscal year; `plan` is None before it is opened."""

    fiscal_year: FiscalYear
    plan: PlanState | None
    projects: tuple[ProposedProject, ...]
    total: BudgetTotal
    next_item: int

    @property
    def inclusions(self) -> int:
        """How many inclusions stand; a project may be split into several items."""
        return sum(line.is_inclusion and line.stands for project in self.projects for line in project.here)

    def count(self, standing: Standing) -> int:
        """How many projects stand so."""
        return sum(project.standing is standing for project in self.projects)


def refuse_unseen(actor: Actor, unit: UUID) -> None:
    """Raise `NotFound` where the actor may not see the records of a district."""
    if refusal(actor, Action.READ_DISTRICT_RECORDS, str(unit)) is not None:
        raise NotFound("ไม่พบสำนักงานเขตนี้", "There is no such district office that you may see.")


def decision_table(actor: Actor, unit: UUID, fiscal_year: FiscalYear, today: date) -> DecisionTable:
    """The projects that the district's communities ask of it in current plans, and those decided in the year; four
    statements.

    Plans are those of today, or of the last day of a year that is past.

    Raises:
        NotFound: the actor may not see the district.
    """
    refuse_unseen(actor, unit)
    on = min(today, fiscal_year.last_day)
    of_year = {"project": OuterRef("pk"), "fiscal_year": fiscal_year.be}
    decided = Exists(Inclusion.objects.filter(**of_year)) | Exists(Decline.objects.filter(**of_year))
    found = with_currency(CommunityProject.objects.filter(unit=unit), on).filter(ASKED | decided)
    projects = list(found.select_related("plan__community").defer(*PLAN_TEXTS))
    lines = decision_lines(unit, [project.pk for project in projects])
    rows = [_proposed(project, fiscal_year.be, lines[project.pk]) for project in projects]
    rows.sort(key=lambda row: (row.community_code, row.priority is None, row.priority or 0, row.name))
    here = [line for row in rows for line in row.here if line.is_inclusion]
    return DecisionTable(
        fiscal_year,
        plan_state(unit, fiscal_year),
        tuple(rows),
        budget_total((line.item_number, line.budget) for line in here if line.stands),
        next_item(line.item_number or 0 for line in here),
    )


def with_currency(projects: QuerySet[CommunityProject], on: date) -> QuerySet[CommunityProject]:
    """Projects with `is_current`: whether their plan is its community's on a day, the youngest of those in force."""
    younger = CommunityPlan.objects.filter(
        community=OuterRef("plan__community"), effective_on__gt=OuterRef("plan__effective_on"), effective_on__lte=on
    )
    in_force = Q(plan__effective_on__lte=on, plan__valid_until__gte=on)
    return projects.annotate(is_current=Case(When(in_force & ~Exists(younger), then=True), default=False))


def decision_lines(unit: UUID, projects: Iterable[UUID]) -> dict[UUID, list[DecisionLine]]:
    """The decisions about projects of a district, of all years, in order of year and item; two statements."""
    lines: dict[UUID, list[DecisionLine]] = defaultdict(list)
    about = {"unit": unit, "project__in": list(projects)}
    rows: list[Inclusion | Decline] = [*Inclusion.objects.filter(**about), *Decline.objects.filter(**about)]
    for row in rows:
        lines[row.project_id].append(decision_line(row))
    for of_project in lines.values():
        of_project.sort(key=lambda line: (line.fiscal_year, line.effective_on, line.item_number or 0, line.id))
    return lines


def decision_line(row: Inclusion | Decline) -> DecisionLine:
    """A decision as pages show it."""
    own: dict[str, object] = (
        {"item_number": row.item_number, "name": row.name, "budget": row.budget}
        if isinstance(row, Inclusion)
        else {"reason_code": row.reason_code, "reason": row.reason}
    )
    return DecisionLine(
        row.pk,
        row.fiscal_year,
        row.effective_on,
        row.document,
        row.correction,
        row.ended_on,
        row.end_reason,
        row.end_is_correction,
        **own,  # type: ignore[arg-type]
    )


def _proposed(project: CommunityProject, year: int, lines: Sequence[DecisionLine]) -> ProposedProject:
    return ProposedProject(
        id=project.pk,
        name=project.name,
        problem=project.problem,
        field=project.field,
        way=project.way,
        estimate=project.estimate,
        priority=project.priority,
        community_code=project.plan.community.code,
        community_name=project.plan.community.name,
        plan_on=project.plan.effective_on,
        is_replaced=not getattr(project, "is_current"),  # noqa: B009 - an annotation
        here=tuple(line for line in lines if line.fiscal_year == year),
        elsewhere=tuple(line for line in lines if line.fiscal_year != year),
    )


def plan_state(unit: UUID, fiscal_year: FiscalYear) -> PlanState | None:
    """The action plan of a district and year; None before it is opened. One statement."""
    rows = ActionPlan.objects.filter(unit=unit, fiscal_year=fiscal_year.be)
    return next((state_of(row) for row in with_confirmation(rows)), None)


def with_confirmation(plans: QuerySet[ActionPlan]) -> QuerySet[ActionPlan]:
    """Action plans with the day and document of their confirmation."""
    return plans.annotate(
        confirmed_on=F("confirmations__effective_on"), confirmation_document=F("confirmations__document")
    )


def state_of(row: ActionPlan) -> PlanState:
    """An action plan from `with_confirmation`."""
    confirmed_on: date | None = getattr(row, "confirmed_on")  # noqa: B009 - an annotation
    document = getattr(row, "confirmation_document") or ""  # noqa: B009 - an annotation
    return PlanState(row.pk, row.effective_on, row.document, confirmed_on, document)


def action_plan_row(actor: Actor, unit: UUID, fiscal_year: FiscalYear) -> ActionPlan:
    """The action plan to decide for.

    Raises:
        NotFound: it is not opened yet, or the actor may not see the district.
    """
    refuse_unseen(actor, unit)
    found = ActionPlan.objects.filter(unit=unit, fiscal_year=fiscal_year.be).first()
    if found is None:
        raise NotFound(
            f"ยังไม่ได้เปิดแผนปฏิบัติราชการ{fiscal_year.label_th}ของสำนักงานเขตนี้",
            f"The district has not opened its action plan of {fiscal_year.label_en}.",
        )
    return found


def projects_named(unit: UUID, ids: Iterable[UUID]) -> dict[UUID, CommunityProject]:
    """The projects of a district with these identifiers, in the order of its table; one statement."""
    rows = CommunityProject.objects.filter(unit=unit, pk__in=list(ids)).select_related("plan__community")
    return {row.pk: row for row in rows.order_by("plan__community__code", "priority", "name", "pk")}


def decision_named(actor: Actor, decision: UUID) -> Inclusion | Decline:
    """A decision with its action plan, project and community.

    Raises:
        NotFound: there is none, or the actor may not see its district.
    """
    joins = ("action_plan", "project__plan__community")
    row: Inclusion | Decline | None = (
        Inclusion.objects.select_related(*joins).filter(pk=decision).first()
        or Decline.objects.select_related(*joins).filter(pk=decision).first()
    )
    if row is None or refusal(actor, Action.READ_DISTRICT_RECORDS, str(row.unit_id)) is not None:
        raise NotFound("ไม่พบมตินี้", "There is no such decision.")
    return row


def years_to_choose(unit: UUID | None, today: date) -> tuple[FiscalYear, ...]:
    """The fiscal years one may decide about: those near today, and those with an action plan; newest first."""
    plans = ActionPlan.objects.order_by() if unit is None else ActionPlan.objects.filter(unit=unit).order_by()
    here = FiscalYear.of(today).be
    near = range(here - EARLIER, here + LATER + 1)
    return tuple(
        FiscalYear(year) for year in sorted({*near, *plans.values_list("fiscal_year", flat=True)}, reverse=True)
    )
