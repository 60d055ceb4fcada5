"""Transfers by letter, to one district or many, and those that were written down wrong."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lakthan.apps.budget.balances import balance_of
from lakthan.apps.budget.booking import counted, keep_key, lock_open
from lakthan.apps.budget.models import (
    Transfer,
)
from lakthan.apps.ledger import tally
from lakthan.apps.ledger.services import change, create_all
from lakthan.apps.people.models import Delegation, Unit
from lakthan.apps.people.selectors import refuse_not_in_force
from lakthan.core.dates import format_date
from lakthan.core.errors import Conflict, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import refuse_future, require_positive_baht, require_text
from lakthan.rules.facts import FactKind
from lakthan.rules.permissions import Action, Actor, require


def transfer_to_units(
    *,
    actor: Actor,
    amounts: Mapping[Unit, Decimal],
    fiscal_year: FiscalYear,
    purpose: str,
    letter_number: str,
    letter_date: date,
    issuer: str,
    approver: str,
    effective_on: date,
    now: datetime,
    delegation: Delegation | None = None,
    form_key: UUID | None = None,
) -> list[Transfer]:
    """Transfer money to many units by one letter, all or none. Amounts in baht, each above zero.

    `form_key` becomes the identifier of the first transfer, by which a second sending of the same form is known.

    Raises:
        UserError: there is no amount, or one is wrong, or the letter lacks something.
        AlreadySent: the form was recorded already.
        AlreadyRecorded: the letter transferred to one of the units for this purpose already.
    """
    require(actor, Action.TRANSFER_BUDGET)
    if not amounts:
        raise UserError("ยังไม่มีจำนวนเงินของสำนักงานเขตใด", "There is no amount for any district office.")
    for day in (letter_date, effective_on):
        refuse_future(day, timezone.localdate(now))
    refuse_not_in_force(delegation, letter_date)
    rows = [
        Transfer(
            unit=unit,
            fiscal_year=fiscal_year.be,
            amount=require_positive_baht(amount, f"เงินโอนให้{unit.name_th}", f"The transfer to {unit.name_en}"),
            effective_on=effective_on,
            purpose=require_text(purpose, "วัตถุประสงค์", "The purpose"),
            letter_number=require_text(letter_number, "เลขที่หนังสือ", "The letter's number"),
            letter_date=letter_date,
            issuer=require_text(issuer, "ผู้ออกหนังสือ", "The issuer"),
            approver=require_text(approver, "ผู้อนุมัติ", "The approver"),
            delegation=delegation,
        )
        for unit, amount in amounts.items()
    ]
    with transaction.atomic():
        keep_key(rows[0], form_key)
        create_all(actor, rows, act="budget.transfer", now=now)
        tally.add_all(counted(FactKind.TRANSFER, row) for row in rows)
    return rows


def take_back_transfer(*, actor: Actor, transfer: Transfer, ended_on: date, document: str, now: datetime) -> Transfer:
    """Take back a transfer that was written down wrong, from a day on; the letter can then be entered anew.

    Figures as of earlier days keep counting it. Nothing of it may have moved: what was bound, paid out or sent back is
    reversed first, and a declared intention ended.

    Raises:
        UserError: no document, or the day lies before the transfer or before one of its lines.
        Conflict: it was taken back already, money of it moved, an intention is in force, or its year end was decided.
    """
    require(actor, Action.TRANSFER_BUDGET)
    refuse_future(ended_on, timezone.localdate(now))
    paper = require_text(document, "เลขที่เอกสาร", "The document")
    with transaction.atomic():
        lock_open(transfer)
        _refuse_moved(transfer, ended_on)
        before = counted(FactKind.TRANSFER, transfer)
        values = {"ended_on": ended_on, "end_document": paper}
        change(actor, transfer, act="budget.take_back_transfer", now=now, **values)
        tally.move(before, counted(FactKind.TRANSFER, transfer, ended_on=ended_on))
    return transfer


def _refuse_moved(transfer: Transfer, ended_on: date) -> None:
    """Refuse to take back a transfer of which something moved, or moved later than the day."""
    balance = balance_of(transfer)
    if balance.unbound(date.max) != transfer.amount:
        raise Conflict(
            "มีการก่อหนี้ผูกพัน เบิกจ่าย หรือส่งคืนจากเงินโอนนี้แล้ว ต้องกลับรายการเหล่านั้นก่อน",
            "Money of this transfer is bound, paid out or sent back; reverse those lines first.",
        )
    if transfer.year_end_decisions.exists():
        raise Conflict("มีมติเรื่องเงินคงเหลือเมื่อสิ้นปีแล้ว", "What becomes of its rest at the year's end is decided already.")
    if transfer.retention_intentions.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=ended_on)).exists():
        raise Conflict(
            "สำนักงานเขตแจ้งว่ายังไม่ประสงค์คืนเงินโอนนี้ ต้องให้สิ้นสุดการแจ้งก่อน",
            "The district declared that it wishes not to return this money; end the declaration first.",
        )
    first = max([transfer.effective_on, *balance.days(since=transfer.effective_on)])
    if ended_on < first:
        raise UserError(
            f"วันที่ยกเลิกต้องไม่ก่อน {format_date(first)} ซึ่งเป็นวันที่มีรายการล่าสุดของเงินโอนนี้",
            f"The transfer has a movement of {format_date(first, 'en')}; it cannot be taken back on a day before.",
        )
