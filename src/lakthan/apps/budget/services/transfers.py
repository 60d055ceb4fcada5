"""Transfers by letter, to one district or many, and those that were written down wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lakthan.apps.budget.balances import balance_of
from lakthan.apps.budget.booking import counted, keep_key, lock_standing
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


def take_back_transfers(
    *, actor: Actor, transfers: Sequence[Transfer], ended_on: date, document: str, now: datetime
) -> list[Transfer]:
    """Take back transfers that were written down wrong, from a day on, all or none; they can then be entered anew.

    Figures as of earlier days keep counting them. Nothing of them may have moved: what was bound, paid out or sent back
    is reversed first, and a declared intention ended.

    Raises:
        UserError: no transfer, no document, or the day lies before a transfer or before one of its lines.
        Conflict: one was taken back already, its money moved, an intention is in force, or its year end was decided.
    """
    require(actor, Action.TRANSFER_BUDGET)
    refuse_future(ended_on, timezone.localdate(now))
    paper = require_text(document, "เลขที่เอกสาร", "The document")
    if not transfers:
        raise UserError("ยังไม่ได้เลือกเงินโอนรายการใด", "No transfer is chosen; choose at least one.")
    with transaction.atomic():
        for row in sorted(transfers, key=lambda transfer: transfer.pk):
            _refuse_moved(lock_standing(row), ended_on)
            before = counted(FactKind.TRANSFER, row)
            values = {"ended_on": ended_on, "end_document": paper}
            change(actor, row, act="budget.take_back_transfer", now=now, **values)
            tally.move(before, counted(FactKind.TRANSFER, row, ended_on=ended_on))
    return list(transfers)


def _refuse_moved(transfer: Transfer, ended_on: date) -> None:
    """Refuse to take back a transfer of which something moved, or moved later than the day."""
    th, en, balance = transfer.unit.name_th, transfer.unit.name_en, balance_of(transfer)
    if balance.unbound(date.max) != transfer.amount:
        raise Conflict(
            f"{th}: มีการก่อหนี้ผูกพัน เบิกจ่าย หรือส่งคืนจากเงินโอนนี้แล้ว ให้กลับรายการเหล่านั้นก่อน",
            f"{en}: money of this transfer is bound, paid out or sent back; reverse those lines first.",
        )
    if transfer.year_end_decisions.exists():
        raise Conflict(
            f"{th}: มีมติเรื่องเงินคงเหลือเมื่อสิ้นปีแล้ว จึงยกเลิกการโอนไม่ได้",
            f"{en}: what becomes of the rest at the year's end is decided; the transfer cannot be taken back.",
        )
    if transfer.retention_intentions.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=ended_on)).exists():
        raise Conflict(
            f"{th}: แจ้งว่ายังไม่ประสงค์คืนเงินโอนนี้ ให้สิ้นสุดการแจ้งก่อน",
            f"{en}: it is declared that this money is not to be returned yet; end the declaration first.",
        )
    last = max(balance.days(since=transfer.effective_on))
    if ended_on < last:
        raise UserError(
            f"{th}: วันที่ยกเลิกต้องไม่ก่อน {format_date(last)} ซึ่งเป็นวันที่มีรายการล่าสุดของเงินโอนนี้",
            f"{en}: the transfer has a movement of {format_date(last, 'en')}; take it back from that day on.",
        )
