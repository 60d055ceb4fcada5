"""What a district decides about community projects for its annual action plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from django.db import transaction
from django.utils import timezone

from lakthan.apps.ledger import tally
from lakthan.apps.ledger.services import change, change_all, create, create_all, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import (
    ActionPlan,
    ActionPlanConfirmation,
    CommunityProject,
    Decline,
    Inclusion,
    ProjectDecision,
)
from lakthan.apps.planning.plan_book import (
    Ground,
    Leave,
    PlanBook,
    RowsRefused,
    Take,
    refuse_before_confirmation,
    require_document,
)
from lakthan.core.dates import format_date
from lakthan.core.errors import Conflict, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import refuse_future, require_text
from lakthan.rules.facts import FactKind
from lakthan.rules.permissions import Action, Actor, require

__all__ = [
    "Decision",
    "Ground",
    "Inclusion",
    "Leave",
    "RowsRefused",
    "Take",
    "confirm_action_plan",
    "decide_projects",
    "decline_project",
    "include_project",
    "open_action_plan",
    "withdraw_decision",
]


Decision = Inclusion | Decline


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
        document=require_document(document),
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
    correction: str = "",
) -> Inclusion:
    """Take a community project into the action plan as an item.

    `name` is the item's name there, by default the community's own. A project may be included in several years, be
    split into several items, and share one with others: then name and budget are those of the item.

    Raises:
        UserError: the project stands in this plan under the same item or is declined for it on the day or later, its
            community plan is younger than the decision, the item has another name or budget, the budget is no amount
            of baht, or the list was confirmed and `correction` gives no reason.
    """
    require(actor, Action.DECIDE_INCLUSION, str(action_plan.unit_id))
    choice = Take(project, item_number, name, budget)
    return cast("Inclusion", _decide_one(actor, action_plan, choice, Ground(effective_on, document, correction), now))


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
    correction: str = "",
) -> Decline:
    """Record that a community project was not taken into the action plan, with the reason.

    Raises:
        UserError: no reason or document, the project is included or declined on the day or later, or the list was
            confirmed and `correction` gives no reason.
    """
    require(actor, Action.DECIDE_INCLUSION, str(action_plan.unit_id))
    choice = Leave(project, reason_code, reason)
    return cast("Decline", _decide_one(actor, action_plan, choice, Ground(effective_on, document, correction), now))


def decide_projects(
    *,
    actor: Actor,
    action_plan: ActionPlan,
    choices: Sequence[Take | Leave],
    now: datetime,
    effective_on: date | None = None,
    document: str = "",
    correction: str = "",
) -> Sequence[Inclusion | Decline]:
    """Decide about many projects at once: all of them, or none.

    Day, document and reason of a correction are for all choices without their own (`Take.own`).

    Raises:
        RowsRefused: what cannot be recorded, by the place of its choice.
        UserError: what all have in common is wrong: the day, the document, or the reason of a correction.
    """
    require(actor, Action.DECIDE_INCLUSION, str(action_plan.unit_id))
    if not choices:
        raise UserError("ยังไม่ได้เลือกโครงการ", "No project is chosen; choose at least one.")
    return _decide(actor, action_plan, choices, Ground(effective_on, document, correction), now)


def confirm_action_plan(
    *, actor: Actor, action_plan: ActionPlan, effective_on: date, document: str, now: datetime
) -> ActionPlanConfirmation:
    """Confirm the list of an action plan, which until then is a draft: what is decided afterwards is a correction.

    Raises:
        UserError: the day lies before the plan or before a decision in it.
        Conflict: it is confirmed already.
    """
    require(actor, Action.CONFIRM_ACTION_PLAN, str(action_plan.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    row = ActionPlanConfirmation(
        unit_id=action_plan.unit_id,
        action_plan=action_plan,
        effective_on=effective_on,
        document=require_document(document),
    )
    with transaction.atomic():
        book = PlanBook(lock(action_plan))
        if book.confirmation is not None:
            raise Conflict("บัญชีนี้ยืนยันแล้ว", "The list is confirmed already.")
        last = max([action_plan.effective_on, *(taken.effective_on for taken in (*book.taken, *book.left))])
        if effective_on < last:
            raise UserError(
                f"วันที่ยืนยันต้องไม่ก่อน {format_date(last)} ซึ่งเป็นวันที่มีมติครั้งล่าสุดในบัญชี",
                f"The list holds a decision of {format_date(last, 'en')}; it cannot be confirmed on a day before.",
            )
        return create(actor, row, act="planning.confirm_action_plan", now=now)


def withdraw_decision(
    *, actor: Actor, decision: Inclusion | Decline, ended_on: date, reason: str, now: datetime
) -> Inclusion | Decline:
    """End an inclusion or a decline from a day on. Figures as of earlier days keep counting it.

    Once the list was confirmed this is a correction of it.

    Raises:
        UserError: no reason, the day lies before the decision or before the list was confirmed, or it ended already.
    """
    require(actor, Action.DECIDE_INCLUSION, str(decision.unit_id))
    refuse_future(ended_on, timezone.localdate(now))
    text = require_text(reason, "เหตุผล", "The reason")
    if ended_on < decision.effective_on:
        raise UserError("วันยกเลิกมาก่อนวันที่มีมติ", "The withdrawal lies before the decision itself.")
    with transaction.atomic():
        confirmation = PlanBook.confirmed(lock(decision.action_plan))
        if lock(decision).ended_on is not None:
            raise UserError("มติถูกยกเลิกไปแล้ว", "The decision was withdrawn already.")
        if confirmation is not None:
            refuse_before_confirmation(confirmation, ended_on)
        before = _counted(decision)
        change(
            actor,
            decision,
            act="planning.withdraw_decision",
            now=now,
            ended_on=ended_on,
            end_reason=text,
            end_is_correction=confirmation is not None,
        )
        tally.move(before, _counted(decision))
    return decision


def _decide_one(
    actor: Actor, action_plan: ActionPlan, choice: Take | Leave, ground: Ground, now: datetime
) -> Inclusion | Decline:
    """The decision about one project, refused with its own error."""
    try:
        return _decide(actor, action_plan, [choice], ground, now)[0]
    except RowsRefused as error:
        raise error.rows[0] from error


def _decide(
    actor: Actor, action_plan: ActionPlan, choices: Sequence[Take | Leave], ground: Ground, now: datetime
) -> list[Inclusion | Decline]:
    """Check all choices against the plan as it stands, and record them in as many statements for one as for many."""
    today = timezone.localdate(now)
    with transaction.atomic():
        book = PlanBook(lock(action_plan))
        rows = book.decided(choices, book.common(choices, ground, today), today)
        moved = [(replace(_counted(row), ended_on=None), _counted(row)) for row, _ in book.ended]
        for model in (Inclusion, Decline):
            ended = [change for change in book.ended if isinstance(change[0], model)]
            change_all(actor, ended, act="planning.withdraw_decision", now=now)
        create_all(actor, [row for row in rows if isinstance(row, Inclusion)], act="planning.include_project", now=now)
        create_all(actor, [row for row in rows if isinstance(row, Decline)], act="planning.decline_project", now=now)
        tally.add_all((_counted(row) for row in rows), moved)
    return rows


def _counted(decision: ProjectDecision) -> tally.Counted:
    kind = FactKind.INCLUSION if isinstance(decision, Inclusion) else FactKind.DECLINE
    return tally.Counted(
        kind,
        decision.unit_id,
        decision.effective_on,
        ended_on=decision.ended_on,
        fiscal_year=decision.fiscal_year,
    )
