"""Appeals of units against results, scores and targets, and their answers."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.indicators.models import Assignment
from lakthan.apps.ledger.services import change, create, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.models import Appeal, Decision, ManagementScore, Report, ReportStep
from lakthan.core.errors import Conflict, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.appeals import AppealKind, AppealOutcome, answer_due, late_refusal
from lakthan.rules.entry import require_number, require_text
from lakthan.rules.permissions import Action, Actor, Refused, require
from lakthan.rules.workflow import State, Step


def appeal_result(
    *, actor: Actor, report: Report, reasons: str, now: datetime, evidence: Evidence | None = None
) -> Appeal:
    """Ask for another look at a certified result.

    Raises:
        UserError: no reasons are given.
        Conflict: the report is not certified, it is too late, or an appeal about it is open.
    """
    require(actor, Action.APPEAL, str(report.unit_id))
    with transaction.atomic():
        lock(report)
        if report.state != State.CERTIFIED.value:
            raise Conflict("ขอทบทวนได้เฉพาะผลที่รับรองแล้ว", "Only a certified result can be appealed against.")
        steps = ReportStep.objects.filter(report=report, step=Step.CERTIFY.value)
        certified = steps.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
        _refuse_late(certified, now)
        _refuse_second(Appeal.objects.filter(report=report))
        row = Appeal(kind=AppealKind.RESULT.value, assignment_id=report.assignment_id, report=report)
        row.fiscal_year = report.assignment.fiscal_year
        return _ask(actor, row, report.unit_id, reasons, evidence, now)


def appeal_component(
    *,
    actor: Actor,
    unit: Unit,
    fiscal_year: FiscalYear,
    component: str,
    reasons: str,
    now: datetime,
    evidence: Evidence | None = None,
) -> Appeal:
    """Ask for another look at a score of Part 1.

    Raises:
        UserError: no reasons are given.
        Conflict: there is no such score yet, it is too late, or an appeal about it is open.
    """
    require(actor, Action.APPEAL, str(unit.pk))
    with transaction.atomic():
        lock(unit)
        given = ManagementScore.objects.filter(unit=unit, fiscal_year=fiscal_year.be, component=component)
        newest = given.order_by("-number").values_list("recorded_at", flat=True).first()
        if newest is None:
            raise Conflict("องค์ประกอบนี้ยังไม่มีคะแนน", "This component has no score yet.")
        _refuse_late(newest, now)
        same = Appeal.objects.filter(unit=unit, fiscal_year=fiscal_year.be, component=component)
        _refuse_second(same)
        row = Appeal(kind=AppealKind.COMPONENT.value, fiscal_year=fiscal_year.be, component=component)
        return _ask(actor, row, unit.pk, reasons, evidence, now)


def appeal_target(
    *,
    actor: Actor,
    assignment: Assignment,
    target: Decimal,
    reasons: str,
    now: datetime,
    quarter: int | None = None,
    evidence: Evidence | None = None,
) -> Appeal:
    """Ask for another target of the year, or of a quarter.

    Raises:
        UserError: no reasons are given, there is no such quarter, or the target cannot be kept.
        Conflict: an appeal about the same target is open.
    """
    require(actor, Action.APPEAL, str(assignment.unit_id))
    if quarter is not None:
        FiscalYear(assignment.fiscal_year).quarter(quarter)
    with transaction.atomic():
        lock(assignment)
        same = Appeal.objects.filter(assignment=assignment, kind=AppealKind.TARGET.value, quarter=quarter)
        _refuse_second(same)
        row = Appeal(kind=AppealKind.TARGET.value, assignment=assignment, quarter=quarter)
        row.fiscal_year = assignment.fiscal_year
        row.target = require_number(target, "ค่าเป้าหมายที่ขอ", "The target that is asked for")
        return _ask(actor, row, assignment.unit_id, reasons, evidence, now)


def _ask(actor: Actor, row: Appeal, unit: object, reasons: str, evidence: Evidence | None, now: datetime) -> Appeal:
    row.unit_id = unit  # type: ignore[assignment]
    row.reasons = require_text(reasons, "เหตุผล", "The reasons")
    row.evidence = evidence
    row.person = actor.id
    row.due_on = answer_due(timezone.localdate(now))
    return create(actor, row, act="reporting.appeal", now=now)


def _refuse_late(given: datetime | None, now: datetime) -> None:
    if given is not None and (late := late_refusal(timezone.localdate(given), timezone.localdate(now))) is not None:
        raise late


def _refuse_second(same: QuerySet[Appeal]) -> None:
    if same.filter(outcome="").exists():
        raise Conflict("มีคำขอทบทวนเรื่องนี้ที่ยังไม่ได้ตอบ รอคำตอบก่อน", "An appeal about this is open; wait for its answer.")


def answer_appeal(
    *,
    actor: Actor,
    appeal: Appeal,
    outcome: AppealOutcome,
    answer: str,
    now: datetime,
    decision: Decision | None = None,
) -> Appeal:
    """Uphold or reject an appeal with reasons. An upheld target names the decision that changes it.

    Raises:
        UserError: no reasons are given, or an upheld target names no decision about it.
        Conflict: it was answered already.
        Refused: who asked does not answer.
    """
    require(actor, Action.ANSWER_APPEAL, str(appeal.unit_id))
    text = require_text(answer, "เหตุผลของคำตอบ", "The reasons of the answer")
    if outcome is AppealOutcome.WITHDRAWN:
        raise UserError("หน่วยงานเท่านั้นที่ถอนคำขอได้", "Only the unit itself withdraws an appeal.")
    with transaction.atomic():
        _refuse_answered(lock(appeal))
        if appeal.person == actor.id:
            raise Refused("ผู้ขอตอบคำขอของตนเองไม่ได้", "Who asked does not answer.")
        by_decision = appeal.kind == AppealKind.TARGET.value and outcome is AppealOutcome.UPHELD
        if by_decision != (decision is not None) or (decision and decision.assignment_id != appeal.assignment_id):
            raise UserError(
                "เห็นชอบการเปลี่ยนค่าเป้าหมายได้โดยบันทึกมติเท่านั้น",
                "Another target is granted by recording the decision that changes it.",
            )
        return _close(actor, appeal, outcome, text, now, decision)


def withdraw_appeal(*, actor: Actor, appeal: Appeal, now: datetime) -> Appeal:
    """Take an appeal of one's own unit back before it is answered.

    Raises:
        Conflict: it was answered already.
    """
    require(actor, Action.APPEAL, str(appeal.unit_id))
    with transaction.atomic():
        _refuse_answered(lock(appeal))
        return _close(actor, appeal, AppealOutcome.WITHDRAWN, "", now, None)


def _refuse_answered(appeal: Appeal) -> None:
    if appeal.outcome:
        raise Conflict("คำขอนี้ตอบแล้ว", "This appeal is closed already.")


def _close(
    actor: Actor, appeal: Appeal, outcome: AppealOutcome, answer: str, now: datetime, decision: Decision | None
) -> Appeal:
    act = "reporting.withdraw_appeal" if outcome is AppealOutcome.WITHDRAWN else "reporting.answer_appeal"
    return change(
        actor,
        appeal,
        act=act,
        now=now,
        outcome=outcome.value,
        answer=answer,
        answered_by=actor.id,
        answered_at=now,
        decision=decision,
    )
