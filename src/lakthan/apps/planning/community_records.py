"""What the register shows of a community's planning: its plans and projects, what was decided, and its meetings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q

from lakthan.apps.communities.models import Community
from lakthan.apps.planning.models import CommunityPlan, CommunityProject, Decline, Inclusion, Meeting, PlanProposal
from lakthan.rules.permissions import Action, Actor, reach, require


class PlanState(StrEnum):
    """Whether a community has a plan on a day."""

    CURRENT = "current"
    ENDED = "ended"
    """It had one, which is no longer valid."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Planned:
    """How far a community is with its plan."""

    state: PlanState = PlanState.NONE
    valid_until: date | None = None
    """Of the plan that is valid longest; None without one."""
    is_prepared: bool = False
    """Whether a plan is being prepared, or waits for the district."""


OPEN_PROPOSALS = (PlanProposal.State.DRAFT, PlanProposal.State.SENT, PlanProposal.State.RETURNED)


def planned(actor: Actor, on: date, unit: UUID | None = None) -> Mapping[UUID, Planned]:
    """How far the communities of the districts that the actor may read are with their plans; two queries.

    Communities without a plan and without one in preparation are left out.
    """
    plans, proposals = CommunityPlan.objects.filter(effective_on__lte=on), PlanProposal.objects.all()
    units = reach(actor, Action.READ_DISTRICT_RECORDS)
    if units is not None:
        allowed = [UUID(held) for held in units]
        plans, proposals = plans.filter(unit__in=allowed), proposals.filter(unit__in=allowed)
    if unit is not None:
        plans, proposals = plans.filter(unit=unit), proposals.filter(unit=unit)
    last: dict[UUID, date] = {}
    for community, until in plans.values_list("community_id", "valid_until"):
        last[community] = max(until, last.get(community, until))
    prepared = set(proposals.filter(state__in=OPEN_PROPOSALS).values_list("community_id", flat=True))
    return {
        community: Planned(_state(last.get(community), on), last.get(community), community in prepared)
        for community in last.keys() | prepared
    }


def _state(valid_until: date | None, on: date) -> PlanState:
    if valid_until is None:
        return PlanState.NONE
    return PlanState.CURRENT if on <= valid_until else PlanState.ENDED


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What the district decided about a project for a fiscal year."""

    id: UUID
    fiscal_year: int
    is_included: bool
    effective_on: date
    ended_on: date | None
    document: str
    item_number: int | None
    reason: str
    budget: Decimal | None


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project of a plan with what was decided about it."""

    id: UUID
    number: int
    name: str
    field: str
    way: str
    estimate: Decimal | None
    priority: int | None
    decisions: Sequence[DecisionLine]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan of a community, without its projects."""

    id: UUID
    kind: str
    effective_on: date
    valid_until: date
    resolution: str
    projects: int
    included: int
    """Projects that are included in at least one year."""

    def is_current(self, on: date) -> bool:
        """Whether it is valid on a day."""
        return self.effective_on <= on <= self.valid_until


@dataclass(frozen=True, slots=True)
class PlanWithProjects:
    """A plan with its projects in order of number."""

    plan: PlanLine
    projects: Sequence[ProjectLine]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting of a community."""

    id: UUID
    number: int
    year: int
    title: str
    scheduled_on: date
    held_on: date | None
    cancelled_on: date | None


def plans_of(actor: Actor, community: Community) -> Sequence[PlanLine]:
    """The plans of a community, newest first; one query."""
    require(actor, Action.READ_DISTRICT_RECORDS, str(community.unit_id))
    standing = Q(projects__inclusions__isnull=False, projects__inclusions__ended_on__isnull=True)
    rows = CommunityPlan.objects.filter(unit=community.unit_id, community=community).annotate(
        project_count=Count("projects", distinct=True),
        included_count=Count("projects", filter=standing, distinct=True),
    )
    return [
        _plan(row, getattr(row, "project_count"), getattr(row, "included_count"))  # noqa: B009 - annotated
        for row in rows.order_by("-effective_on")
    ]


def _plan(row: CommunityPlan, projects: int, included: int) -> PlanLine:
    return PlanLine(
        row.pk, row.kind, row.effective_on, row.valid_until, row.resolution, projects=projects, included=included
    )


def projects_of(actor: Actor, community: Community) -> Sequence[PlanWithProjects]:
    """The plans of a community with projects and what was decided about each; four queries."""
    require(actor, Action.READ_DISTRICT_RECORDS, str(community.unit_id))
    plans = CommunityPlan.objects.filter(unit=community.unit_id, community=community).order_by("-effective_on")
    projects = CommunityProject.objects.filter(unit=community.unit_id, plan__community=community)
    decided = _decisions(community)
    of_plan: dict[UUID, list[ProjectLine]] = defaultdict(list)
    for row in projects.order_by("number"):
        of_plan[row.plan_id].append(
            ProjectLine(
                row.pk,
                row.number,
                row.name,
                row.field,
                row.way,
                row.estimate,
                row.priority,
                sorted(decided[row.pk], key=lambda line: (line.fiscal_year, line.effective_on)),
            )
        )
    return [PlanWithProjects(_with(plan, of_plan[plan.pk]), of_plan[plan.pk]) for plan in plans]


def _with(plan: CommunityPlan, projects: Sequence[ProjectLine]) -> PlanLine:
    included = sum(any(line.is_included and not line.ended_on for line in each.decisions) for each in projects)
    return _plan(plan, len(projects), included)


def _decisions(community: Community) -> Mapping[UUID, list[DecisionLine]]:
    """What was decided about the projects of a community, by project."""
    found: dict[UUID, list[DecisionLine]] = defaultdict(list)
    of_community = {"unit": community.unit_id, "project__plan__community": community}
    for taken in Inclusion.objects.filter(**of_community):
        found[taken.project_id].append(_decision(taken, taken.end_reason, taken.item_number, taken.budget))
    for declined in Decline.objects.filter(**of_community):
        found[declined.project_id].append(_decision(declined, declined.reason, None, None))
    return found


def _decision(row: Inclusion | Decline, reason: str, item: int | None, budget: Decimal | None) -> DecisionLine:
    return DecisionLine(
        id=row.pk,
        fiscal_year=row.fiscal_year,
        is_included=isinstance(row, Inclusion),
        effective_on=row.effective_on,
        ended_on=row.ended_on,
        document=row.document,
        item_number=item,
        reason=reason,
        budget=budget,
    )


def meetings_of(actor: Actor, community: Community) -> Sequence[MeetingLine]:
    """The meetings of a community, newest first."""
    require(actor, Action.READ_DISTRICT_RECORDS, str(community.unit_id))
    rows = Meeting.objects.filter(unit=community.unit_id, community=community).order_by("-scheduled_on", "-number")
    names = ("id", "number", "year", "title", "scheduled_on", "held_on", "cancelled_on")
    return [MeetingLine(*row) for row in rows.values_list(*names)]
