"""Writes of money: append-only lines, no balance ever below zero."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from lakthan.apps.budget.balances import balance_of
from lakthan.apps.budget.models import (
    Disbursement,
    Obligation,
    RetentionIntention,
    Return,
    Transfer,
    TransferLine,
    YearEndDecision,
)
from lakthan.apps.ledger import tally
from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.apps.people.models import Delegation, Unit
from lakthan.apps.people.selectors import refuse_not_in_force
from lakthan.core.dates import format_date
from lakthan.core.errors import Conflict, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.core.money import format_baht
from lakthan.rules.entry import refuse_future, require_positive_baht, require_text
from lakthan.rules.facts import FactKind
from lakthan.rules.permissions import Action, Actor, require

Line = TypeVar("Line", bound=TransferLine)
KINDS: Mapping[type[TransferLine], FactKind] = {
    Obligation: FactKind.OBLIGATION,
    Disbursement: FactKind.DISBURSEMENT,
    Return: FactKind.RETURN,
}


class AlreadySent(Conflict):
    """A form that was sent twice, by a double click or a reload: the first sending stands, the second wrote nothing."""

    def __init__(self) -> None:
        super().__init__(
            "แบบฟอร์มนี้บันทึกไปแล้ว ไม่ได้บันทึกซ้ำ", "This form was recorded already; nothing was recorded a second time."
        )

    def __reduce__(self) -> object:  # type: ignore[override]
        """Survive pickling."""
        return (type(self), ())


class LooksAlike(Conflict):
    """A line of the same transfer, day, amount and document is there: the same paper may have been typed twice."""


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
        _keep_key(rows[0], form_key)
        create_all(actor, rows, act="budget.transfer", now=now)
        tally.add_all(_counted(FactKind.TRANSFER, row) for row in rows)
    return rows


def obligate(
    *,
    actor: Actor,
    transfer: Transfer,
    amount: Decimal,
    effective_on: date,
    now: datetime,
    document: str = "",
    form_key: UUID | None = None,
    is_another: bool = False,
) -> Obligation:
    """Bind money of a transfer by a contract or order. Raises as `_add_line` does."""
    line = Obligation(amount=amount, effective_on=effective_on, document=document.strip())
    return _add_line(actor, transfer, line, form_key, act="budget.obligate", now=now, is_another=is_another)


def disburse(
    *,
    actor: Actor,
    transfer: Transfer,
    amount: Decimal,
    effective_on: date,
    now: datetime,
    document: str = "",
    form_key: UUID | None = None,
    is_another: bool = False,
) -> Disbursement:
    """Pay out money of a transfer. Raises as `_add_line` does."""
    line = Disbursement(amount=amount, effective_on=effective_on, document=document.strip())
    return _add_line(actor, transfer, line, form_key, act="budget.disburse", now=now, is_another=is_another)


def give_back(
    *,
    actor: Actor,
    transfer: Transfer,
    amount: Decimal,
    effective_on: date,
    now: datetime,
    document: str = "",
    form_key: UUID | None = None,
    is_another: bool = False,
) -> Return:
    """Send money of a transfer back. Raises as `_add_line` does."""
    line = Return(amount=amount, effective_on=effective_on, document=document.strip())
    return _add_line(actor, transfer, line, form_key, act="budget.give_back", now=now, is_another=is_another)


def reverse(*, actor: Actor, line: Line, effective_on: date, now: datetime, document: str) -> Line:
    """Take a wrong line back by a line with the opposite amount; the wrong line stays.

    Raises:
        UserError: the line is a reversal itself, or was reversed already.
    """
    require(actor, Action.KEEP_BUDGET, str(line.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    if line.reverses_id is not None:
        raise UserError("รายการนี้เป็นการกลับรายการ กลับซ้ำไม่ได้", "The line is itself a reversal.")
    if effective_on < line.effective_on:
        raise UserError("วันกลับรายการมาก่อนวันของรายการ", "The reversal is dated before the line itself.")
    opposite = type(line)(amount=-line.amount, effective_on=effective_on, document=document, reverses=line)
    with transaction.atomic():
        _lock_open(line.transfer)
        if type(line)._default_manager.filter(reverses=line).exists():
            raise UserError("รายการนี้ถูกกลับรายการแล้ว", "The line was reversed already.")
        return _store(actor, line.transfer, opposite, act="budget.reverse", now=now)


def rest_of(transfer: Transfer) -> Decimal:
    """Baht of a transfer that is neither paid out nor sent back, after all its lines."""
    return balance_of(transfer).rest(date.max)


def _add_line(
    actor: Actor, transfer: Transfer, line: Line, form_key: UUID | None, *, act: str, now: datetime, is_another: bool
) -> Line:
    """Add a line when the transfer holds the money from its day on, so that no balance as of any day is negative.

    `form_key` becomes the identifier of the line, by which a second sending of the same form is known. `is_another`
    says that a line which looks like one that is there is meant.

    Raises:
        UserError: the line is wrong, or there is not enough money.
        AlreadySent: the form was recorded already.
        LooksAlike: such a line is there, and it was not said that this is another.
    """
    require(actor, Action.KEEP_BUDGET, str(transfer.unit_id))
    refuse_future(line.effective_on, timezone.localdate(now))
    line.amount = require_positive_baht(line.amount, "จำนวนเงิน", "The amount")
    with transaction.atomic():
        _lock_open(transfer)
        _keep_key(line, form_key)
        if not is_another:
            _refuse_alike(transfer, line)
        if line.effective_on < transfer.effective_on:
            raise UserError("วันที่รายการมาก่อนวันที่โอนเงิน", "The line is dated before the transfer itself.")
        rest = _least_rest(transfer, line)
        if line.amount > rest:
            raise UserError(
                f"จำนวนเงิน {format_baht(line.amount)} เกินเงินคงเหลือ {format_baht(rest)}",
                f"{line.amount} baht is more than the {rest} baht that is left of the transfer.",
            )
        return _store(actor, transfer, line, act=act, now=now)


def _keep_key(row: models.Model, form_key: UUID | None) -> None:
    if form_key is None:
        return
    if type(row)._default_manager.filter(pk=form_key).exists():
        raise AlreadySent
    row.pk = form_key


def _refuse_alike(transfer: Transfer, line: TransferLine) -> None:
    """Ask before the same paper is entered twice; what was taken back does not count."""
    lines = type(line)._default_manager.filter(transfer=transfer)
    taken_back = lines.filter(reverses__isnull=False).values("reverses")
    same = {"effective_on": line.effective_on, "amount": line.amount, "document": line.document}
    if line.document and lines.filter(**same).exclude(pk__in=taken_back).exists():
        on_th, on_en = format_date(line.effective_on), format_date(line.effective_on, lang="en")
        raise LooksAlike(
            f"มีรายการวันที่ {on_th} จำนวน {format_baht(line.amount)} เอกสาร {line.document} อยู่แล้ว "
            "หากเป็นคนละรายการให้ยืนยันแล้วบันทึกอีกครั้ง",
            f"There is already a line of {on_en} of {line.amount} baht with document {line.document}; "
            "if this is another one, confirm that and record it again.",
        )


def _least_rest(transfer: Transfer, line: TransferLine) -> Decimal:
    """What the line could be at most; bound money can be paid out, but neither bound again nor sent back."""
    balance = balance_of(transfer)
    rest = balance.rest if isinstance(line, Disbursement) else balance.unbound
    return min(rest(day) for day in balance.days(since=line.effective_on))


def _lock_open(transfer: Transfer) -> None:
    """Lock a transfer whose money may still move: what lapsed at the year's end stays as it was then."""
    lapsed = YearEndDecision.Outcome.LAPSED
    if lock(transfer).year_end_decisions.filter(outcome=lapsed).exists():
        raise Conflict("เงินที่โอนนี้พับไปแล้วเมื่อสิ้นปีงบประมาณ", "The money of this transfer lapsed at the year's end.")


def _store(actor: Actor, transfer: Transfer, line: Line, *, act: str, now: datetime) -> Line:
    line.unit_id, line.transfer, line.fiscal_year = transfer.unit_id, transfer, transfer.fiscal_year
    create(actor, line, act=act, now=now)
    _tally(line)
    return line


def _tally(line: TransferLine) -> None:
    """Count a line; a reversal is no fact of its own but the end of the line that it takes back."""
    kind, wrong = KINDS[type(line)], line.reverses
    if wrong is None:
        tally.add(_counted(kind, line))
    else:
        tally.move(_counted(kind, wrong), _counted(kind, wrong, ended_on=line.effective_on))


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
        _lock_open(transfer)
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


def decide_year_end(
    *,
    actor: Actor,
    transfer: Transfer,
    outcome: YearEndDecision.Outcome,
    effective_on: date,
    document: str,
    now: datetime,
) -> YearEndDecision:
    """Record that the whole rest of a transfer lapses, or is carried over with an approval, after the year's end."""
    rows = decide_year_ends(
        actor=actor, transfers=[transfer], outcome=outcome, effective_on=effective_on, document=document, now=now
    )
    return rows[0]


def decide_year_ends(
    *,
    actor: Actor,
    transfers: Sequence[Transfer],
    outcome: YearEndDecision.Outcome,
    effective_on: date,
    document: str,
    now: datetime,
) -> Sequence[YearEndDecision]:
    """The same for many transfers under one document, all or none.

    Raises:
        UserError: no transfer, a year that is not over, or no document.
        AlreadyRecorded: it was decided about one of them.
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
                amount=rest_of(lock(transfer)),
                effective_on=effective_on,
                document=paper,
            )
            for transfer in sorted(transfers, key=lambda transfer: transfer.pk)
        ]
        return create_all(actor, rows, act="budget.decide_year_end", now=now)


def _counted(kind: FactKind, row: Transfer | TransferLine, ended_on: date | None = None) -> tally.Counted:
    return tally.Counted(
        kind, row.unit_id, row.effective_on, ended_on=ended_on, fiscal_year=row.fiscal_year, amount=row.amount
    )
