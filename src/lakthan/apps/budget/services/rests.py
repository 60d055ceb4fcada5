"""What a district wishes about the rest of a transfer, and what is decided about it at the year's end."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lakthan.apps.budget.balances import rest_of
from lakthan.apps.budget.booking import lock_open, lock_standing
from lakthan.apps.budget.models import (
    RetentionIntention,
    Transfer,
    YearEndDecision,
)
from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.core.errors import Conflict, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import refuse_future, require_text
from lakthan.rules.permissions import Action, Actor, require


def declare_retention(
    *, actor: Actor, transfer: Transfer, effective_on: date, now: datetime, reason: str = "", document: str = ""
) -> RetentionIntention:
    """Record a district's declared wish not to return the rest yet."""
    require(actor, Action.KEEP_BUDGET, str(transfer.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    if effective_on < transfer.effective_on:
        raise UserError("วันที่แจ้งมาก่อนวันที่โอนเงิน", "The declaration is dated before the transfer itself.")
    row = RetentionIntention(
        unit_id=transfer.unit_id, transfer=transfer, effective_on=effective_on, reason=reason, document=document
    )
    with transaction.atomic():
        lock_open(transfer)
        if rest_of(transfer) <= 0:
            raise Conflict("เงินที่โอนนี้ไม่มีคงเหลือแล้ว", "Nothing is left of this transfer.")
        if transfer.retention_intentions.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=effective_on)).exists():
            raise Conflict(
                "แจ้งว่ายังไม่ประสงค์คืนเงินไว้แล้ว และยังมีผลอยู่", "Such a declaration was made already and is in force."
            )
        return create(actor, row, act="budget.declare_retention", now=now)


def end_retention(*, actor: Actor, intention: RetentionIntention, ended_on: date, now: datetime) -> RetentionIntention:
    """End a declared intention from a day on, once."""
    require(actor, Action.KEEP_BUDGET, str(intention.unit_id))
    refuse_future(ended_on, timezone.localdate(now))
    if ended_on < intention.effective_on:
        raise UserError("วันสิ้นสุดมาก่อนวันที่แจ้ง", "The end lies before the declaration itself.")
    with transaction.atomic():
        if lock(intention).ended_on is not None:
            raise UserError("การแจ้งนี้สิ้นสุดไปแล้ว", "The declaration was ended already.")
        return change(actor, intention, act="budget.end_retention", now=now, ended_on=ended_on)


def decide_year_ends(
    *,
    actor: Actor,
    transfers: Sequence[Transfer],
    outcome: YearEndDecision.Outcome,
    effective_on: date,
    document: str,
    now: datetime,
) -> Sequence[YearEndDecision]:
    """Record that the whole rest of transfers lapses, or is carried over with an approval, after the year's end.

    All of them under one document, or none.

    Raises:
        UserError: no transfer, a year that is not over, or no document.
        AlreadyRecorded: it was decided about one of them.
        Conflict: one was taken back.
    """
    require(actor, Action.TRANSFER_BUDGET)
    refuse_future(effective_on, timezone.localdate(now))
    if not transfers:
        raise UserError("ยังไม่ได้เลือกเงินโอนรายการใด", "No transfer is chosen.")
    if any(effective_on < FiscalYear(transfer.fiscal_year).last_day for transfer in transfers):
        raise UserError("ยังไม่สิ้นปีงบประมาณ", "The fiscal year has not ended yet.")
    paper = require_text(document, "เลขที่หนังสือ", "The document")
    with transaction.atomic():
        rows = [
            YearEndDecision(
                unit_id=transfer.unit_id,
                transfer=transfer,
                outcome=outcome,
                amount=rest_of(lock_standing(transfer)),
                effective_on=effective_on,
                document=paper,
            )
            for transfer in sorted(transfers, key=lambda transfer: transfer.pk)
        ]
        return create_all(actor, rows, act="budget.decide_year_end", now=now)
