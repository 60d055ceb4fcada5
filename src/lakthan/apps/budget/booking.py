"""What entries of money have in common: the key of their form, the transfer locked and open, the tally."""

from datetime import date
from uuid import UUID

from django.db import models

from lakthan.apps.budget.models import (
    Transfer,
    TransferLine,
    YearEndDecision,
)
from lakthan.apps.ledger import tally
from lakthan.apps.ledger.services import lock
from lakthan.core.errors import Conflict
from lakthan.rules.facts import FactKind


class AlreadySent(Conflict):
    """A form that was sent twice, by a double click or a reload: the first sending stands, the second wrote nothing."""

    def __init__(self) -> None:
        super().__init__(
            "แบบฟอร์มนี้บันทึกไปแล้ว ไม่ได้บันทึกซ้ำ", "This form was recorded already; nothing was recorded a second time."
        )

    def __reduce__(self) -> object:  # type: ignore[override]
        """Survive pickling."""
        return (type(self), ())


def keep_key(row: models.Model, form_key: UUID | None) -> None:
    """Give a row the key of its form as its identifier, by which a second sending of the form is known.

    Raises:
        AlreadySent: the form was recorded already.
    """
    if form_key is None:
        return
    if type(row)._default_manager.filter(pk=form_key).exists():
        raise AlreadySent
    row.pk = form_key


def lock_standing(transfer: Transfer) -> Transfer:
    """Lock a transfer that was not taken back.

    Raises:
        Conflict: it was.
    """
    if lock(transfer).ended_on is not None:
        raise Conflict("เงินโอนรายการนี้ถูกยกเลิกแล้ว", "This transfer was taken back.")
    return transfer


def lock_open(transfer: Transfer) -> None:
    """Lock a transfer whose money may still move.

    Raises:
        Conflict: it was taken back, or lapsed at the year's end.
    """
    lapsed = YearEndDecision.Outcome.LAPSED
    if lock_standing(transfer).year_end_decisions.filter(outcome=lapsed).exists():
        raise Conflict("เงินที่โอนนี้พับไปแล้วเมื่อสิ้นปีงบประมาณ", "The money of this transfer lapsed at the year's end.")


def counted(kind: FactKind, row: Transfer | TransferLine, ended_on: date | None = None) -> tally.Counted:
    """A row as the tallies count it."""
    return tally.Counted(
        kind, row.unit_id, row.effective_on, ended_on=ended_on, fiscal_year=row.fiscal_year, amount=row.amount
    )
