"""The bureau's own project: approvals, activities and their progress."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from lakthan.apps.ledger.services import create
from lakthan.apps.people.models import Delegation, Unit
from lakthan.apps.people.selectors import refuse_not_in_force
from lakthan.apps.planning.models import Activity, ActivityProgress, Project, ProjectApproval
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import refuse_future, require_baht, require_order, require_text
from lakthan.rules.permissions import Action, Actor, require


def open_project(
    *,
    actor: Actor,
    unit: Unit,
    fiscal_year: FiscalYear,
    code: str,
    name: str,
    objective: str,
    budget: Decimal,
    budget_source: str,
    now: datetime,
) -> Project:
    """Add a project of a bureau with its budget."""
    require(actor, Action.MANAGE_PROJECTS, str(unit.pk))
    project = Project(
        unit=unit,
        fiscal_year=fiscal_year.be,
        code=code,
        name=require_text(name, "ชื่อโครงการ", "The project's name"),
        objective=objective,
        budget=require_baht(budget, "งบประมาณ", "The budget"),
        budget_source=budget_source,
    )
    return create(actor, project, act="planning.open_project", now=now)


def approve_project(
    *,
    actor: Actor,
    project: Project,
    effective_on: date,
    subject: str,
    approver: str,
    now: datetime,
    document: str = "",
    delegation: Delegation | None = None,
) -> ProjectApproval:
    """Record that an office approved the project or its cost; `delegation` where somebody acted for the office."""
    require(actor, Action.MANAGE_PROJECTS, str(project.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    refuse_not_in_force(delegation, effective_on)
    approval = ProjectApproval(
        unit_id=project.unit_id,
        project=project,
        effective_on=effective_on,
        subject=require_text(subject, "เรื่องที่อนุมัติ", "What was approved"),
        approver=require_text(approver, "ผู้อนุมัติ", "Who approved"),
        delegation=delegation,
        document=document,
    )
    return create(actor, approval, act="planning.approve_project", now=now)


def plan_activity(
    *, actor: Actor, project: Project, number: int, name: str, starts_on: date, ends_on: date, now: datetime
) -> Activity:
    """Add a numbered activity of a project."""
    require(actor, Action.MANAGE_PROJECTS, str(project.unit_id))
    require_order(starts_on, ends_on, "ช่วงเวลาของกิจกรรม", "The activity's dates")
    activity = Activity(
        unit_id=project.unit_id, project=project, number=number, name=name, starts_on=starts_on, ends_on=ends_on
    )
    return create(actor, activity, act="planning.plan_activity", now=now)


def report_progress(
    *, actor: Actor, activity: Activity, effective_on: date, percent: int, now: datetime, note: str = ""
) -> ActivityProgress:
    """Record the progress of an activity from a day on, 0 to 100."""
    require(actor, Action.MANAGE_PROJECTS, str(activity.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    if not 0 <= percent <= 100:
        raise UserError(
            f"ความก้าวหน้า {percent} ต้องอยู่ระหว่าง 0 ถึง 100", f"Progress is {percent}; it must be from 0 to 100."
        )
    row = ActivityProgress(
        unit_id=activity.unit_id, activity=activity, effective_on=effective_on, percent=percent, note=note
    )
    return create(actor, row, act="planning.report_progress", now=now)
