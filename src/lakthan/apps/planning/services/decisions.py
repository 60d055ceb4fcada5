"""What a district decides about community projects for its annual action plan."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lakthan.apps.ledger import tally
from lakthan.apps.ledger.services import change, create, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import ActionPlan, CommunityProject, Decline, Inclusion, ProjectDecision
from lakthan.core.dates import format_date
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import refuse_future, require_baht, require_text
from lakthan.rules.facts import FactKind
from lakthan.rules.permissions import Action, Actor, require

Decision = TypeVar("Decision", bound=ProjectDecision)


def open_action_plan(
    *, actor: Actor, unit: Unit, fiscal_year: FiscalYear, effective_on: date, document: str, now: datetime
) -> ActionPlan:
    """Record a district's annual action plan of a fiscal year with the document that approves it."""
    require(actor, Action.DECIDE_INCLUSION, str(unit.pk))
    refuse_future(effective_on, timezone.localdate(now))
    plan = ActionPlan(
        unit=unit,
        fiscal_year=fiscal_year.be,
        effective_on=effective_on,
        document=require_text(document, "เลขที่หนังสือ", "The document"),
    )
    return create(actor, plan, act="planning.open_action_plan", now=now)


def include_project(
    *,
    actor: Actor,
    action_plan: ActionPlan,
    project: CommunityProject,
    item_number: int,
    effective_on: date,
    document: str,
    now: datetime,
    name: str = "",
    budget: Decimal | None = None,
) -> Inclusion:
    """Take a community project into the action plan as an item.

    `name` is the item's name there, by default the community's own. A project may be included in several years, and
    several projects may share one item.

    Raises:
        UserError: the project stands in this plan under the same item or is declined for it on the day or later, its
            community plan is younger than the decision, or the budget is no amount of baht.
    """
    require(actor, Action.DECIDE_INCLUSION, str(action_plan.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    _refuse_before_plan(project, effective_on)
    row = Inclusion(
        **_subject(action_plan, project),
        item_number=item_number,
        name=name or project.name,
        budget=None if budget is None else require_baht(budget, "วงเงิน", "The budget"),
        effective_on=effective_on,
        document=require_text(document, "เลขที่หนังสือ", "The document"),
    )
    with transaction.atomic():
        lock(action_plan)
        if _standing(Inclusion, row).filter(item_number=item_number).exists():
            raise _conflict(project, f"บรรจุเป็นลำดับที่ {item_number} แล้ว", f"is item {item_number} of the plan already")
        if _standing(Decline, row).exists():
            raise _conflict(project, "มีมติไม่บรรจุไว้แล้ว", "was declined for this plan")
        create(actor, row, act="planning.include_project", now=now)
        tally.add(_counted(row))
    return row


def decline_project(
    *,
    actor: Actor,
    action_plan: ActionPlan,
    project: CommunityProject,
    reason_code: Decline.Reason,
    reason: str,
    effective_on: date,
    document: str,
    now: datetime,
) -> Decline:
    """Record that a community project was not taken into the action plan, with the reason.

    Raises:
        UserError: no reason or document, or the project is included or declined on the day or later.
    """
    require(actor, Action.DECIDE_INCLUSION, str(action_plan.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    _refuse_before_plan(project, effective_on)
    row = Decline(
        **_subject(action_plan, project),
        reason_code=reason_code,
        reason=require_text(reason, "เหตุผลที่ไม่บรรจุ", "The reason"),
        effective_on=effective_on,
        document=require_text(document, "เลขที่หนังสือ", "The document"),
    )
    with transaction.atomic():
        lock(action_plan)
        if _standing(Inclusion, row).exists():
            raise _conflict(project, "บรรจุในแผนแล้ว", "is included in this plan")
        if _standing(Decline, row).exists():
            raise _conflict(project, "มีมติไม่บรรจุไว้แล้ว", "was declined for this plan already")
        create(actor, row, act="planning.decline_project", now=now)
        tally.add(_counted(row))
    return row


def withdraw_decision(
    *, actor: Actor, decision: Inclusion | Decline, ended_on: date, reason: str, now: datetime
) -> Inclusion | Decline:
    """End an inclusion or a decline from a day on. Figures as of earlier days keep counting it."""
    require(actor, Action.DECIDE_INCLUSION, str(decision.unit_id))
    refuse_future(ended_on, timezone.localdate(now))
    text = require_text(reason, "เหตุผล", "The reason")
    if ended_on < decision.effective_on:
        raise UserError("วันยกเลิกมาก่อนวันที่มีมติ", "The withdrawal lies before the decision itself.")
    with transaction.atomic():
        if lock(decision).ended_on is not None:
            raise UserError("มติถูกยกเลิกไปแล้ว", "The decision was withdrawn already.")
        before = _counted(decision)
        change(actor, decision, act="planning.withdraw_decision", now=now, ended_on=ended_on, end_reason=text)
        tally.move(before, _counted(decision))
    return decision


def _subject(action_plan: ActionPlan, project: CommunityProject) -> dict[str, Any]:
    """What a decision is about."""
    return {
        "unit_id": action_plan.unit_id,
        "action_plan": action_plan,
        "project": project,
        "fiscal_year": action_plan.fiscal_year,
    }


def _standing(kind: type[Decision], new: ProjectDecision) -> QuerySet[Decision]:
    """The decisions of a kind about the same project and plan that hold on the day of the new one, or later."""
    same = kind._default_manager.filter(unit_id=new.unit_id, action_plan=new.action_plan, project=new.project)
    return same.exclude(ended_on__lte=new.effective_on)


def _refuse_before_plan(project: CommunityProject, effective_on: date) -> None:
    """A project exists from the day on which its community adopted the plan."""
    if effective_on < project.plan.effective_on:
        raise _conflict(
            project,
            f"อยู่ในแผนที่ชุมชนรับรองเมื่อ {format_date(project.plan.effective_on)} วันที่มีมติต้องไม่ก่อนนั้น",
            f"is in a plan adopted on {project.plan.effective_on}; the decision cannot be dated before it",
        )


def _counted(decision: ProjectDecision) -> tally.Counted:
    kind = FactKind.INCLUSION if isinstance(decision, Inclusion) else FactKind.DECLINE
    return tally.Counted(
        kind,
        decision.unit_id,
        decision.effective_on,
        ended_on=decision.ended_on,
        fiscal_year=decision.fiscal_year,
    )


def _conflict(project: CommunityProject, th: str, en: str) -> UserError:
    return UserError(f"โครงการ {project.name} {th}", f"Project {project.name} {en}.")
