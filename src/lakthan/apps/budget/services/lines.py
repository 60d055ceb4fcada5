"""What becomes of a transfer: bound, paid out, sent back; a line with the opposite amount takes a wrong one back."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lakthan.apps.budget.balances import balance_of
from lakthan.apps.budget.booking import counted, keep_key, lock_open
from lakthan.apps.budget.models import (
    Disbursement,
    Obligation,
    Return,
    Transfer,
    TransferLine,
)
from lakthan.apps.ledger import tally
from lakthan.apps.ledger.services import create
from lakthan.core.dates import format_date
from lakthan.core.errors import Conflict, UserError
from lakthan.core.money import format_baht
from lakthan.rules.entry import refuse_future, require_positive_baht
from lakthan.rules.facts import FactKind
from lakthan.rules.permissions import Action, Actor, require

Line = TypeVar("Line", bound=TransferLine)
KINDS: Mapping[type[TransferLine], FactKind] = {
    Obligation: FactKind.OBLIGATION,
    Disbursement: FactKind.DISBURSEMENT,
    Return: FactKind.RETURN,
}


class LooksAlike(Conflict):
    """A line of the same transfer, day, amount and document is there: the same paper may have been typed twice."""


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
        lock_open(line.transfer)
        if type(line)._default_manager.filter(reverses=line).exists():
            raise UserError("รายการนี้ถูกกลับรายการแล้ว", "The line was reversed already.")
        return _store(actor, line.transfer, opposite, act="budget.reverse", now=now)


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
        lock_open(transfer)
        keep_key(line, form_key)
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


def _store(actor: Actor, transfer: Transfer, line: Line, *, act: str, now: datetime) -> Line:
    line.unit_id, line.transfer, line.fiscal_year = transfer.unit_id, transfer, transfer.fiscal_year
    create(actor, line, act=act, now=now)
    _tally(line)
    return line


def _tally(line: TransferLine) -> None:
    """Count a line; a reversal is no fact of its own but the end of the line that it takes back."""
    kind, wrong = KINDS[type(line)], line.reverses
    if wrong is None:
        tally.add(counted(kind, line))
    else:
        tally.move(counted(kind, wrong), counted(kind, wrong, ended_on=line.effective_on))
