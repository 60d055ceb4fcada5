"""Corrections of what was written down wrong: the words of a project or of a decision, never that it was made."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from lakthan.apps.ledger import tally
from lakthan.apps.ledger.services import change, lock
from lakthan.apps.planning.models import (
    CommunityPlan,
    CommunityProject,
    Decline,
    Inclusion,
)
from lakthan.apps.planning.plan_book import PlanBook
from lakthan.apps.planning.services.plans import NewProject, day_after
from lakthan.core.dates import format_date
from lakthan.core.errors import UserError
from lakthan.rules.entry import require_baht, require_order, require_text
from lakthan.rules.facts import FactKind
from lakthan.rules.permissions import Action, Actor, require


def mend_project(*, actor: Actor, project: CommunityProject, new: NewProject, now: datetime) -> CommunityProject:
    """Correct how a project of a plan is written down; its number and plan stay.

    Raises:
        UserError: it has no name, or its estimate is no amount of baht.
    """
    require(actor, Action.KEEP_PLANS, str(project.unit_id))
    name = require_text(new.name, "ชื่อโครงการ", "The project's name")
    estimate = (f"โครงการ {name}: วงเงินประมาณการ", f"Project {name}: the estimate")
    return change(
        actor,
        project,
        act="planning.mend_project",
        now=now,
        name=name,
        problem=new.problem,
        aim=new.aim,
        field=new.field,
        way=new.way,
        estimate=None if new.estimate is None else require_baht(new.estimate, *estimate),
        priority=new.priority,
    )


def mend_validity(*, actor: Actor, plan: CommunityPlan, valid_until: date, now: datetime) -> CommunityPlan:
    """Correct the last day on which a plan is valid. The same day again changes nothing.

    Raises:
        UserError: the day lies before the plan was adopted, or before a standing decision about one of its projects.
    """
    require(actor, Action.KEEP_PLANS, str(plan.unit_id))
    require_order(plan.effective_on, valid_until, "อายุของแผน", "The plan's validity")
    with transaction.atomic():
        before = lock(plan).valid_until
        _refuse_before_decisions(plan, valid_until)
        if before != valid_until:
            tally.move(_current(plan, before), _current(plan, valid_until))
        return change(actor, plan, act="planning.mend_validity", now=now, valid_until=valid_until)


def _current(plan: CommunityPlan, valid_until: date) -> tally.Counted:
    ended_on = day_after(valid_until)
    return tally.Counted(FactKind.COMMUNITY_PLAN, plan.unit_id, plan.effective_on, ended_on=ended_on)


def _refuse_before_decisions(plan: CommunityPlan, valid_until: date) -> None:
    """A decision stands on a plan that was in force when it was made."""
    about = {"unit_id": plan.unit_id, "project__plan": plan, "ended_on__isnull": True}
    days = [model.objects.filter(**about).aggregate(last=Max("effective_on"))["last"] for model in (Inclusion, Decline)]
    last = max((day for day in days if day is not None), default=None)
    if last is not None and valid_until < min(last, plan.valid_until):
        raise UserError(
            f"มีมติเกี่ยวกับโครงการของแผนนี้เมื่อ {format_date(last)} วันสุดท้ายของแผนต้องไม่มาก่อนวันนั้น",
            f"A project of the plan was decided about on {format_date(last, 'en')}; the plan must not end before.",
        )


def mend_inclusion(
    *, actor: Actor, inclusion: Inclusion, item_number: int, name: str, budget: Decimal | None, now: datetime
) -> Inclusion:
    """Correct the item under which a project stands in an action plan that is not confirmed yet.

    Name and budget are those of the item, so the other projects that share it get them too.

    Raises:
        UserError: the decision was withdrawn, the list is confirmed, or the project or another name or budget stands
            under that item already.
    """
    require(actor, Action.DECIDE_INCLUSION, str(inclusion.unit_id))
    name = require_text(name, "ชื่อในแผน", "The name in the plan")
    budget = None if budget is None else require_baht(budget, "วงเงิน", "The budget")
    with transaction.atomic():
        _lock_open(inclusion)
        standing = Inclusion.objects.filter(unit_id=inclusion.unit_id, action_plan=inclusion.action_plan_id)
        standing = standing.filter(ended_on__isnull=True).exclude(pk=inclusion.pk)
        sharing = list(standing.filter(item_number=item_number))
        if item_number != inclusion.item_number:
            _refuse_other_item(inclusion, item_number, sharing, name, budget)
        for row in (*sharing, inclusion):
            words = {"item_number": item_number, "name": name, "budget": budget}
            change(actor, row, act="planning.mend_inclusion", now=now, **words)
        return inclusion


def mend_decline(*, actor: Actor, decline: Decline, reason_code: Decline.Reason, reason: str, now: datetime) -> Decline:
    """Correct the reason for which a project was declined for an action plan that is not confirmed yet.

    Raises:
        UserError: the decision was withdrawn, the list is confirmed, or no reason is given.
    """
    require(actor, Action.DECIDE_INCLUSION, str(decline.unit_id))
    text = require_text(reason, "เหตุผลที่ไม่บรรจุ", "The reason")
    with transaction.atomic():
        _lock_open(decline)
        return change(actor, decline, act="planning.mend_decline", now=now, reason_code=reason_code, reason=text)


def _refuse_other_item(
    inclusion: Inclusion, item_number: int, sharing: list[Inclusion], name: str, budget: Decimal | None
) -> None:
    if any(row.project_id == inclusion.project_id for row in sharing):
        raise UserError(
            f"โครงการนี้บรรจุเป็นลำดับที่ {item_number} แล้ว", f"The project is item {item_number} of the plan already."
        )
    if any((row.name, row.budget) != (name, budget) for row in sharing):
        raise UserError(
            f"ลำดับที่ {item_number} เป็นรายการอื่น ใช้ชื่อและงบประมาณเดียวกัน หรือเลือกลำดับอื่น",
            f"Item {item_number} has another name or budget; give the same, or another number.",
        )


def _lock_open(decision: Inclusion | Decline) -> None:
    """Lock a decision that may still be written differently: it stands, and the list is a draft."""
    if lock(decision).ended_on is not None:
        raise UserError("มติถูกยกเลิกไปแล้ว", "The decision was withdrawn already.")
    if PlanBook.confirmed(lock(decision.action_plan)) is not None:
        raise UserError(
            "ผู้อำนวยการเขตยืนยันบัญชีแล้ว ยกเลิกมติเดิมพร้อมเหตุผล แล้วบันทึกมติใหม่",
            "The list is confirmed: withdraw the decision with a reason, and decide anew.",
        )
