"""Community plans, new or reviewed, and the projects in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from lakthan.apps.communities.models import Community
from lakthan.apps.ledger import tally
from lakthan.apps.ledger.services import create, create_all
from lakthan.apps.planning.models import CommunityPlan, CommunityProject, Meeting
from lakthan.core.errors import UserError
from lakthan.rules.entry import refuse_future, require_order, require_text
from lakthan.rules.facts import FactKind
from lakthan.rules.permissions import Action, Actor, require


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project as a community proposes it. `estimate` in baht, None where none was made."""

    name: str
    field: CommunityProject.Field
    way: CommunityProject.Way
    problem: str = ""
    aim: str = ""
    estimate: Decimal | None = None
    priority: int | None = None


def adopt_plan(
    *,
    actor: Actor,
    community: Community,
    effective_on: date,
    valid_until: date,
    now: datetime,
    projects: Sequence[NewProject] = (),
    fields: Mapping[CommunityProject.Field, str] | None = None,
    meeting: Meeting | None = None,
) -> CommunityPlan:
    """Record the plan that a community adopted, with its projects.

    It is a review when the community has an earlier plan, else a new one: this is read off the register, not asked.
    """
    require(actor, Action.KEEP_PLANS, str(community.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    require_order(effective_on, valid_until, "อายุของแผน", "The plan's validity")
    earlier = (
        CommunityPlan.objects.filter(unit_id=community.unit_id, community=community, effective_on__lt=effective_on)
        .order_by("-effective_on")
        .first()
    )
    plan = CommunityPlan(
        unit_id=community.unit_id,
        community=community,
        kind="review" if earlier else "new",
        effective_on=effective_on,
        valid_until=valid_until,
        reviews=earlier,
        meeting=meeting,
        **{field.value: text for field, text in (fields or {}).items()},
    )
    with transaction.atomic():
        create(actor, plan, act="planning.adopt_plan", now=now)
        tally.add(tally.Counted(FactKind.COMMUNITY_PLAN, plan.unit_id, effective_on, ended_on=day_after(valid_until)))
        propose_projects(actor=actor, plan=plan, projects=projects, now=now)
    return plan


def day_after(day: date) -> date:
    """The first day on which a plan that is valid until `day` no longer is current."""
    return date.fromordinal(day.toordinal() + 1)


def propose_projects(
    *, actor: Actor, plan: CommunityPlan, projects: Sequence[NewProject], now: datetime
) -> Sequence[CommunityProject]:
    """Add projects to a plan; numbers run on."""
    require(actor, Action.KEEP_PLANS, str(plan.unit_id))
    for project in projects:
        _check(project)
    first = plan.projects.count() + 1 if projects else 1
    rows = [
        CommunityProject(
            unit_id=plan.unit_id,
            plan=plan,
            number=number,
            name=new.name,
            problem=new.problem,
            aim=new.aim,
            field=new.field,
            way=new.way,
            estimate=new.estimate,
            priority=new.priority,
        )
        for number, new in enumerate(projects, start=first)
    ]
    with transaction.atomic():
        create_all(actor, rows, act="planning.propose_project", now=now)
        counted = tally.Counted(FactKind.COMMUNITY_PROJECT, plan.unit_id, plan.effective_on)
        tally.add_all(counted for _ in rows)
    return rows


def _check(project: NewProject) -> None:
    require_text(project.name, "ชื่อโครงการ", "The project's name")
    if project.estimate is not None and project.estimate < 0:
        raise UserError(
            f"โครงการ {project.name}: วงเงินประมาณการต้องไม่ติดลบ",
            f"Project {project.name}: the estimate must not be negative.",
        )
